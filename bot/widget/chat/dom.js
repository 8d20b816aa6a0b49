/**
 * Building DOM without a parser: text always goes in as text, so nothing that came over the wire can become markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element.
 * @param {string} tag
 * @param {{class?: string, text?: string, on?: Record<string, EventListener>, [attribute: string]: unknown}} options
 *   `text` becomes textContent, `on` listeners by event; all else attributes, where true means present and
 *   false, null or undefined means absent.
 * @param {...(Node | string | null)} children null is skipped
 */
export function make(tag, options = {}, ...children) {
  return furnish(document.createElement(tag), options, children);
}

/** A new SVG element; options as in `make`. */
export function draw(tag, options = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), options, children);
}

function furnish(node, { text, on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  if (text !== undefined && text !== null) node.textContent = text;
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null));
  return node;
}

let given = 0;

/** An id that no other element of this page has, for aria-labelledby and the like. */
export function freshId(stem) {
  given += 1;
  return `matinee-${stem}-${given}`;
}

/** A style sheet to be adopted by shadow roots: needs no inline style, so a strict style-src holds. */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
