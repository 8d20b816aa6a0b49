/**
 * `<matinee-chat persona="lantern">`: a conversation with a persona, on any page. README.md lists attributes and events.
 *
 * One turn: an entry is shown and remembered, waits for the turns before it, goes to the gateway, and its answer is
 * shown as it arrives. What fails stays, with its reason and a button that sends the same turn again.
 */

import { isMark, marksIn, pressed } from "./chat/card.js";
import { Composer } from "./chat/composer.js";
import { make } from "./chat/dom.js";
import { closedDoor, launcher, panel } from "./chat/frame.js";
import { Broken, Gateway, GatewayFault } from "./chat/gateway.js";
import { onSchemeChange, schemeOf, wear } from "./chat/look.js";
import { Memory } from "./chat/memory.js";
import { sheets } from "./chat/sheets.js";
import { Thread } from "./chat/thread.js";
import { fill, wordsFrom } from "./chat/words.js";

/** The script stands at SERVER/widget/matinee-chat.js: without a `server` attribute the gateway is where it came from. */
const HOME = new URL("..", import.meta.url).href;
/** Messages the dialogue understands as these commands, in the language it was trained in. */
const START_OVER = "start over";
const FORGET_ME = "forget me";
/** Intents of words that may set or take off a mark: which film is meant, only the server knows. */
const MARKING_INTENTS = new Set(["like", "dislike", "seen", "save", "unsave", "reject", "undo"]);

function newKey() {
  // randomUUID is there only in secure contexts, and a page may be tried over plain http.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class MatineeChat extends HTMLElement {
  static observedAttributes = ["persona", "server", "mode", "scheme", "persist", "strings", "open"];

  #root = this.attachShadow({ mode: "open" });
  #life = null;
  #turns = null;
  #box = null;
  #theme = null;
  #words = null;
  #memory = null;
  #gateway = null;
  #thread = null;
  #composer = null;
  #queue = Promise.resolve();
  #isForgetAsked = false;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = sheets;
  }

  connectedCallback() {
    this.#begin();
  }

  disconnectedCallback() {
    this.#end();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.isConnected || before === after) return;
    if (name === "open") this.#showOpen();
    else if (name === "scheme") this.#wear();
    else {
      this.#end();
      this.#begin();
    }
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(isOpen) {
    this.toggleAttribute("open", Boolean(isOpen));
  }

  /** Says something in the person's name, as if it had been typed. Nothing happens before the persona is there. */
  send(text) {
    if (this.#thread && text.trim()) this.#say({ kind: "said", text: text.trim(), said: { text: text.trim() } });
  }

  get #isLauncher() {
    return this.getAttribute("mode") === "launcher";
  }

  get #server() {
    return new URL(this.getAttribute("server") || HOME, document.baseURI).href.replace(/\/+$/, "");
  }

  async #begin() {
    const life = new AbortController();
    this.#life = life;
    const persona = this.getAttribute("persona") ?? "";
    this.#words = wordsFrom(this.getAttribute("strings"));
    this.#memory = new Memory({ server: this.#server, persona, name: this.id, persist: this.getAttribute("persist") });
    this.#gateway = new Gateway({ server: this.#server, persona, memory: this.#memory });
    this.#box = make("div", { class: this.#isLauncher ? "box box-launcher" : "box", "aria-busy": "true" });
    this.#root.replaceChildren(this.#box);
    this.#wear();
    onSchemeChange(() => this.#wear(), life.signal);
    try {
      const theme = await this.#gateway.theme();
      if (life.signal.aborted) return;
      this.#theme = theme;
      this.#words = wordsFrom(this.getAttribute("strings"), theme.strings);
      this.#build();
    } catch (fault) {
      if (life.signal.aborted) return;
      if (!(fault instanceof GatewayFault)) throw fault;
      const retry = () => {
        this.#end();
        this.#begin();
      };
      if (!this.#isLauncher) this.#box.replaceChildren(closedDoor({ words: this.#words, retry }));
    } finally {
      this.#box.removeAttribute("aria-busy");
    }
  }

  #end() {
    this.#life?.abort();
    this.#turns?.abort();
    this.#memory?.release();
    this.#theme = this.#thread = this.#composer = null;
  }

  #wear() {
    if (this.#box) wear(this.#box, this.#theme?.look, schemeOf(this.getAttribute("scheme")));
  }

  #build() {
    const [theme, words] = [this.#theme, this.#words];
    this.#wear();
    this.#box.lang = theme.locale;
    this.#thread = new Thread({
      words, name: theme.display_name, server: this.#server, locale: theme.locale,
      act: (kind, card) => this.#act(kind, card),
      choose: (reply, event) => this.#choose(reply, event),
      marksOf: (movieId) => this.#memory.marks(movieId),
    });
    this.#composer = new Composer({ words, send: (text) => this.send(text) });
    const on = { startOver: () => this.#startOver(), forgetMe: () => this.send(FORGET_ME), close: () => { this.open = false; } };
    const frame = panel({ theme, words, isDialog: this.#isLauncher, on });
    frame.append(this.#thread.element, this.#composer.element);
    this.#box.replaceChildren(frame);
    if (this.#isLauncher) {
      this.#box.append(launcher({ theme, words, open: () => { this.open = !this.open; } }));
      frame.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.open = false;
      });
    }
    this.#restart();
    this.#restore();
    if (this.#isLauncher) this.#showOpen({ isFirst: true });
  }

  #showOpen({ isFirst = false } = {}) {
    if (!this.#thread || !this.#isLauncher) return;
    const [frame, button] = this.#box.children;
    frame.hidden = !this.open;
    button.setAttribute("aria-expanded", String(this.open));
    if (isFirst && !this.open) return;
    this.#tell(this.open ? "open" : "close");
    if (this.open) this.#composer.focus();
    else button.focus();
  }

  /** Ends the turns that are under way, and opens a new queue for those to come. */
  #restart() {
    this.#turns?.abort();
    this.#turns = new AbortController();
    this.#queue = Promise.resolve();
    this.#thread.clear();
    this.#thread.typing(false);
  }

  #greet() {
    this.#thread.welcome(this.#theme.welcome);
    this.#thread.suggest(this.#theme.starters.map((text) => ({ title: text, payload: text })), { starters: true });
  }

  #restore() {
    this.#greet();
    for (const entry of this.#memory.entries) {
      const line = this.#thread.mine(entry.text, { quiet: entry.kind === "act" });
      if (entry.turn) {
        this.#thread.answer().finish(entry.turn);
        this.#thread.suggest(entry.turn.quick_replies);
      } else {
        // A page that was left in mid-turn cannot know: the same key makes asking again harmless.
        line.fail(entry.reason ?? this.#words.offline, () => this.#enqueue(entry, line));
        this.#thread.suggest([]);
      }
    }
  }

  #startOver() {
    this.#restart();
    this.#memory.clear();
    this.#say({ kind: "said", text: START_OVER, said: { text: START_OVER } });
  }

  #choose({ title, payload }, event) {
    this.#say({ kind: "said", text: title, said: { text: payload } });
    // The chip is gone now. A key press keeps its place by moving on; a tap must not call up the screen keyboard.
    if (event.detail === 0 || matchMedia("(pointer: fine)").matches) this.#composer.focus();
  }

  #act(kind, card) {
    const before = this.#memory.marks(card.movie_id);
    if (isMark(kind)) this.#mark(card.movie_id, pressed(before, kind));
    this.#say({
      kind: "act",
      text: fill(this.#words[`did_${kind}`], { title: card.title }),
      said: { action: { kind, movie_id: card.movie_id } },
      before,
    });
  }

  #mark(movieId, marks) {
    this.#memory.mark(movieId, marks);
    this.#thread.marked(movieId, marks);
  }

  #say(entry) {
    entry.key = newKey();
    this.#memory.remember(entry);
    this.#thread.suggest([]);
    const still = isMark(entry.said.action?.kind);
    this.#enqueue(entry, this.#thread.mine(entry.text, { quiet: entry.kind === "act", still }));
    this.#tell("send", entry.said);
  }

  #enqueue(entry, line) {
    const { signal } = this.#turns;
    this.#queue = this.#queue.then(() => (signal.aborted ? undefined : this.#take(entry, line, signal)));
  }

  async #take(entry, line, signal) {
    const thread = this.#thread;
    const answer = thread.answer();
    const { movie_id: movieId, kind } = entry.said.action ?? {};
    line.settle();
    if (isMark(kind)) this.#mark(movieId, pressed(this.#memory.marks(movieId), kind));
    thread.typing(true);
    try {
      const heard = (name, data) => {
        if (signal.aborted) return;
        if (name === "reply") answer.reply(data.text);
        if (name === "card") answer.card(data);
      };
      const turn = await this.#gateway.turn(entry.said, { key: entry.key, signal, heard });
      if (signal.aborted) return;
      const { replies, cards, quick_replies, relaxed, intent } = turn;
      answer.finish(turn);
      entry.turn = { replies, cards, quick_replies, relaxed };
      delete entry.reason;
      this.#remember(entry, intent?.name);
      thread.suggest(quick_replies);
      if (entry.kind === "said" && MARKING_INTENTS.has(intent?.name)) this.#readMarks(signal);
      this.#tell("turn", { turn });
    } catch (fault) {
      if (signal.aborted) return;
      answer.drop();
      if (isMark(kind)) this.#mark(movieId, entry.before);
      entry.reason = fault instanceof Broken ? this.#words[fault.kind] : fault.message;
      this.#memory.remember(entry);
      line.fail(entry.reason, () => this.#enqueue(entry, line), fault.retryAfterS);
      if (!(fault instanceof GatewayFault)) throw fault;
    } finally {
      if (!signal.aborted) thread.typing(false);
    }
  }

  /** Writes the turn down, unless it was the one in which the person agreed to be forgotten: then nothing stays here. */
  #remember(entry, intent) {
    const isForgotten = this.#isForgetAsked && intent === "affirm";
    this.#isForgetAsked = intent === "forget_me";
    if (!isForgotten) {
      this.#memory.remember(entry);
      return;
    }
    this.#memory.erase();
    for (const movieId of this.#thread.movieIds) this.#thread.marked(movieId, []);
  }

  /** Brings the buttons of the films on screen to what the server keeps; without an answer they stay as they are. */
  async #readMarks(signal) {
    const taste = await this.#gateway.taste({ signal }).catch(() => null); // Late, refused or cut off: a press is kept all the same.
    if (!taste || signal.aborted) return;
    for (const movieId of this.#thread.movieIds) this.#mark(movieId, marksIn(taste, movieId));
  }

  #tell(name, detail = {}) {
    const persona = this.getAttribute("persona");
    this.dispatchEvent(new CustomEvent(`matinee:${name}`, { bubbles: true, composed: true, detail: { persona, ...detail } }));
  }
}

if (!customElements.get("matinee-chat")) customElements.define("matinee-chat", MatineeChat);
