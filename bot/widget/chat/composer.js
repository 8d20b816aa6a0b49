/** Where one writes: a labelled text field that grows, and the button that sends. */

import { freshId, make } from "./dom.js";
import { icon } from "./icons.js";
import { fill } from "./words.js";

/** `engine.wire.TEXT_MAX_CHARS`: the engine reads no more, and the gateway answers longer messages with a refusal. */
const TEXT_MAX_CHARS = 4000;
const WARN_FROM_CHARS = 3600;

export class Composer {
  #words;
  #send;
  #field;
  #button;
  #note;

  /** @param {{words: object, send: (text: string) => void}} options send gets trimmed, non-empty text */
  constructor({ words, send }) {
    this.#words = words;
    this.#send = send;
    const [fieldId, hintId] = [freshId("field"), freshId("hint")];
    this.#field = make("textarea", {
      id: fieldId, rows: "1", placeholder: words.placeholder, "aria-describedby": hintId, autocomplete: "off",
      enterkeyhint: "send", dir: "auto", on: { input: () => this.#fit(), keydown: (event) => this.#onKey(event) },
    });
    this.#button = make("button", { type: "submit", class: "send", "aria-label": words.send }, icon("send"));
    this.#note = make("p", { class: "length-note", role: "status" });
    this.element = make(
      "form",
      { class: "composer", part: "composer", on: { submit: (event) => this.#submit(event) } },
      make("label", { for: fieldId, class: "unseen", text: words.message }),
      make("div", { class: "field" }, this.#field, this.#button),
      make("p", { class: "unseen", id: hintId, text: words.hint }),
      this.#note,
    );
    this.#fit();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  #onKey(event) {
    // While a word is being composed (Chinese, Japanese, Korean), Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.#submit(event);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (!text || text.length > TEXT_MAX_CHARS) return;
    this.#field.value = "";
    this.#fit();
    this.focus();
    this.#send(text);
  }

  #fit() {
    const length = this.#field.value.trim().length;
    const left = TEXT_MAX_CHARS - length;
    this.#button.disabled = length === 0 || left < 0;
    this.#note.textContent = this.#lengthNote(length, left);
    this.#note.classList.toggle("over", left < 0);
    this.#field.style.setProperty("height", "auto");
    if (this.#field.scrollHeight) this.#field.style.setProperty("height", `${this.#field.scrollHeight}px`);
  }

  #lengthNote(length, left) {
    if (left < 0) return fill(this.#words.too_long, { over: -left });
    return length >= WARN_FROM_CHARS ? fill(this.#words.left, { left }) : "";
  }
}
