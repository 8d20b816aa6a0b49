/** What a card shows of measurements: the bar of its look, and the sources that spoke for it. */

import { sheet } from "./dom.js";

export const evidenceSheet = sheet(`
.card-look { display: flex; align-items: center; gap: .625em; color: var(--muted); font-size: .8125em; line-height: 1.5; }
/* The line around it keeps a bar visible that has the colour of what it lies on. */
.look { flex: none; inline-size: 4.5em; block-size: .75em; border-radius: .25em; background-image: var(--look); box-shadow: 0 0 0 1px var(--line); forced-color-adjust: none; }
.look-words { min-inline-size: 0; overflow-wrap: anywhere; }

.sources { display: grid; gap: .75em; }
.source { display: grid; grid-template-columns: 1fr auto; gap: .1875em .75em; }
.source-name { min-inline-size: 0; font-weight: 600; }
.source-share { color: var(--muted); font-variant-numeric: tabular-nums; }
.source .bar { grid-column: 1 / -1; }
.source-detail { grid-column: 1 / -1; color: var(--muted); }
@media (forced-colors: active) {
  .bar { border: 1px solid CanvasText; }
  .bar-fill { background: CanvasText; forced-color-adjust: none; }
}
`);
