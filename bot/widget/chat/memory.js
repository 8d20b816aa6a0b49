/** What outlives a reload: the session token, the conversation and what was said of films, bounded, per widget. */

const ENTRIES_MAX = 40;
/** Browsers give an origin about 5 MiB; a chat takes a small share of it. */
const CHARS_MAX = 200_000;

/** Keys of widgets that are on the page now: a second widget of the same persona gets a drawer of its own. */
const taken = new Set();

function drawerOf(persist) {
  try {
    if (persist === "local") return window.localStorage;
    if (persist === "none") return null;
    return window.sessionStorage;
  } catch {
    return null; // Storage is refused in some third-party frames and private modes: the chat works without.
  }
}

export class Memory {
  #drawer;
  #key;
  #kept = { session: null, entries: [], marks: {} };

  /** @param {{server: string, persona: string, name: string, persist: string | null}} options */
  constructor({ server, persona, name, persist }) {
    const stem = `matinee-chat:${server}:${persona}:${name}`;
    let count = 1;
    while (taken.has(`${stem}:${count}`)) count += 1;
    this.#key = `${stem}:${count}`;
    taken.add(this.#key);
    this.#drawer = drawerOf(persist);
    try {
      const kept = JSON.parse(this.#drawer?.getItem(this.#key) ?? "{}");
      if (Array.isArray(kept?.entries)) this.#kept = { ...this.#kept, ...kept };
    } catch {
      // Unreadable: someone else wrote here, or an older widget. A new conversation begins.
    }
  }

  get session() {
    return this.#kept.session;
  }

  set session(token) {
    this.#kept.session = token;
    this.#write();
  }

  /** The conversation's entries, oldest first, as `remember` was given them. */
  get entries() {
    return this.#kept.entries;
  }

  /** Adds an entry, or writes down a change in one that is already here. */
  remember(entry) {
    if (!this.#kept.entries.includes(entry)) this.#kept.entries.push(entry);
    this.#kept.entries.splice(0, this.#kept.entries.length - ENTRIES_MAX);
    this.#write();
  }

  /** What the person said of a film by its buttons: a list of like, dislike, seen, save. */
  marks(movieId) {
    return Object.hasOwn(this.#kept.marks, movieId) ? this.#kept.marks[movieId] : [];
  }

  mark(movieId, marks) {
    this.#kept.marks[movieId] = marks;
    this.#write();
  }

  /** Forgets the conversation. The session stays: the server decides what it still knows of the person. */
  clear() {
    this.#kept.entries = [];
    this.#write();
  }

  /** Forgets everything, the session and the marks too. */
  erase() {
    this.#kept = { session: null, entries: [], marks: {} };
    this.#write();
  }

  /** Gives the drawer free for the next widget of this persona. */
  release() {
    taken.delete(this.#key);
  }

  #write() {
    if (!this.#drawer) return;
    let text = JSON.stringify(this.#kept);
    while (text.length > CHARS_MAX && this.#kept.entries.length > 1) {
      this.#kept.entries.shift();
      text = JSON.stringify(this.#kept);
    }
    try {
      this.#drawer.setItem(this.#key, text);
    } catch {
      // Full or refused: the conversation goes on, it is only not there after a reload.
    }
  }
}
