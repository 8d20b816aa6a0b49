/** The conversation as it is read: messages, cards, suggestions, the typing sign, and what went wrong. */

import { FilmCard } from "./card.js";
import { make } from "./dom.js";
import { fill } from "./words.js";

/** Air left above the message that an answer belongs to when it is scrolled to the top. */
const AIR_PX = 12;

export class Thread {
  #words;
  #name;
  #server;
  #locale;
  #act;
  #choose;
  #marksOf;
  #cards = [];
  #log;
  #chips;
  #typing;
  #jump;
  #latestMine = null;
  #isStill = false;

  /**
   * @param {{words: object, name: string, server: string, locale: string,
   *   act: (kind: string, card: object) => void, choose: (reply: {title: string, payload: string}, event: Event) => void,
   *   marksOf: (movieId: string) => string[]}} options name is the persona's display name
   */
  constructor({ words, name, server, locale, act, choose, marksOf }) {
    this.#words = words;
    this.#name = name;
    this.#server = server;
    this.#locale = locale;
    this.#act = act;
    this.#choose = choose;
    this.#marksOf = marksOf;
    this.#log = make("div", {
      class: "log", part: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions",
      "aria-label": fill(words.conversation, { name }),
    });
    this.#typing = make("p", { class: "typing", role: "status", hidden: true });
    this.#chips = make("div", { class: "chips", role: "group", "aria-label": words.suggestions, hidden: true });
    this.#jump = make("button", { type: "button", class: "jump", text: words.newer, hidden: true, on: { click: () => this.#goDown() } });
    // Focusable, so that the keyboard can scroll it (WCAG 2.1.1).
    this.element = make("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": fill(words.conversation, { name }) },
      this.#log, this.#typing, this.#chips, this.#jump);
    this.element.addEventListener("scroll", () => {
      if (this.#scrollGoal() <= this.element.scrollTop + AIR_PX) this.#jump.hidden = true;
    });
  }

  /** Adds what the persona says when a conversation opens. */
  welcome(text) {
    this.element.classList.add("fresh");
    this.#log.append(this.#turnElement(make("p", { class: "said", text, dir: "auto" })));
  }

  /**
   * Adds what the person said. `quiet` is for a pressed button; `still` keeps the view where the person is reading.
   * @returns {{fail: (reason: string, retry: () => void, waitS?: number) => void, settle: () => void}} `fail` shows
   *   why it was not delivered and offers to send it again; `settle` takes that away
   */
  mine(text, { quiet = false, still = false } = {}) {
    this.#isStill = still;
    this.element.classList.remove("fresh");
    const trouble = make("div", { class: "trouble" });
    const element = make(
      "div",
      { class: quiet ? "mine mine-quiet" : "mine" },
      make("span", { class: "unseen", text: `${this.#words.you}: ` }),
      make("p", { class: "bubble", text, dir: "auto" }),
      trouble,
    );
    this.#log.append(element);
    this.#latestMine = element;
    this.#reveal();
    return {
      fail: (reason, retry, waitS = 0) => this.#fail(element, trouble, { reason, retry, waitS }),
      settle: () => {
        element.classList.remove("failed");
        trouble.replaceChildren();
      },
    };
  }

  /**
   * Begins an answer that arrives in parts.
   * @returns {{reply: (text: string) => void, card: (card: object) => void, finish: (turn: object) => void,
   *   drop: () => void}} `finish` puts the whole turn in place of the parts; `drop` takes them away again
   */
  answer() {
    const element = this.#turnElement();
    let row = null;
    const parts = {
      reply: (text) => {
        this.#place(element);
        element.append(make("p", { class: "said", text, dir: "auto" }));
        this.#reveal();
      },
      card: (card) => {
        this.#place(element);
        if (!row) element.append((row = make("ol", { class: "row", role: "list", "aria-live": "off" })));
        row.append(make("li", {}, this.#card(card, row.children.length + 1)));
        this.#reveal();
      },
      finish: (turn) => {
        const arrived = element.querySelectorAll(".said").length === turn.replies.length
          && (row?.children.length ?? 0) === turn.cards.length;
        if (!arrived) {
          element.querySelectorAll(".said, .row").forEach((part) => part.remove());
          row = null;
          turn.replies.forEach(parts.reply);
          turn.cards.forEach(parts.card);
        }
        this.#place(element);
        element.append(...this.#notes(turn));
        this.#reveal();
      },
      drop: () => element.remove(),
    };
    return parts;
  }

  /** Shows suggestions under the conversation in place of those that are there. */
  suggest(replies, { starters = false } = {}) {
    this.#chips.setAttribute("aria-label", starters ? this.#words.starters : this.#words.suggestions);
    this.#chips.hidden = replies.length === 0;
    this.#chips.replaceChildren(...replies.map((reply) => make("button", {
      type: "button", class: "chip", text: reply.title, dir: "auto", on: { click: (event) => this.#choose(reply, event) },
    })));
    this.#reveal();
  }

  /** Shows or hides that an answer is on its way. */
  typing(isOn) {
    this.#typing.hidden = !isOn;
    this.#typing.replaceChildren();
    if (!isOn) return;
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.#typing.append(dots, make("span", { text: fill(this.#words.typing, { name: this.#name }) }));
    this.#reveal();
  }

  /** The films whose cards are shown, each once. */
  get movieIds() {
    return [...new Set(this.#cards.map((card) => card.movieId))];
  }

  /** Shows what is now marked of a film, on each of its cards. */
  marked(movieId, marks) {
    for (const card of this.#cards) if (card.movieId === movieId) card.show(marks);
  }

  clear() {
    this.#log.replaceChildren();
    this.#cards = [];
    this.#latestMine = null;
    this.suggest([]);
  }

  #card(card, place) {
    const film = new FilmCard(card, { place, words: this.#words, server: this.#server, locale: this.#locale, act: this.#act });
    film.show(this.#marksOf(card.movie_id));
    this.#cards.push(film);
    return film.element;
  }

  #turnElement(...children) {
    const speaker = make("span", { class: "unseen", text: `${fill(this.#words.they, { name: this.#name })}: ` });
    return make("div", { class: "turn" }, speaker, ...children);
  }

  #place(element) {
    if (!element.isConnected) this.#log.append(element);
  }

  /** What gave way if no reply says so, and, for those who listen, which films are there: the row itself keeps still. */
  #notes({ replies, cards, relaxed }) {
    const said = replies.join(" ").toLowerCase();
    const silent = relaxed.filter((wish) => !said.includes(wish.toLowerCase()));
    const notes = [];
    if (silent.length) notes.push(make("p", { class: "gave-way", text: fill(this.#words.gave_way, { wishes: silent.join(", ") }) }));
    if (cards.length) {
      const titles = cards.map(({ title }) => title).join(", ");
      const template = cards.length === 1 ? this.#words.films_one : this.#words.films_many;
      notes.push(make("p", { class: "unseen", text: fill(template, { count: cards.length, titles }) }));
    }
    return notes;
  }

  #fail(element, trouble, { reason, retry, waitS }) {
    element.classList.add("failed");
    const again = make("button", { type: "button", class: "again", text: this.#words.try_again });
    again.addEventListener("click", () => {
      again.disabled = true;
      retry();
    });
    trouble.replaceChildren(
      make("p", {}, make("strong", { text: this.#words.failed }), document.createTextNode(` ${reason}`)), again);
    this.#countDown(again, waitS);
    this.#reveal();
  }

  #countDown(button, seconds) {
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? fill(this.#words.try_again_in, { seconds }) : this.#words.try_again;
    if (seconds > 0) setTimeout(() => button.isConnected && this.#countDown(button, seconds - 1), 1000);
  }

  /** Scrolls to the newest, yet never so far that the message it answers leaves at the top. */
  #reveal() {
    requestAnimationFrame(() => {
      if (!this.#isStill) this.element.scrollTop = this.#scrollGoal();
      else this.#jump.hidden = this.#scrollGoal() <= this.element.scrollTop + AIR_PX;
    });
  }

  #scrollGoal() {
    const bottom = this.element.scrollHeight - this.element.clientHeight;
    const mine = this.#latestMine ? this.#latestMine.offsetTop - AIR_PX : bottom;
    return Math.max(Math.min(bottom, mine), 0);
  }

  #goDown() {
    this.#isStill = false;
    this.#jump.hidden = true;
    this.element.scrollTop = this.#scrollGoal();
    // The button is gone now: the keyboard goes on from the conversation.
    this.element.focus({ preventScroll: true });
  }
}
