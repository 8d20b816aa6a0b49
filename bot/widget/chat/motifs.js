/**
 * Seven drawings for title cards, one a family of genres. Each takes a source of chance and gives SVG shapes on a
 * 200 × 260 field. Shapes carry the classes `tone-1` (quiet) to `tone-3` (loud); the card's sheet colours them.
 */

import { draw } from "./dom.js";

export const FIELD = Object.freeze({ width: 200, height: 260 });

const between = (chance, low, high) => low + chance() * (high - low);
const circle = (tone, cx, cy, r) => draw("circle", { class: `tone-${tone}`, cx, cy, r });
const path = (tone, d) => draw("path", { class: `tone-${tone}`, d });
const ring = (tone, cx, cy, r) => draw("circle", { class: `line line-${tone}`, cx, cy, r });

/** Paths around a sun that is out of sight, with one planet. */
function orbits(chance) {
  const [cx, cy] = [between(chance, 120, 190), between(chance, 40, 90)];
  const first = between(chance, 34, 44);
  const rings = [0, 1, 2, 3].map((at) => ring(at % 2 ? 1 : 2, cx, cy, first + at * 36));
  const angle = between(chance, 2.0, 2.8);
  const far = first + 72;
  return [...rings, circle(2, cx, cy, first - 12), circle(3, cx + far * Math.cos(angle), cy + far * Math.sin(angle), 11)];
}

/** A sun over three ridges. */
function ridges(chance) {
  const sun = circle(3, between(chance, 55, 150), between(chance, 42, 60), between(chance, 22, 32));
  const ridge = (tone, top) => {
    const [a, b, c] = [0, 1, 2].map(() => top + between(chance, -22, 22));
    return path(tone, `M0 ${a}C50 ${a - 34} 70 ${b + 26} 110 ${b}S170 ${c - 30} 200 ${c}V260H0Z`);
  };
  return [sun, ridge(1, 92), ridge(2, 122), ridge(1, 160)];
}

/** Light through a blind. */
function slats(chance) {
  const lean = between(chance, 26, 60);
  const start = between(chance, -14, 4);
  const bars = [0, 1, 2, 3, 4, 5].map((at) => {
    const top = start + at * 30;
    const depth = 16 - at * 2;
    return path(at === 2 ? 3 : at % 2 ? 1 : 2, `M0 ${top + lean}L200 ${top}V${top + depth}L0 ${top + lean + depth}Z`);
  });
  return bars;
}

/** A moon behind bare trunks. */
function trunks(chance) {
  const moon = circle(3, between(chance, 70, 140), between(chance, 54, 70), between(chance, 34, 44));
  const stems = [0, 1, 2, 3, 4, 5, 6].map((at) => {
    const x = 4 + at * 30 + between(chance, -9, 9);
    const width = between(chance, 4, 12);
    return path(at % 3 ? 1 : 2, `M${x} 0L${x + width} 0L${x + width * 1.5} 260L${x - width / 2} 260Z`);
  });
  return [moon, ...stems];
}

/** Two rounds that meet. */
function rounds(chance) {
  const [y, drift] = [between(chance, 62, 78), between(chance, -14, 14)];
  const reach = between(chance, 40, 50);
  return [circle(2, 76, y + drift, reach), circle(3, 128, y - drift, reach), ring(1, 102, y, reach + 34)];
}

/** A street of blocks with one lit window. */
function blocks(chance) {
  const lit = Math.floor(between(chance, 1, 4));
  const shapes = [];
  for (let at = 0; at < 5; at += 1) {
    const top = between(chance, 26, 92);
    shapes.push(path(at % 2 ? 1 : 2, `M${at * 40} ${top}H${at * 40 + 40}V260H${at * 40}Z`));
    if (at === lit) shapes.push(path(3, `M${at * 40 + 13} ${top + 16}h14v20h-14Z`));
  }
  return shapes;
}

/** Half-moons in a grid, each turned as chance will. */
function halves(chance) {
  const shapes = [];
  for (let at = 0; at < 20; at += 1) {
    const [x, y] = [(at % 4) * 50, Math.floor(at / 4) * 50 - 10];
    const turn = Math.floor(between(chance, 0, 4)) * 90;
    const tone = 1 + Math.floor(chance() * chance() * 3);
    shapes.push(draw("path", {
      class: `tone-${tone}`, d: "M-22 0A22 22 0 0 1 22 0Z", transform: `translate(${x + 25} ${y + 25}) rotate(${turn})`,
    }));
  }
  return shapes;
}

const BY_GENRE = Object.freeze({
  "Science Fiction": orbits, Fantasy: orbits,
  Adventure: ridges, Animation: ridges, Family: ridges, Western: ridges, Sport: ridges,
  Action: slats, Crime: slats, "Film Noir": slats, Mystery: slats, Thriller: slats,
  Horror: trunks, War: trunks,
  Romance: rounds, Music: rounds, Musical: rounds,
  Biography: blocks, Documentary: blocks, Drama: blocks, History: blocks,
  Comedy: halves,
});

/** The drawing for the first genre that has one, by `chance` (a function that gives numbers in [0, 1)). */
export function motif(genres, chance) {
  const known = genres.find((genre) => Object.hasOwn(BY_GENRE, genre));
  return (known ? BY_GENRE[known] : blocks)(chance);
}
