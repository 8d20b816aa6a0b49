/** Messages, suggestions, the typing sign and failures. */

import { sheet } from "./dom.js";

export const threadSheet = sheet(`
.scroller { position: relative; flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 1.5em 1.25em 1.25em; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.scroller:focus-visible { outline-offset: -3px; }
.scroller > * { max-inline-size: 54em; margin-inline: auto; }
.log { display: flex; flex-direction: column; gap: 1.25em; }
.fresh { display: flex; flex-direction: column; }
.fresh > * { inline-size: 100%; }
.fresh > .log { margin-block-start: auto; }
.fresh > .chips { margin-block-end: auto; padding-block-end: 4em; }
.fresh .said { max-inline-size: 24em; font-size: clamp(1.25em, 3.2cqi, 1.625em); line-height: 1.35; letter-spacing: -.01em; text-wrap: pretty; }

.turn { display: flex; flex-direction: column; gap: .625em; min-inline-size: 0; }
.said { max-inline-size: 38em; line-height: 1.55; overflow-wrap: anywhere; white-space: pre-line; }
.turn > .said { padding-inline-start: .875em; border-inline-start: 3px solid var(--accent); }
.gave-way { color: var(--muted); font-size: .875em; }

.mine { display: flex; flex-direction: column; align-items: flex-end; gap: .5em; }
.bubble {
  max-inline-size: min(85%, 34em); padding: .625em 1em; background: var(--primary); color: var(--on-primary);
  border-radius: min(var(--radius), 20px); border-end-end-radius: 4px; overflow-wrap: anywhere; white-space: pre-wrap;
}
.mine-quiet .bubble { padding: .375em .875em; background: none; border: 1px solid var(--line); color: var(--muted); font-size: .9375em; }
.failed .bubble { background: none; color: var(--text); outline: 1px dashed var(--muted); outline-offset: -1px; }
.trouble:empty { display: none; }
.trouble {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: .5em .875em; max-inline-size: min(100%, 36em);
  padding: .75em .875em .75em 1em; background: var(--surface); border: 1px solid var(--line); border-inline-start: 3px solid var(--accent); border-radius: var(--curve-small); font-size: .9375em;
}
.trouble p { flex: 1 1 14em; overflow-wrap: anywhere; }

.jump {
  position: sticky; z-index: 1; inset-block-end: 0; display: block; inline-size: fit-content; min-block-size: 2.75em; margin-block-start: -2.75em; margin-inline: auto; padding: .375em 1.125em;
  background: var(--primary); color: var(--on-primary); border: 0; border-radius: 999px; font-size: .9375em; font-weight: 600; box-shadow: 0 4px 16px rgb(0 0 0 / .2);
}

.typing { display: flex; align-items: center; gap: .625em; margin-block-start: 1.25em; color: var(--muted); font-size: .9375em; }
.dots { display: inline-flex; gap: .25em; }
.dots i { inline-size: .4375em; block-size: .4375em; border-radius: 50%; background: var(--accent); }

.chips { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: 1.25em; }
.chip {
  min-block-size: 2.75em; padding: .4375em 1em; background: var(--surface); border: 1px solid color-mix(in oklab, var(--link) 45%, var(--surface));
  border-radius: max(var(--radius), 2px); color: var(--link); font-size: .9375em; line-height: 1.35; text-align: start; overflow-wrap: anywhere;
}
.chip:hover { background: var(--tint); border-color: var(--link); }

@container panel (max-width: 26em) {
  .scroller { padding: 1.25em .875em 1em; }
}
@media (prefers-reduced-motion: no-preference) {
  .chip { transition: background-color .15s, border-color .15s; }
  .dots i { animation: matinee-dot 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  .turn > .said, .mine, .row > li { animation: matinee-come .25s ease-out backwards; }
  .row > li:nth-child(2) { animation-delay: .06s; }
  .row > li:nth-child(3) { animation-delay: .12s; }
  @keyframes matinee-dot { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
  @keyframes matinee-come { from { opacity: 0; transform: translateY(6px); } }
}
`);
