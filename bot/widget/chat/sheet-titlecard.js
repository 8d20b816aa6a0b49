/** Title cards and posters. Colours are OKLCH, so that every hue has the same lightness and words stay readable on it. */

import { sheet } from "./dom.js";

export const titlecardSheet = sheet(`
.picture { container: picture / inline-size; position: relative; inline-size: 100%; block-size: 100%; overflow: hidden; aspect-ratio: 1 / .84; }
.poster { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; object-position: 50% 22%; opacity: 0; }
.poster.loaded { opacity: 1; }
.poster-credit {
  position: absolute; inset-block-end: 0; inset-inline-end: 0; max-inline-size: 100%; padding: .125em .5em; border-start-start-radius: var(--curve-small);
  background: var(--surface); color: var(--muted); font-size: .6875em; line-height: 1.4; overflow-wrap: anywhere; visibility: hidden;
}
.poster.loaded + .poster-credit { visibility: visible; }
.titlecard { position: absolute; inset: 0; display: flex; align-items: flex-end; background: var(--ground); color: var(--words); }
.ground-dark {
  --ground: oklch(.29 var(--chroma) var(--hue)); --words: oklch(.97 .012 var(--hue));
  --tone-1: oklch(.36 calc(var(--chroma) * 1.05) var(--hue)); --tone-2: oklch(.45 calc(var(--chroma) * 1.15) calc(var(--hue) + 8)); --tone-3: oklch(.82 calc(.04 + var(--chroma) * .7) var(--spot));
}
.ground-light {
  --ground: oklch(.91 calc(var(--chroma) * .6) var(--hue)); --words: oklch(.25 .045 var(--hue));
  --tone-1: oklch(.85 calc(var(--chroma) * .8) var(--hue)); --tone-2: oklch(.77 var(--chroma) calc(var(--hue) + 10)); --tone-3: oklch(.7 calc(.04 + var(--chroma) * .8) var(--spot));
}
.motif { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; }
.tone-1 { fill: var(--tone-1); } .tone-2 { fill: var(--tone-2); } .tone-3 { fill: var(--tone-3); }
.line { fill: none; stroke-width: 2; } .line-1 { stroke: var(--tone-1); } .line-2 { stroke: var(--tone-2); }
.titlecard-words {
  position: relative; display: flex; flex-direction: column; gap: .3125em; inline-size: 100%; padding: 2.5em 1em 1em;
  background: linear-gradient(to bottom, transparent, color-mix(in oklab, var(--ground) 82%, transparent) 2.5em, var(--ground));
}
.titlecard-title { font-size: max(.625em, min(var(--size), 128cqi / var(--longest))); font-weight: 800; letter-spacing: -.015em; line-height: 1.06; padding-block-end: .16em; text-wrap: balance; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow-wrap: break-word; }
.titlecard-foot { font-size: .75em; opacity: .92; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.title-large .titlecard-title { --size: clamp(1.0625em, 11cqi, 1.75em); }
.title-medium .titlecard-title { --size: clamp(.9375em, 9.5cqi, 1.5em); }
.title-small .titlecard-title { --size: clamp(.8125em, 8cqi, 1.25em); }
@container picture (max-width: 9em) {
  .titlecard-words { padding: 2.5em .625em .625em; }
  .titlecard-foot { display: none; }
}
@container panel (max-width: 34em) {
  .picture { aspect-ratio: auto; min-block-size: 100%; }
}
@media (prefers-reduced-motion: no-preference) { .poster { transition: opacity .3s; } }
`);
