/**
 * How a poster looks by its measured figures: in the persona's words, and as a bar of colours. `bot/looks.py` does the
 * same for the terminal; a test holds the two together.
 */

import { make } from "./dom.js";
import { fill } from "./words.js";

/** Figures with two words each, and the bounds from which on they may be said: those that the engine's reasons keep to. */
export const SCALES = Object.freeze([
  { figure: "lightness", little: "look_dark", littleTo: 0.4, much: "look_bright", muchFrom: 0.5 },
  { figure: "colourfulness", little: "look_muted", littleTo: 0.3, much: "look_colourful", muchFrom: 0.45 },
  { figure: "warmth", little: "look_cool", littleTo: 0.35, much: "look_warm", muchFrom: 0.5 },
]);
/** The probability from which a poster is called moody, as in reasons. */
const MOODY_FROM = 0.8;
/** CIELAB chroma of the bar for a grey poster and for the most colourful one; the hues of warm and cool, in degrees. */
const CHROMA = Object.freeze({ min: 4, max: 74 });
const HUES = Object.freeze({ warm: 65, cool: 262 });
/** Share of the bar in which warm turns into cool. */
const TURN = 0.24;
/** Steps in which a colour gives up chroma until a screen can show it. */
const CHROMA_STEPS = 20;
/** D65, 2 degrees. */
const WHITE = Object.freeze([0.95047, 1, 1.08883]);

function isKnown(figure) {
  return typeof figure === "number" && Number.isFinite(figure);
}

/** The labels of what stands out in the look: "look_even" where nothing does, none where nothing is measured. */
export function lookNames(card) {
  const known = SCALES.filter(({ figure }) => isKnown(card[figure]));
  const found = known.flatMap(({ figure, little, littleTo, much, muchFrom }) => {
    if (card[figure] >= muchFrom) return [much];
    return card[figure] <= littleTo ? [little] : [];
  });
  if (isKnown(card.dark_moody) && card.dark_moody >= MOODY_FROM) found.push("look_moody");
  return found.length || !known.length ? found : ["look_even"];
}

/**
 * The look on a card: its bar with its words beside it, or null where nothing is measured. Colour alone tells nobody
 * anything, so the words are the bar's name and its tooltip, too.
 */
export function look(card, words) {
  const said = lookNames(card).map((name) => words[name]).join(", ");
  if (!said) return null;
  const bar = barOf(card);
  return make(
    "p",
    { class: "card-look" },
    bar ? swatch(bar, fill(words.look, { words: said })) : null,
    make("span", { class: "look-words", text: said, dir: "auto", "aria-hidden": bar !== null && "true" }),
  );
}

/**
 * The look as colours: both ends have the poster's mean lightness and a chroma as high as the poster is colourful; the
 * first `warmShare` (0-1) of the bar is warm. Null where lightness or colourfulness is not measured, grey without warmth.
 */
export function barOf({ lightness, colourfulness, warmth }) {
  if (!isKnown(lightness) || !isKnown(colourfulness)) return null;
  const chroma = isKnown(warmth) ? CHROMA.min + (CHROMA.max - CHROMA.min) * colourfulness : 0;
  const end = (hue) => rgbOfLch(lightness * 100, chroma, hue);
  return { warm: end(HUES.warm), cool: end(HUES.cool), warmShare: isKnown(warmth) ? warmth : 0.5 };
}

function swatch({ warm, cool, warmShare }, line) {
  const place = (share) => `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(1)}%`;
  const [from, to] = [place(warmShare - TURN / 2), place(warmShare + TURN / 2)];
  const node = make("span", { class: "look", role: "img", "aria-label": line, title: line });
  node.style.setProperty("--look", `linear-gradient(to right, rgb(${warm}) ${from}, rgb(${cool}) ${to})`);
  return node;
}

/**
 * The sRGB colour of CIELAB's L* (0-100), chroma and hue in degrees, as [red, green, blue] of 0-255 (CSS Color 4,
 * section 18). What no screen shows gives up chroma, and keeps lightness and hue.
 */
export function rgbOfLch(lightness, chroma, hue) {
  const angle = (hue * Math.PI) / 180;
  let channels = [];
  for (let step = 0; step <= CHROMA_STEPS; step += 1) {
    const kept = chroma * (1 - step / CHROMA_STEPS);
    channels = linear(lightness, kept * Math.cos(angle), kept * Math.sin(angle));
    if (channels.every((channel) => channel >= -1e-6 && channel <= 1 + 1e-6)) break;
  }
  return channels.map((channel) => Math.round(255 * bent(Math.min(Math.max(channel, 0), 1))));
}

function linear(lightness, a, b) {
  const y0 = (lightness + 16) / 116;
  const [x, y, z] = [y0 + a / 500, y0, y0 - b / 200].map((value, at) => unbent(value) * WHITE[at]);
  return [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ];
}

function unbent(value) {
  return value > 6 / 29 ? value ** 3 : 3 * (6 / 29) ** 2 * (value - 4 / 29);
}

function bent(channel) {
  return channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055;
}
