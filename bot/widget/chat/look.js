/**
 * A persona's colours on an element, as custom properties set through the CSSOM (which style-src allows).
 *
 * The server promises contrast for text on its grounds. Muted text, links and rings are moved towards the text colour
 * here until they reach theirs, so that no persona file can make a widget that is hard to read.
 */

/** WCAG 2.2 AA: 1.4.3 for text, 1.4.11 for what only has to be seen. */
const CONTRAST_TEXT = 4.5;
const CONTRAST_SHAPE = 3;
const HEX = /^#[0-9a-f]{6}$/i;
const ROLES = ["background", "surface", "text", "muted", "primary", "on_primary", "accent"];

const PLAIN = Object.freeze({
  light: {
    background: "#faf9f7", surface: "#ffffff", text: "#1d1c1a", muted: "#66625c",
    primary: "#3a3733", on_primary: "#ffffff", accent: "#8a5a12",
  },
  dark: {
    background: "#171614", surface: "#211f1c", text: "#f3f0ea", muted: "#aaa399",
    primary: "#e9e2d5", on_primary: "#1d1c1a", accent: "#e0b25c",
  },
});

function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast ratio of two #rrggbb colours, 1-21. */
export function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** `colour` moved towards `anchor` in steps of a tenth until it stands out from every ground by `ratio`. */
export function readable(colour, grounds, anchor, ratio) {
  const from = channels(colour);
  const to = channels(anchor);
  for (let step = 0; step < 10; step += 1) {
    const bytes = from.map((byte, at) => Math.round(byte + ((to[at] - byte) * step) / 10));
    const mixed = `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    if (grounds.every((ground) => contrast(mixed, ground) >= ratio)) return mixed;
  }
  return anchor;
}

function palette(look, scheme) {
  const own = look?.[scheme] ?? {};
  return Object.fromEntries(ROLES.map((role) => [role, HEX.test(own[role]) ? own[role] : PLAIN[scheme][role]]));
}

/**
 * Puts a persona's look on an element.
 * @param {HTMLElement} element
 * @param {object} look `look` of the server's theme; parts that are missing or malformed become plain
 * @param {"light" | "dark"} scheme
 */
export function wear(element, look, scheme) {
  const colours = palette(look, scheme);
  const grounds = [colours.background, colours.surface];
  const properties = {
    background: colours.background,
    surface: colours.surface,
    text: colours.text,
    muted: readable(colours.muted, grounds, colours.text, CONTRAST_TEXT),
    primary: colours.primary,
    "on-primary": colours.on_primary,
    accent: colours.accent,
    "accent-text": readable(colours.accent, grounds, colours.text, CONTRAST_TEXT),
    link: readable(colours.primary, grounds, colours.text, CONTRAST_TEXT),
    ring: readable(colours.primary, grounds, colours.text, CONTRAST_SHAPE),
    font: look?.font || "system-ui, sans-serif",
    radius: `${Number.isFinite(look?.radius_px) ? look.radius_px : 14}px`,
  };
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(`--${name}`, value);
  element.style.setProperty("color-scheme", scheme);
}

const DARK = "(prefers-color-scheme: dark)";

/** The scheme that an attribute value asks for: "light" and "dark" as they are, all else as the system prefers. */
export function schemeOf(wish) {
  if (wish === "light" || wish === "dark") return wish;
  return matchMedia(DARK).matches ? "dark" : "light";
}

/** Calls `listener` whenever the system changes its preferred scheme, until `signal` is aborted. */
export function onSchemeChange(listener, signal) {
  matchMedia(DARK).addEventListener("change", listener, { signal });
}
