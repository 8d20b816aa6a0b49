/** What surrounds the conversation: the header with its menu, the panel, and the launcher that opens it. */

import { freshId, make } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./words.js";

/** The persona's mark: an emoji or letters in a circle. */
export function avatar(look) {
  return make("span", { class: "avatar", text: look?.avatar ?? "", "aria-hidden": "true" });
}

/** A button with a list of choices that opens under it; arrow keys walk the list, Escape closes it. */
function menu(words, choices) {
  const listId = freshId("menu");
  const button = make("button", {
    type: "button", class: "quiet", "aria-label": words.menu, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": listId,
  }, icon("menu"));
  const items = choices.map(([label, choose]) => make("button", {
    type: "button", role: "menuitem", tabindex: "-1", text: label,
    on: { click: () => { set(false); choose(); } },
  }));
  const list = make("div", { class: "menu-list", id: listId, role: "menu", "aria-label": words.menu, hidden: true }, ...items);
  const box = make("div", { class: "menu" }, button, list);

  function set(isOpen) {
    list.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) items[0].focus();
  }
  button.addEventListener("click", () => set(list.hidden));
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) set(false);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const at = items.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === "Escape") {
      set(false);
      button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return box;
}

/**
 * The panel: header, then whatever conversation is put into it.
 * @param {{theme: object, words: object, isDialog: boolean, on: {startOver: () => void, forgetMe: () => void, close: () => void}}} options
 */
export function panel({ theme, words, isDialog, on }) {
  const titleId = freshId("title");
  const closing = isDialog
    ? make("button", { type: "button", class: "quiet close", "aria-label": words.close, on: { click: on.close } }, icon("close"))
    : null;
  const header = make(
    "header",
    { class: "header", part: "header" },
    avatar(theme.look),
    make("div", { class: "names" },
      make("h2", { class: "name", id: titleId, text: theme.display_name, dir: "auto" }),
      make("p", { class: "tagline", text: theme.tagline, dir: "auto" })),
    menu(words, [[words.start_over, on.startOver], [words.forget_me, on.forgetMe]]),
    closing,
  );
  return make("section", { class: "panel", part: "panel", role: isDialog ? "dialog" : "group", "aria-labelledby": titleId }, header);
}

/** The button that opens the panel, in launcher mode. */
export function launcher({ theme, words, open }) {
  return make(
    "button",
    { type: "button", class: "launcher", part: "launcher", "aria-expanded": "false", "aria-label": fill(words.open, { name: theme.display_name }), on: { click: open } },
    avatar(theme.look),
  );
}

/** What stands in place of a chat that cannot be reached: the reason and a way on. */
export function closedDoor({ words, retry }) {
  return make(
    "div",
    { class: "closed-door", role: "alert" },
    make("p", { text: words.closed }),
    make("button", { type: "button", class: "again", text: words.try_again, on: { click: retry } }),
  );
}
