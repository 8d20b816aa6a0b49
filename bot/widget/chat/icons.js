/** The widget's line icons, each a list of path data on a 24-unit grid, drawn for this project. */

import { draw } from "./dom.js";

const PATHS = Object.freeze({
  like: ["M12 20s-7.5-4.6-7.5-10.1A4.4 4.4 0 0 1 12 7.2a4.4 4.4 0 0 1 7.5 2.7C19.5 15.4 12 20 12 20Z"],
  dislike: ["M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17Z", "M6.2 6.2 17.8 17.8"],
  seen: ["M4.5 12.5 9.5 17.5 19.5 7"],
  save: ["M6.5 4h11v16.5L12 16.4 6.5 20.5Z"],
  more_like: ["M4 7.5h11v11H4Z", "M8.5 7.5V4H20v11h-5"],
  explain: ["M9 9.2a3.1 3.1 0 1 1 4.6 2.7c-1.1.7-1.6 1.3-1.6 2.6", "M12 18.4v.2"],
  send: ["M12 19.5V5", "M5.8 11.2 12 5l6.2 6.2"],
  menu: ["M5.5 12h.1", "M12 12h.1", "M18.5 12h.1"],
  close: ["M6 6 18 18", "M18 6 6 18"],
  chat: ["M4 5.5h16v11H11L6.5 20v-3.5H4Z"],
  chevron: ["M6.5 9.5 12 15l5.5-5.5"],
});

/** An icon that assistive technology passes over; the element around it carries the name. */
export function icon(name) {
  const paths = PATHS[name].map((d) => draw("path", { d }));
  return draw("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, ...paths);
}
