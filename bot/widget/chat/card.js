/** One film as a card: picture, facts, the reason it was picked, and buttons that say what one thinks of it. */

import { freshId, make } from "./dom.js";
import { icon } from "./icons.js";
import { insides } from "./insides.js";
import { look } from "./looks.js";
import { viewersLine } from "./reception.js";
import { picture } from "./titlecard.js";
import { why } from "./why.js";
import { fill, runtime } from "./words.js";

/** Buttons that stay pressed, and those that only ask for a reply. */
const MARKS = Object.freeze(["like", "dislike", "seen", "save"]);
const ASKS = ["more_like", "explain"];

/** What takes each mark off again. */
const BACK = Object.freeze({ like: "unlike", dislike: "undislike", seen: "unseen", save: "unsave" });
const TAKEN = Object.freeze(Object.fromEntries(Object.entries(BACK).map(([mark, back]) => [back, mark])));

/** The list of a taste that each mark puts a film on. */
const LISTS = Object.freeze({ like: "liked", dislike: "disliked", seen: "seen", save: "saved" });

/** Whether an action sets a mark or takes one off. */
export function isMark(kind) {
  return kind in BACK || kind in TAKEN;
}

/** The marks of a film in what the server keeps of a person (`engine.wire.TasteReply`). */
export function marksIn(taste, movieId) {
  return MARKS.filter((mark) => taste[LISTS[mark]]?.includes(movieId));
}

/** What pressing does to the marks that are set: like and dislike exclude each other, and each mark can be taken off. */
export function pressed(marks, kind) {
  if (kind in TAKEN) return marks.filter((mark) => mark !== TAKEN[kind]);
  const opposite = { like: "dislike", dislike: "like" }[kind];
  return [...marks.filter((mark) => mark !== opposite && mark !== kind), kind];
}

export class FilmCard {
  #buttons = new Map();

  /**
   * @param {object} card the server's card
   * @param {{place: number, words: object, server: string, locale: string, act: (kind: string, card: object) => void}} options
   *   place: 1 for the first of its row, as "the first one" means it
   */
  constructor(card, { place, words, server, locale, act }) {
    const titleId = freshId("film");
    this.movieId = card.movie_id;
    this.element = make(
      "article",
      { class: "card", part: "card", "aria-labelledby": titleId },
      make("div", { class: "card-picture" }, picture(card, { server, words }), make("span", { class: "place", text: place, "aria-hidden": "true" })),
      make(
        "div",
        { class: "card-words" },
        make("h3", { class: "card-title", id: titleId, dir: "auto" },
          document.createTextNode(card.title),
          card.year ? make("span", { class: "card-year", text: ` ${card.year}` }) : null),
        this.#facts(card, words),
        look(card, words),
        this.#viewers(card, { words, locale }),
        card.reason ? make("p", { class: "card-reason", text: card.reason, dir: "auto" }) : null,
      ),
      this.#actions(card, words, act),
      make("div", { class: "card-folds" }, why(card, { words, locale }), insides(card, { words, locale })),
    );
  }

  /** Shows which marks are set. */
  show(marks) {
    for (const kind of MARKS) this.#buttons.get(kind).setAttribute("aria-pressed", String(marks.includes(kind)));
  }

  #facts(card, words) {
    const length = runtime(words, card.runtime_min);
    return make(
      "p",
      { class: "card-facts" },
      card.certification ? make("span", { class: "certification", text: card.certification }) : null,
      length ? make("span", { text: length }) : null,
      card.genres.length ? make("span", { text: card.genres.slice(0, 3).join(", ") }) : null,
    );
  }

  #viewers(card, options) {
    const line = viewersLine(card, options);
    return line ? make("p", { class: "card-viewers", text: line, dir: "auto" }) : null;
  }

  #actions(card, words, act) {
    const row = make("div", { class: "card-actions" });
    for (const kind of [...MARKS, ...ASKS]) {
      const button = make(
        "button",
        { type: "button", class: `act act-${kind}`, "aria-label": fill(words[`${kind}_about`], { title: card.title }) },
        icon(kind),
        make("span", { text: words[kind] }),
      );
      button.addEventListener("click", () => {
        const isSet = button.getAttribute("aria-pressed") === "true";
        act(isSet ? BACK[kind] : kind, card);
      });
      this.#buttons.set(kind, button);
      row.append(button);
    }
    for (const kind of MARKS) this.#buttons.get(kind).setAttribute("aria-pressed", "false");
    return row;
  }
}
