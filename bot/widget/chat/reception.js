/** How viewers took a film, in the persona's words. `bot/reception.py` does the same for other channels. */

import { fill } from "./words.js";

/** Bounds on the sentiment of reviews (-1 to 1), and the fewest that are judged; `bot/reception.py` has their source. */
const WARM_FROM = 0.2;
const COOL_TO = 0.05;
const REVIEWS_LEAST = 3;

/** The label of the verdict that a sentiment amounts to. */
export function verdictName(sentiment) {
  if (sentiment >= WARM_FROM) return "viewers_warm";
  return sentiment <= COOL_TO ? "viewers_cool" : "viewers_mixed";
}

/** What reviews say and how many there are ("Viewers: warm, 212 reviews"); empty where they are unknown or few. */
export function viewersLine({ sentiment, reviews }, { words, locale }) {
  if (typeof sentiment !== "number" || typeof reviews !== "number" || reviews < REVIEWS_LEAST) return "";
  const count = new Intl.NumberFormat(locale).format(reviews);
  return fill(words.viewers, { verdict: words[verdictName(sentiment)], count });
}
