/** Why a film was picked: each source of evidence with its share of the score, as a disclosure of the card. */

import { make } from "./dom.js";
import { icon } from "./icons.js";

/** The score at the end of a detail, or alone: the share beside it says more to a person. */
const FIGURE = /\s*\(?\b[01]\.\d{2}\)?$/;

/**
 * The evidence by source, heaviest first: one row a source, with the sum of its shares and what each part of it says.
 * @param {{source: string, detail: string, weight: number}[]} evidence
 * @returns {{source: string, share: number, details: string[]}[]}
 */
export function bySource(evidence) {
  const rows = new Map();
  for (const { source, detail, weight } of evidence) {
    const row = rows.get(source) ?? { source, share: 0, details: [] };
    row.share += Math.max(weight, 0);
    const said = detail.replace(FIGURE, "");
    if (said && !row.details.includes(said)) row.details.push(said);
    rows.set(source, row);
  }
  return [...rows.values()].sort((one, other) => other.share - one.share);
}

/**
 * The disclosure, or null for a card without evidence.
 * @param {object} card
 * @param {{words: object, locale: string}} options locale: how percentages are written
 */
export function why(card, { words, locale }) {
  const rows = bySource(card.evidence);
  if (!rows.length) return null;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return make(
    "details",
    { class: "fold why" },
    make("summary", {}, make("span", { text: words.why }), icon("chevron")),
    make("ul", { class: "fold-body sources", role: "list" }, ...rows.map((row) => source(row, { words, percent }))),
  );
}

function source({ source: name, share, details }, { words, percent }) {
  const part = Math.min(share, 1);
  const filled = make("span", { class: "bar-fill" });
  filled.style.setProperty("--share", `${(part * 100).toFixed(1)}%`);
  return make(
    "li",
    { class: "source" },
    make("span", { class: "source-name", text: words[`source_${name}`] ?? name }),
    make("span", { class: "source-share", text: percent.format(part) }),
    make("span", { class: "bar", "aria-hidden": "true" }, filled),
    details.length ? make("span", { class: "source-detail", text: details.join(" · "), dir: "auto" }) : null,
  );
}
