/**
 * Every word the widget itself says. What the persona says comes from the server, and so do the labels that are the
 * persona's own (`strings` of its theme); these are the labels around it. A page overrides any of them with the
 * `strings` attribute (a JSON object with the same keys).
 */

/** @typedef {typeof ENGLISH} Words */

export const ENGLISH = Object.freeze({
  open: "Chat with {name}",
  close: "Close the chat",
  menu: "More options",
  start_over: "Start over",
  forget_me: "Forget me",
  conversation: "Conversation with {name}",
  message: "Your message",
  placeholder: "What do you feel like?",
  send: "Send",
  hint: "Enter sends, Shift and Enter starts a new line",
  too_long: "{over} characters too long to send",
  left: "{left} characters left",
  newer: "A new message",
  typing: "{name} is choosing…",
  you: "You said",
  they: "{name} said",
  starters: "Things to ask",
  suggestions: "Suggestions",
  films_one: "One film: {titles}",
  films_many: "{count} films: {titles}",
  gave_way: "Gave way: {wishes}",
  failed: "Not delivered.",
  try_again: "Try again",
  try_again_in: "Try again in {seconds} s",
  offline: "The connection did not work out. Your message is kept here.",
  slow: "No answer came in time. Your message is kept here.",
  garbled: "The answer could not be read. Your message is kept here.",
  closed: "This chat cannot be reached at the moment.",
  like: "Like",
  dislike: "Not for me",
  seen: "Seen it",
  save: "Save",
  more_like: "More like it",
  explain: "Ask why",
  like_about: "Like {title}",
  dislike_about: "{title} is not for me",
  seen_about: "I have seen {title}",
  save_about: "Save {title}",
  more_like_about: "More films like {title}",
  explain_about: "Why {title}?",
  did_like: "I like {title}",
  did_dislike: "{title} is not for me",
  did_seen: "I have seen {title}",
  did_save: "Save {title}",
  did_unsave: "Take {title} off my list",
  did_unlike: "I take back that I like {title}",
  did_undislike: "I take back that {title} is not for me",
  did_unseen: "I have not seen {title} after all",
  did_more_like: "More like {title}",
  did_explain: "Why {title}?",
  did_details: "Tell me about {title}",
  about: "About the film",
  directed: "Directed by",
  cast: "With",
  from: "From",
  awards: "Awards",
  moods: "Moods",
  themes: "Themes",
  feels: "How it feels",
  looks: "How its poster looks",
  trailer: "Watch the trailer",
  hours_minutes: "{hours} h {minutes} min",
  hours: "{hours} h",
  minutes: "{minutes} min",
  of_hundred: "{percent} of 100",
});

/** A template with each {placeholder} replaced by its value; an unknown placeholder stays as it is. */
export function fill(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * The words with the persona's labels and a page's own put over them.
 * @param {string | null} json the `strings` attribute
 * @param {Record<string, string>} labels `strings` of the persona's theme
 * @returns {Words} English and the labels where the attribute is absent, unreadable or silent; keys of it that mean
 *   nothing are dropped
 */
export function wordsFrom(json, labels = {}) {
  const words = Object.freeze({ ...ENGLISH, ...labels });
  if (!json) return words;
  let own;
  try {
    own = JSON.parse(json);
  } catch {
    console.warn("matinee-chat: the strings attribute is not JSON and was not used");
    return words;
  }
  const known = Object.entries(own ?? {}).filter(([key, value]) => Object.hasOwn(words, key) && typeof value === "string");
  return Object.freeze({ ...words, ...Object.fromEntries(known) });
}

/** "1 h 27 min" for 87; empty where the runtime is unknown. */
export function runtime(words, minutes) {
  if (!minutes) return "";
  const values = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  if (!values.hours) return fill(words.minutes, values);
  return fill(values.minutes ? words.hours_minutes : words.hours, values);
}
