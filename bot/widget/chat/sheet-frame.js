/** Panel, header, menu, composer, launcher. Sizes are em of the host's font size, so a page scales the widget by one value. */

import { sheet } from "./dom.js";

export const frameSheet = sheet(`
:host { display: block; block-size: min(46em, 88dvh); font-size: 16px; }
:host([hidden]) { display: none; }
:host([mode="launcher"]) { display: contents; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, h4, p, dl, dd, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; -webkit-tap-highlight-color: transparent; }
button:disabled { cursor: default; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { inline-size: 1.25em; block-size: 1.25em; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.icon-menu { stroke-width: 3; }

.box {
  --line: color-mix(in oklab, var(--text) 13%, var(--surface));
  --tint: color-mix(in oklab, var(--primary) 9%, var(--surface));
  --curve: var(--radius);
  --curve-small: min(var(--radius), 12px);
  block-size: 100%; font: 400 1em/1.5 var(--font); color: var(--text); text-align: start;
  letter-spacing: normal; word-spacing: normal; text-transform: none; -webkit-text-size-adjust: 100%;
}
.panel {
  container: panel / inline-size; position: relative; display: flex; flex-direction: column; inline-size: 100%; block-size: 100%;
  overflow: hidden; background: var(--background); border: 1px solid var(--line); border-radius: var(--curve);
}
.box[aria-busy] { background: var(--background); border-radius: var(--curve); }

.header {
  display: flex; align-items: center; gap: .75em; padding: .875em 1em .875em 1.25em;
  background: var(--surface); border-block-end: 1px solid var(--line);
}
.avatar {
  display: grid; place-items: center; flex: none; inline-size: 2.5em; block-size: 2.5em; border-radius: 50%;
  background: var(--tint); color: var(--link); font-weight: 700; line-height: 1; user-select: none;
}
.header .avatar { font-size: 1.05em; }
.names { flex: 1; min-inline-size: 0; }
.name { font-size: 1.0625em; font-weight: 700; line-height: 1.25; }
.tagline { color: var(--muted); font-size: .875em; line-height: 1.35; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.quiet {
  display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; padding: 0; border: 0; border-radius: 50%;
  background: none; color: var(--muted);
}
.quiet:hover { background: var(--tint); color: var(--text); }
.menu { position: relative; }
.menu-list {
  position: absolute; z-index: 3; inset-block-start: 100%; inset-inline-end: 0; min-inline-size: 11em; margin-block-start: .25em; padding: .375em;
  background: var(--surface); border: 1px solid var(--line); border-radius: var(--curve-small); box-shadow: 0 8px 28px rgb(0 0 0 / .16);
}
.menu-list button { display: block; inline-size: 100%; min-block-size: 2.75em; padding: .5em .75em; border: 0; border-radius: calc(var(--curve-small) - 4px); background: none; text-align: start; }
.menu-list button:hover, .menu-list button:focus-visible { background: var(--tint); }

.composer { padding: .75em 1.25em .875em; background: var(--surface); border-block-start: 1px solid var(--line); }
.field {
  display: flex; align-items: flex-end; gap: .5em; max-inline-size: 54em; margin-inline: auto; padding: .3125em;
  background: var(--background); border: 1px solid color-mix(in oklab, var(--text) 46%, var(--surface)); border-radius: calc(min(var(--radius), 20px) + 4px);
}
.field:focus-within { border-color: var(--ring); box-shadow: 0 0 0 1px var(--ring); }
textarea {
  flex: 1; min-inline-size: 0; min-block-size: 2.75em; max-block-size: 9em; padding: .625em .75em; resize: none; border: 0; background: none; line-height: 1.5;
}
textarea:focus-visible { outline: none; } /* the field around it shows the ring */
textarea::placeholder { color: var(--muted); opacity: 1; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.send {
  display: grid; place-items: center; flex: none; inline-size: 2.75em; block-size: 2.75em; padding: 0; border: 0;
  border-radius: min(var(--radius), 20px); background: var(--primary); color: var(--on-primary);
}
.send:disabled { background: var(--tint); color: var(--muted); }
.length-note { max-inline-size: 54em; margin-inline: auto; color: var(--muted); font-size: .8125em; }
.length-note:not(:empty) { padding: .375em .75em 0; }
.length-note.over { color: var(--accent-text); font-weight: 600; }

.closed-door { display: grid; place-content: center; justify-items: center; gap: 1em; block-size: 100%; min-block-size: 12em; padding: 2em; background: var(--background); border: 1px solid var(--line); border-radius: var(--curve); color: var(--muted); text-align: center; }
.again {
  min-block-size: 2.75em; padding: .375em 1em; border: 1px solid currentColor; border-radius: 999px; background: none; color: var(--link); font-weight: 600;
}
.again:disabled { color: var(--muted); }

.box-launcher { position: fixed; z-index: 2147483000; inset-block-end: 1.25em; inset-inline-end: 1.25em; block-size: auto; }
.box-launcher .panel {
  position: absolute; inset-block-end: 4.75em; inset-inline-end: 0; inline-size: min(26.5em, calc(100vw - 2.5em)); block-size: min(43em, calc(100dvh - 7.5em));
  box-shadow: 0 16px 56px rgb(0 0 0 / .22);
}
.launcher { display: grid; place-items: center; inline-size: 3.75em; block-size: 3.75em; padding: 0; border: 0; border-radius: 50%; background: var(--primary); box-shadow: 0 6px 22px rgb(0 0 0 / .24); }
.launcher .avatar { background: none; color: var(--on-primary); font-size: 1.5em; }
@media (max-width: 30em) {
  .box-launcher .panel { position: fixed; inset: 0; inline-size: auto; block-size: auto; border: 0; border-radius: 0; }
}
@container panel (max-width: 26em) {
  .header { padding: .75em .5em .75em 1em; }
  .composer { padding: .625em .75em .75em; }
}
@media (forced-colors: active) {
  .send, .launcher, .chip, .act { border: 1px solid ButtonText; }
}
@media (prefers-reduced-motion: no-preference) {
  .box-launcher .panel { animation: matinee-rise .18s ease-out; }
  .quiet, .send, .launcher { transition: background-color .15s, transform .15s; }
  .launcher:hover { transform: scale(1.05); }
  @keyframes matinee-rise { from { opacity: 0; transform: translateY(10px); } }
}
`);
