"""Keyboard, assistive technology, contrast and motion; and the widget's pure parts, in the browser they are for."""

from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from widget_driver import Widget, view
from widget_peer import Peer

pytestmark = pytest.mark.browser

#: Each visible text's contrast with what lies behind it, where that is one flat colour.
CONTRASTS = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data]; };
const light = (bytes) => { const [r, g, b] = bytes.map((byte) => { const s = byte / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ground = (node) => { for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
  const bytes = rgba(getComputedStyle(at).backgroundColor); if (bytes[3] === 255) return bytes; }
  return [255, 255, 255, 255]; };
const found = [];
for (const node of root.querySelectorAll('*')) {
  const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
  if (!own || !node.checkVisibility() || node.closest('.unseen, .titlecard, .avatar, :disabled')) continue;
  const [high, low] = [light(rgba(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
  found.push([(high + 0.05) / (low + 0.05), node.className || node.localName]);
}
return found;
"""


def imported(browser: webdriver.Chrome, module: str, script: str) -> Any:
    """What the script returns, with `it` as the module of the widget."""
    tested = f"import('/widget/chat/{module}.js').then(async (it) => {{ {script} }})"
    return browser.execute_async_script(f"{tested}.then(arguments[0], (e) => arguments[0](String(e)))")


def focused(chat: Widget) -> str:
    return str(chat.run("const at = root.activeElement; return at ? at.className || at.localName : ''"))


def test_a_conversation_needs_only_the_keyboard(chat: Widget, peer: Peer) -> None:
    chat.run("return root.querySelector('textarea')").click()
    keys = ActionChains(chat.browser)
    keys.send_keys("noir").key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).send_keys("please").perform()
    assert peer.said == []
    ActionChains(chat.browser).send_keys(Keys.ENTER).perform()
    chat.until(lambda: chat.count(".card") == 3 and chat.idle())
    assert peer.said[0]["body"]["text"] == "noir\nplease"

    for _ in range(40):
        ActionChains(chat.browser).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        if focused(chat) == "act act-like":
            break
    ActionChains(chat.browser).send_keys(Keys.SPACE).perform()
    chat.until(lambda: "Noted: like." in chat.texts(".said"))
    assert focused(chat) == "act act-like"
    width = chat.run("return getComputedStyle(root.activeElement).outlineWidth")
    assert width == "2px"


def test_the_menu_is_walked_by_arrows(chat: Widget) -> None:
    chat.run("root.querySelector('.menu .quiet').focus()")
    ActionChains(chat.browser).send_keys(Keys.ENTER).perform()
    assert chat.attribute(".menu .quiet", "aria-expanded") == "true"
    ActionChains(chat.browser).send_keys(Keys.ARROW_DOWN).perform()
    assert chat.run("return root.activeElement.textContent") == "Forget me"
    ActionChains(chat.browser).send_keys(Keys.ESCAPE).perform()
    assert chat.attribute(".menu .quiet", "aria-expanded") == "false"
    assert focused(chat) == "quiet"


def test_the_launcher_opens_closes_and_gives_the_focus_back(browser: webdriver.Chrome, peer: Peer) -> None:
    browser.get(f"{peer.url}/launcher.html")
    widget = Widget(browser)
    widget.until(lambda: widget.count(".launcher"))
    browser.execute_script(
        "window.told = []; for (const name of ['open', 'close'])"
        "  addEventListener('matinee:' + name, () => told.push(name))"
    )
    assert widget.run("return root.querySelector('.panel').hidden")
    assert widget.attribute(".launcher", "aria-label") == "Chat with Lantern"
    widget.click(".launcher")
    assert widget.attribute(".panel", "role") == "dialog"
    assert focused(widget) == "textarea"
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert widget.run("return root.querySelector('.panel').hidden && !chat.open")
    assert focused(widget) == "launcher"
    widget.run("chat.open = true")
    assert browser.execute_script("return told") == ["open", "close", "open"]


def test_names_and_roles_are_there(chat: Widget) -> None:
    chat.say("noir")
    assert chat.attribute("[role=log]", "aria-live") == "polite"
    assert chat.attribute("[role=log]", "aria-label") == "Conversation with Lantern"
    assert chat.run("return root.querySelector('textarea').labels[0].textContent") == "Your message"
    assert chat.attribute(".act-like", "aria-label") == "Like Blade Runner"
    # What is shown is part of the name or stands for it; cards are announced once, by title.
    assert chat.attribute(".row", "aria-live") == "off"
    assert "3 films: Blade Runner, In the Mood for Love, Psycho" in chat.texts(".turn .unseen")
    nameless = chat.run(
        "return [...root.querySelectorAll('button, a, summary')]"
        ".filter((one) => !(one.ariaLabel || one.textContent).trim()).length"
    )
    assert nameless == 0
    twice = chat.run(
        "const ids = [...root.querySelectorAll('[id]')].map((one) => one.id); return ids.length - new Set(ids).size"
    )
    assert twice == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_reaches_contrast_aa_for_every_persona(browser: webdriver.Chrome, peer: Peer, scheme: str) -> None:
    view(browser, scheme=scheme)
    for theme in peer.themes:
        browser.get(f"{peer.url}/#{theme['name']}")
        chat = Widget(browser).opened()
        chat.say("noir")
        chat.click(".act-like")
        chat.say("fault")
        chat.run("for (const one of root.querySelectorAll('details')) one.open = true")
        # Colours that are on their way to others are not yet those that are read.
        chat.until(
            lambda chat=chat: chat.run("return root.getAnimations().every((one) => one.playState === 'finished')")
        )
        found = chat.run(CONTRASTS)
        assert len(found) > 60
        assert [one for one in found if one[0] < 4.5] == []
        browser.execute_script("sessionStorage.clear()")


def test_the_system_scheme_is_followed_unless_one_is_set(chat: Widget, browser: webdriver.Chrome) -> None:
    ground = "return root.querySelector('.box').style.getPropertyValue('--background')"
    light = chat.run(ground)
    view(browser, scheme="dark")
    chat.until(lambda: chat.run(ground) != light)
    chat.run("chat.setAttribute('scheme', 'light')")
    assert chat.run(ground) == light


def test_no_motion_where_less_motion_is_wished(chat: Widget, browser: webdriver.Chrome) -> None:
    calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": calm})
    chat.run("chat.send('slow')")
    chat.until(lambda: chat.count(".dots"))
    assert chat.run("return root.getAnimations().length") == 0
    chat.until(lambda: chat.count(".card") == 3 and chat.idle())


def test_right_to_left_pages_and_own_words(browser: webdriver.Chrome, peer: Peer) -> None:
    browser.get(f"{peer.url}/rtl.html")
    widget = Widget(browser).ready()
    widget.say("noir")
    assert widget.attribute(".send", "aria-label") == "أرسل"
    assert widget.texts(".act-like span")[0] == "أعجبني"
    assert widget.texts(".act-seen span")[0] == "Seen it"
    left = widget.run(
        "const at = (s) => root.querySelector(s).getBoundingClientRect().left;"
        "return at('.menu') < at('.header .avatar')"
    )
    assert left


def test_readable_moves_a_colour_only_as_far_as_needed(chat: Widget, browser: webdriver.Chrome) -> None:
    assert imported(browser, "look", "return it.contrast('#000000', '#ffffff')") == pytest.approx(21)
    assert imported(browser, "look", "return it.readable('#767676', ['#ffffff'], '#000000', 4.5)") == "#767676"
    moved = "const c = it.readable('#cccccc', ['#ffffff'], '#000000', 4.5); return it.contrast(c, '#ffffff')"
    assert 4.5 <= imported(browser, "look", moved) < 7
    assert imported(browser, "look", "return it.readable('#ffffff', ['#ffffff'], '#111111', 21)") == "#111111"


def test_events_are_the_same_however_the_stream_is_cut(chat: Widget, browser: webdriver.Chrome) -> None:
    read = """
    const bytes = new TextEncoder().encode(': hi\\r\\n\\r\\nevent: reply\\r\\n'
      + 'data: {"text":"é🎬"}\\r\\n\\r\\ndata: a\\ndata:b\\n\\nevent: half');
    const found = new Set();
    for (let size = 1; size <= bytes.length; size += 1) {
      let at = 0;
      const body = new ReadableStream({ pull(out) { if (at >= bytes.length) out.close();
        else { out.enqueue(bytes.slice(at, at + size)); at += size; } } });
      const all = []; for await (const one of it.events(body, () => {})) all.push(one);
      found.add(JSON.stringify(all));
    }
    return [...found];
    """
    assert imported(browser, "sse", read) == [
        '[{"name":"reply","data":"{\\"text\\":\\"é🎬\\"}"},{"name":"message","data":"a\\nb"}]'
    ]


def test_memory_is_bounded_and_survives_rubbish(chat: Widget, browser: webdriver.Chrome) -> None:
    fill = """
    const options = { server: 's', persona: 'p', name: 'n', persist: 'session' };
    sessionStorage.setItem('matinee-chat:s:p:n:1', '{"entries": 7');
    const one = new it.Memory(options);
    for (let at = 0; at < 60; at += 1) one.remember({ text: 'x'.repeat(9000) + at });
    one.release();
    const two = new it.Memory(options);
    return [one.entries.length <= 40, two.entries.at(-1).text.endsWith('59'),
      sessionStorage.getItem('matinee-chat:s:p:n:1').length <= 200000, two.marks('constructor').length];
    """
    assert imported(browser, "memory", fill) == [True, True, True, 0]
