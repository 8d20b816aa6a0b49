/** Film cards: side by side on a wide panel, with rows that line up; one under the other on a narrow one. */

import { sheet } from "./dom.js";

export const cardSheet = sheet(`
.row {
  display: grid; grid-auto-flow: column; grid-template-rows: auto 1fr auto auto; grid-auto-columns: minmax(13.75em, 17em); gap: 0 .875em;
  justify-content: start; overflow-x: auto; overscroll-behavior-x: contain; scroll-snap-type: x proximity; scroll-padding-inline: 4px; padding: 4px; margin: -4px; scrollbar-width: thin; scrollbar-color: var(--line) transparent;
}
.row > li { display: grid; grid-row: span 4; grid-template-rows: subgrid; scroll-snap-align: start; min-inline-size: 0; }
.card { display: grid; grid-row: span 4; grid-template-rows: subgrid; min-inline-size: 0; }
/* Parts carry the surface, not the card: a folded card beside an unfolded one then ends where its words end. */
.card > * { min-inline-size: 0; background: var(--surface); border: 0 solid var(--line); border-inline-width: 1px; }
.card > .card-picture { position: relative; overflow: hidden; border-block-start-width: 1px; border-start-start-radius: var(--curve); border-start-end-radius: var(--curve); }
.card > .card-folds { align-self: start; border-block-width: 1px; border-end-start-radius: var(--curve); border-end-end-radius: var(--curve); }
.place {
  position: absolute; inset-block-start: .625em; inset-inline-start: .625em; display: grid; place-items: center; inline-size: 1.75em; block-size: 1.75em;
  border-radius: 50%; background: var(--surface); color: var(--text); font-size: .8125em; font-weight: 700; line-height: 1;
}
.card-words { display: flex; flex-direction: column; gap: .375em; padding: .875em 1em .75em; }
.card-title { font-size: 1.0625em; font-weight: 700; line-height: 1.25; overflow-wrap: anywhere; text-wrap: balance; }
.card-year { color: var(--muted); font-weight: 400; white-space: nowrap; }
.card-facts { display: flex; flex-wrap: wrap; gap: .125em .625em; align-items: center; color: var(--muted); font-size: .8125em; line-height: 1.5; }
.certification { padding: 0 .375em; border: 1px solid currentColor; border-radius: 3px; font-size: .923em; font-weight: 600; line-height: 1.4; }
.card-viewers { color: var(--muted); font-size: .8125em; line-height: 1.5; overflow-wrap: anywhere; }
.card-reason { margin-block-start: .25em; font-size: .9375em; line-height: 1.45; overflow-wrap: anywhere; }

.card-actions { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2px; padding: 0 .5em .5em; }
.act {
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: .1875em; min-block-size: 3.5em; min-inline-size: 0; padding: .3125em .125em;
  border: 0; border-radius: max(calc(var(--curve-small) - 2px), 2px); background: none; color: var(--muted); font-size: .75em; line-height: 1.2; text-align: center;
}
.act .icon { inline-size: 1.5em; block-size: 1.5em; }
.act:hover { background: var(--tint); color: var(--text); }
.act[aria-pressed="true"] { background: var(--primary); color: var(--on-primary); font-weight: 600; }
.act-like[aria-pressed="true"] .icon, .act-save[aria-pressed="true"] .icon { fill: currentColor; }

.fold + .fold { border-block-start: 1px solid var(--line); }
.fold summary {
  display: flex; align-items: center; justify-content: space-between; min-block-size: 2.875em; padding: .5em 1em; cursor: pointer;
  list-style: none; color: var(--link); font-size: .875em; font-weight: 600;
}
.fold summary::-webkit-details-marker { display: none; }
.fold summary:focus-visible { outline-offset: -3px; border-radius: var(--curve-small); }
.fold[open] summary .icon { transform: rotate(180deg); }
.fold-body { padding: 0 1em 1.125em; font-size: .875em; line-height: 1.5; overflow-wrap: anywhere; }
.insides-body { display: flex; flex-direction: column; gap: 1em; }
.facts dt { color: var(--muted); font-size: .857em; }
.facts dd + dt { margin-block-start: .5em; }
.inside h4 { margin-block-end: .375em; color: var(--muted); font-size: .857em; font-weight: 400; }
.bars { display: grid; gap: .3125em; }
.bars li { display: grid; grid-template-columns: minmax(5em, 38%) 1fr; align-items: center; gap: 0 .625em; position: relative; }
.bar { block-size: 6px; border-radius: 3px; overflow: hidden; background: var(--line); }
.bar-fill { display: block; inline-size: var(--share); block-size: 100%; border-radius: inherit; background: var(--accent); }
.scales { display: grid; gap: .3125em; }
.scales li { display: grid; grid-template-columns: 3.75em 1fr 4.75em; align-items: center; gap: .5em; position: relative; }
.scales li > :nth-child(3) { text-align: end; }
.scale { position: relative; block-size: 2px; background: var(--line); }
.scale-knob { position: absolute; inset-inline-start: var(--share); inset-block-start: -4px; inline-size: 10px; block-size: 10px; margin-inline-start: -5px; border-radius: 50%; background: var(--accent); }
.trailer { display: inline-flex; align-items: center; align-self: start; min-block-size: 3em; color: var(--link); font-weight: 600; }

@container panel (max-width: 34em) {
  .row { display: flex; flex-direction: column; gap: .75em; overflow: visible; }
  .row > li { display: block; }
  .card { grid-row: auto; grid-template: auto auto auto / 6.5em 1fr; overflow: hidden; background: var(--surface); border: 1px solid var(--line); border-radius: var(--curve); }
  .card > .card-picture, .card > .card-words, .card > .card-actions, .card > .card-folds { border-width: 0; border-radius: 0; }
  .card > .card-picture { min-block-size: 10em; }
  .card > .card-actions, .card > .card-folds { border-block-start-width: 1px; }
  .card-words { padding: .75em .875em; }
  .card-actions, .card-folds { grid-column: 1 / -1; }
  .card-actions { padding: .375em .5em; }
}
@media (prefers-reduced-motion: no-preference) {
  .act { transition: background-color .15s, color .15s; }
  .fold summary .icon { transition: transform .15s; }
}
`);
