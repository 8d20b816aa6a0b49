/**
 * The drawn title card: what stands where a poster would. The same film always gets the same card; its hue comes from
 * the genre, its ground and strength from the measured lightness and colourfulness of the real poster where known.
 */

import { draw, make } from "./dom.js";
import { FIELD, motif } from "./motifs.js";
import { fill } from "./words.js";

/** Hue in OKLCH degrees by genre: warm for comfort, green for the outdoors, blue to violet for the strange. */
const HUES = Object.freeze({
  Action: 32, Adventure: 155, Animation: 85, Biography: 60, Comedy: 72, Crime: 250, Documentary: 190, Drama: 20,
  Family: 100, Fantasy: 300, "Film Noir": 265, History: 50, Horror: 15, Music: 335, Musical: 350, Mystery: 280,
  Romance: 5, "Science Fiction": 235, Sport: 140, Thriller: 220, War: 115, Western: 45,
});
const HUE_DRIFT = 14;
/** Hue of the one loud shape: lamp gold on a dark ground; coral on a light one, or teal where the ground is warm itself. */
const SPOT_HUES = Object.freeze({ dark: 75, light: 38, lightOnWarm: 205 });
const WARM_HUES = Object.freeze({ from: 0, to: 95 });
/** Half of a poster's lightness scale: brighter posters get a light ground, darker ones a dark ground. */
const LIGHT_GROUND_FROM = 0.5;
const LONG_TITLE_CHARS = 16;
const VERY_LONG_TITLE_CHARS = 34;

/** FNV-1a of a string, 32 bits. */
function hash(text) {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return state;
}

/** Numbers in [0, 1) that are the same for the same seed (xorshift32). */
function chanceFrom(seed) {
  let state = seed || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function size(title) {
  if (title.length > VERY_LONG_TITLE_CHARS) return "small";
  return title.length > LONG_TITLE_CHARS ? "medium" : "large";
}

function longestWord(title) {
  return Math.max(...title.split(/[\s-]+/).map((word) => word.length));
}

function spotHue(hue, isLight) {
  if (!isLight) return SPOT_HUES.dark;
  const turned = (hue + 360) % 360;
  return turned >= WARM_HUES.from && turned <= WARM_HUES.to ? SPOT_HUES.lightOnWarm : SPOT_HUES.light;
}

/** The title card of a film, hidden from assistive technology: the card around it says title and year in text. */
export function titleCard({ movie_id: movieId, title, year, genres, lightness, colourfulness, directors }) {
  const chance = chanceFrom(hash(movieId));
  const known = genres.find((genre) => Object.hasOwn(HUES, genre));
  const hue = (known ? HUES[known] : chance() * 360) + (chance() - 0.5) * 2 * HUE_DRIFT;
  const bright = (lightness ?? chance() * 0.75) >= LIGHT_GROUND_FROM;
  const chroma = 0.035 + 0.085 * (colourfulness ?? 0.25 + chance() * 0.5);

  const field = { class: "motif", viewBox: `0 0 ${FIELD.width} ${FIELD.height}`, preserveAspectRatio: "xMidYMin slice" };
  const node = make(
    "div",
    { class: `titlecard ${bright ? "ground-light" : "ground-dark"} title-${size(title)}`, "aria-hidden": "true" },
    draw("svg", { ...field, focusable: "false" }, ...motif(genres, chance)),
    make(
      "div",
      { class: "titlecard-words" },
      make("span", { class: "titlecard-title", text: title, dir: "auto" }),
      make("span", { class: "titlecard-foot", text: [year, directors[0]].filter(Boolean).join("  ·  "), dir: "auto" }),
    ),
  );
  node.style.setProperty("--hue", hue.toFixed(1));
  node.style.setProperty("--chroma", chroma.toFixed(3));
  node.style.setProperty("--spot", spotHue(hue, bright));
  node.style.setProperty("--longest", Math.max(longestWord(title), 4));
  return node;
}

/**
 * The picture of a film: the title card at once, and the poster over it when, and only when, it has loaded.
 * @param {object} card
 * @param {{server: string, words: object}} options server: what a relative poster address is relative to
 */
export function picture(card, { server, words }) {
  const frame = make("div", { class: "picture" }, titleCard(card));
  const address = imageAddress(card.poster_url, server);
  if (address) {
    const image = make("img", { class: "poster", alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer" });
    image.addEventListener("load", () => image.classList.add("loaded"));
    const credit = creditOf(card, words);
    image.addEventListener("error", () => {
      image.remove();
      credit?.remove();
    });
    image.src = address;
    frame.append(image, ...[credit].filter(Boolean));
  }
  return frame;
}

/** Whom the poster is credited to, for as long as it is shown; null where nobody asks for it. */
function creditOf({ poster_credit: owner }, words) {
  if (!owner) return null;
  const text = words.poster_credit ? fill(words.poster_credit, { owner }) : owner;
  return make("span", { class: "poster-credit", text, dir: "auto" });
}

/** An https address, or one on the server itself; null for all else (javascript:, data:, plain http elsewhere). */
function imageAddress(address, server) {
  if (!address) return null;
  try {
    const url = new URL(address, `${server}/`);
    return url.protocol === "https:" || url.origin === new URL(server).origin ? url.href : null;
  } catch {
    return null;
  }
}

/** An https address to follow, or null. */
export function linkAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
