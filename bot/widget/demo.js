/** The demo page: four hosts to choose from, and the chat of the chosen one. The address's #name keeps the choice. */

import { make } from "./chat/dom.js";
import { avatar } from "./chat/frame.js";
import { Gateway, GatewayFault } from "./chat/gateway.js";
import { onSchemeChange, schemeOf, wear } from "./chat/look.js";

const SERVER = new URL("..", import.meta.url).href.replace(/\/+$/, "");
const FIRST_CHOICE = "matinee";
const SCHEME_KEY = "matinee-demo:scheme";

const page = document.getElementById("page");
const tiles = document.getElementById("tiles");
const stage = document.getElementById("chat");
const schemeButtons = document.querySelectorAll("[data-scheme]");

let themes = [];
let wish = recalledScheme();

function recalledScheme() {
  try {
    return localStorage.getItem(SCHEME_KEY) ?? "auto";
  } catch {
    return "auto";
  }
}

function chosen() {
  const named = (name) => themes.find((theme) => theme.name === name);
  return named(location.hash.slice(1)) ?? named(FIRST_CHOICE) ?? themes[0];
}

function tile(theme) {
  const link = make(
    "a",
    { class: "tile", href: `#${theme.name}`, "data-persona": theme.name, lang: theme.locale },
    avatar(theme.look),
    make("span", { class: "tile-words" },
      make("span", { class: "tile-name", text: theme.display_name, dir: "auto" }),
      make("span", { class: "tile-tagline", text: theme.tagline, dir: "auto" })),
  );
  return make("li", {}, link);
}

function paint() {
  const scheme = schemeOf(wish);
  wear(document.documentElement, chosen()?.look, scheme);
  for (const theme of themes) wear(tiles.querySelector(`[data-persona="${theme.name}"]`), theme.look, scheme);
  for (const button of schemeButtons) button.setAttribute("aria-pressed", String(button.dataset.scheme === wish));
  stage.querySelector("matinee-chat")?.setAttribute("scheme", wish);
}

function choose() {
  const theme = chosen();
  if (!theme) return;
  for (const link of tiles.querySelectorAll(".tile")) {
    if (link.dataset.persona === theme.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.title = `${theme.display_name} · Matinee`;
  document.getElementById("about").hidden = false;
  document.getElementById("about-text").textContent = theme.about;
  document.getElementById("snippet").textContent =
    `<script type="module"\n  src="${SERVER}/widget/matinee-chat.js"></script>\n<matinee-chat persona="${theme.name}"\n  mode="launcher"></matinee-chat>`;
  let chat = stage.querySelector("matinee-chat");
  if (!chat) {
    chat = make("matinee-chat", { scheme: wish, persona: theme.name, server: SERVER });
    stage.append(chat);
  }
  chat.setAttribute("persona", theme.name);
  paint();
}

async function open() {
  const trouble = document.getElementById("trouble");
  trouble.hidden = true;
  try {
    themes = await Gateway.personas(SERVER);
    themes.sort((one, other) => (other.name === FIRST_CHOICE) - (one.name === FIRST_CHOICE));
  } catch (fault) {
    if (!(fault instanceof GatewayFault)) throw fault;
    trouble.hidden = false;
    return;
  }
  tiles.replaceChildren(...themes.map(tile));
  choose();
}

for (const button of schemeButtons) {
  button.addEventListener("click", () => {
    wish = button.dataset.scheme;
    try {
      localStorage.setItem(SCHEME_KEY, wish);
    } catch {
      // Not kept: the choice holds until the page is left.
    }
    paint();
  });
}
addEventListener("hashchange", () => {
  // The skip link's #chat is a place on this page, not a host.
  if (location.hash !== "#chat") choose();
});
onSchemeChange(paint);
document.getElementById("again").addEventListener("click", open);
paint();
open();
