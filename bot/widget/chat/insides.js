/** What a card holds folded up: synopsis, people, how the film feels and how its poster looks. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { SCALES } from "./looks.js";
import { linkAddress } from "./titlecard.js";
import { fill } from "./words.js";

const AXES_SHOWN = 3;
const NAMES_SHOWN = 6;

/**
 * The folded part of a card, as a native disclosure.
 * @param {object} card
 * @param {{words: object, locale: string}} options locale: the language in which countries are named
 */
export function insides(card, { words, locale }) {
  const trailer = linkAddress(card.trailer_url);
  return make(
    "details",
    { class: "fold insides" },
    make("summary", {}, make("span", { text: words.about }), icon("chevron")),
    make(
      "div",
      { class: "fold-body insides-body" },
      card.synopsis ? make("p", { class: "synopsis", text: card.synopsis, dir: "auto" }) : null,
      facts([
        [words.directed, card.directors],
        [words.cast, card.cast.slice(0, NAMES_SHOWN)],
        [words.from, countries(card.countries, locale)],
        [words.awards, card.awards],
        [words.moods, card.moods],
        [words.themes, card.themes],
      ]),
      bars(words.feels, strongest(card.tone).map(([axis, share]) => ({ name: axis, share })), words),
      looks(card, words),
      trailer ? make("a", { class: "trailer", href: trailer, target: "_blank", rel: "noopener noreferrer", text: words.trailer }) : null,
    ),
  );
}

/** Names of ISO 3166-1 alpha-2 codes in the locale's language; what is no code stays as it is. */
function countries(codes, locale) {
  try {
    const names = new Intl.DisplayNames([locale], { type: "region" });
    return codes.map((code) => names.of(code));
  } catch {
    return codes;
  }
}

function facts(rows) {
  const told = rows.filter(([, names]) => names.length);
  if (!told.length) return null;
  const cells = told.flatMap(([label, names]) => [make("dt", { text: label }), make("dd", { text: names.join(", "), dir: "auto" })]);
  return make("dl", { class: "facts" }, ...cells);
}

function strongest(tone) {
  return Object.entries(tone).sort(([, one], [, other]) => other - one).slice(0, AXES_SHOWN);
}

function section(heading, ...children) {
  return make("section", { class: "inside" }, make("h4", { text: heading }), ...children);
}

/** Labelled bars; the figure is there for those who cannot see the bar. */
function bars(heading, rows, words) {
  if (!rows.length) return null;
  const items = rows.map(({ name, share }) => {
    const percent = Math.round(Math.min(Math.max(share, 0), 1) * 100);
    const fillBar = make("span", { class: "bar-fill" });
    fillBar.style.setProperty("--share", `${percent}%`);
    return make(
      "li",
      {},
      make("span", { class: "bar-name", text: name }),
      make("span", { class: "bar", "aria-hidden": "true" }, fillBar),
      make("span", { class: "unseen", text: fill(words.of_hundred, { percent }) }),
    );
  });
  return section(heading, make("ul", { class: "bars", role: "list" }, ...items));
}

/** Where the poster stands between two words, as measured. */
function looks(card, words) {
  const scales = SCALES.map(({ figure, little, much }) => [words[little], words[much], card[figure]])
    .filter(([, , share]) => typeof share === "number");
  if (!scales.length) return null;
  const items = scales.map(([low, high, share]) => {
    const percent = Math.round(Math.min(Math.max(share, 0), 1) * 100);
    const knob = make("span", { class: "scale-knob" });
    knob.style.setProperty("--share", `${percent}%`);
    return make(
      "li",
      {},
      make("span", { text: low }),
      make("span", { class: "scale", "aria-hidden": "true" }, knob),
      make("span", { text: high }),
      make("span", { class: "unseen", text: fill(words.of_hundred, { percent }) }),
    );
  });
  return section(words.looks, make("ul", { class: "scales", role: "list" }, ...items));
}
