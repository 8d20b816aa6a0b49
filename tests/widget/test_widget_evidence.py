"""What a card shows of measurements: the look of the poster, the reviews, the sources that spoke for it; and marks."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from widget_driver import Widget, view
from widget_peer import Peer
from widget_turns import BABE

from bot.evidence import by_source
from bot.looks import bar_of, look_names
from bot.reception import REVIEWS_LEAST, WARM_FROM, viewers_line
from engine.signals import reviews
from engine.signals.poster import LOOKS
from engine.wire import Card, Evidence

pytestmark = pytest.mark.browser

REQUEST = "something bright and feel-good for my kid, not animated"


def imported(browser: webdriver.Chrome, module: str, script: str, *given: object) -> Any:
    """What the script returns, with `it` as the module of the widget and `given` as what is handed over."""
    done = "arguments[arguments.length - 1]"
    tested = f"const given = [...arguments]; import('/widget/chat/{module}.js').then((it) => {{ {script} }})"
    return browser.execute_async_script(f"const done = {done}; {tested}.then(done, (e) => done(String(e)))", *given)


def test_why_lists_the_sources_with_their_shares_in_the_persona_s_words(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    strings = next(one for one in peer.themes if one["name"] == "lantern")["strings"]
    assert chat.texts(".why summary") == [strings["why"]] * 3
    first = "return [...root.querySelectorAll('.why')[0].querySelectorAll(arguments[0])].map((one) => one.textContent)"
    names = [strings[f"source_{source}"] for source in ("tone", "poster", "plot")]
    assert chat.run(first, ".source-name") == names
    # Two pieces of evidence of one source are one row; figures are left to the bar.
    assert chat.run(first, ".source-share") == ["41%", "27%", "22%"]
    assert chat.run(first, ".source-detail") == [
        "uplifting .90, family .95",
        "bright, colourful",
        "close in meaning to what you wrote",
    ]
    widths = chat.run(
        "return [...root.querySelectorAll('.why')[0].querySelectorAll('.bar-fill')].map((one) =>"
        " one.style.getPropertyValue('--share'))"
    )
    assert widths == ["41.0%", "27.0%", "22.0%"]


def test_why_opens_by_the_keyboard(chat: Widget) -> None:
    chat.say(REQUEST)
    chat.run("root.querySelector('.act-explain').focus()")
    ActionChains(chat.browser).send_keys(Keys.TAB).perform()
    assert chat.run("return root.activeElement === root.querySelector('.why summary')")
    ActionChains(chat.browser).send_keys(Keys.ENTER).perform()
    assert chat.run("return root.querySelector('.why').open")
    assert chat.run("return root.querySelector('.source').checkVisibility()")


def test_a_film_without_evidence_has_no_why(chat: Widget) -> None:
    chat.say("noir")
    assert chat.count(".why") == 0
    assert chat.count(".insides") == 3


def test_a_look_is_a_bar_with_words_and_nothing_where_none_is_measured(chat: Widget) -> None:
    chat.say(REQUEST)
    assert [chat.attribute(".look", "aria-label", at) for at in range(3)] == [
        "Look: bright, colourful, warm",
        "Look: balanced",
        "Look: dark, colourful, cool, moody",
    ]
    assert chat.attribute(".look", "role") == "img"
    assert chat.texts(".look-words")[0] == "bright, colourful, warm"
    assert chat.attribute(".look", "title") == "Look: bright, colourful, warm"
    shown = chat.run("return getComputedStyle(root.querySelector('.look')).backgroundImage")
    assert shown.startswith("linear-gradient(to right, rgb(")
    chat.say("varied")
    # Of six films two have lightness and colourfulness, of which a bar is made; one has lightness alone, which is said.
    assert chat.count(".look") == 3 + 2
    assert chat.texts(".look-words")[3:] == ["bright, muted", "bright", "dark, colourful"]


def test_reviews_are_told_in_words_where_they_are_known(chat: Widget) -> None:
    chat.say(REQUEST)
    assert chat.texts(".card-viewers") == [
        "Viewers: full of warmth, 1,212 reviews",
        "Viewers: divided, 40 reviews",
        "Viewers: cool, 8 reviews",
    ]
    chat.say("noir")
    assert chat.count(".card-viewers") == 3


def test_each_persona_says_it_in_its_own_words(browser: webdriver.Chrome, peer: Peer) -> None:
    said = set()
    for name in ("arthouse", "vibe"):
        browser.get(f"{peer.url}/#{name}")
        chat = Widget(browser).opened()
        chat.say(REQUEST)
        said.add((*chat.texts(".why summary")[:1], *chat.texts(".source-name")[:3], *chat.texts(".card-viewers")))
        browser.execute_script("sessionStorage.clear()")
    assert len(said) == 2


def test_a_page_s_own_words_win_over_the_persona_s(browser: webdriver.Chrome, peer: Peer) -> None:
    browser.get(f"{peer.url}/rtl.html")
    widget = Widget(browser).ready()
    words = {"why": "لماذا", "nonsense": "x", "source_tone": 7}
    widget.run("chat.setAttribute('strings', arguments[0])", json.dumps(words))
    widget.until(lambda: widget.count(".chip") > 0)
    widget.say(REQUEST)
    assert widget.texts(".why summary")[0] == "لماذا"
    assert widget.texts(".source-name")[0] == "the vibe"


def test_a_mark_stays_over_the_next_turns_and_can_be_taken_back(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    for kind in ("like", "seen", "save"):
        chat.click(f".act-{kind}")
    chat.until(lambda: "Noted: save." in chat.texts(".said") and chat.idle())
    chat.say("noir")
    chat.say(REQUEST)
    # The film's first card and the one of the latest turn tell the same.
    for card in (0, 6):
        assert [
            chat.attribute(f".act-{kind}", "aria-pressed", card) for kind in ("like", "dislike", "seen", "save")
        ] == [
            "true",
            "false",
            "true",
            "true",
        ]
    chat.click(".act-like", 6)
    chat.click(".act-seen", 0)
    chat.until(lambda: "Noted: unseen." in chat.texts(".said") and chat.idle())
    kinds = [said["body"]["action"]["kind"] for said in peer.said if "action" in said["body"]]
    assert kinds == ["like", "seen", "save", "unlike", "unseen"]
    for card in (0, 6):
        assert chat.attribute(".act-like", "aria-pressed", card) == "false"
        assert chat.attribute(".act-save", "aria-pressed", card) == "true"


def test_a_take_back_that_fails_leaves_the_mark(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    chat.click(".act-like")
    chat.until(lambda: "Noted: like." in chat.texts(".said") and chat.idle())
    peer.fails_actions = True
    chat.click(".act-like")
    chat.until(lambda: chat.count(".failed") == 1 and chat.idle())
    assert chat.attribute(".act-like", "aria-pressed") == "true"


def test_what_is_said_in_words_shows_on_the_buttons(chat: Widget, peer: Peer) -> None:
    chat.say(REQUEST)
    peer.taste = {**peer.taste, "liked": [BABE["movie_id"]], "saved": [BABE["movie_id"]]}
    chat.say("I love the second one")
    chat.until(lambda: chat.attribute(".act-like", "aria-pressed", 1) == "true")
    assert chat.attribute(".act-save", "aria-pressed", 1) == "true"
    assert chat.attribute(".act-like", "aria-pressed", 0) == "false"


def test_whoever_is_forgotten_has_no_marks_on_screen(chat: Widget) -> None:
    chat.say(REQUEST)
    chat.click(".act-like")
    chat.until(lambda: "Noted: like." in chat.texts(".said") and chat.idle())
    chat.say("forget me")
    chat.say("yes")
    assert chat.attribute(".act-like", "aria-pressed") == "false"


@pytest.mark.parametrize("width_px", [360, 1440])
def test_targets_are_large_enough_for_a_finger(browser: webdriver.Chrome, peer: Peer, width_px: int) -> None:
    view(browser, width_px=width_px)
    browser.get(f"{peer.url}/#lantern")
    chat = Widget(browser).opened()
    chat.say(REQUEST)
    chat.run("for (const one of root.querySelectorAll('details')) one.open = true")
    small = chat.run(
        "return [...root.querySelectorAll('button, summary, a')].filter((one) => one.checkVisibility())"
        ".map((one) => [one.className || one.localName, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.height < 40 || box.width < 40)).map(([name]) => name)"
    )
    assert small == []
    over = chat.run(
        "return [...root.querySelectorAll('.card *')].filter((one) => one.scrollWidth > one.clientWidth + 1"
        " && getComputedStyle(one).display !== 'inline' && !one.closest('.titlecard, svg, .unseen, .scale'))"
        ".map((one) => one.className)"
    )
    assert over == []


def test_long_words_of_another_language_stay_within_the_card(browser: webdriver.Chrome, peer: Peer) -> None:
    view(browser, width_px=360)
    browser.get(f"{peer.url}/#lantern")
    chat = Widget(browser).opened()
    words = {
        "like": "Gefällt mir", "dislike": "Nichts für mich", "seen": "Schon gesehen", "save": "Auf die Merkliste",
        "more_like": "Mehr in dieser Art", "explain": "Warum dieser?", "why": "Ausschlaggebende Eigenschaften",
        "source_tone": "Grundstimmungsübereinstimmung", "source_poster": "Filmplakatgestaltungsmerkmale",
        "viewers_warm": "überschwänglichbegeistert", "viewers": "{verdict}, {count} Zuschauerrezensionen",
    }  # fmt: skip
    chat.run("chat.setAttribute('strings', arguments[0])", json.dumps(words))
    chat.until(lambda: chat.count(".chip") > 0)
    chat.say(REQUEST)
    chat.run("for (const one of root.querySelectorAll('details')) one.open = true")
    assert chat.run("const s = root.querySelector('.scroller'); return s.scrollWidth <= s.clientWidth")
    over = chat.run(
        "return [...root.querySelectorAll('.act, .act span, .source-name, .card-viewers, summary')]"
        ".filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)"
        ".map((one) => one.textContent)"
    )
    assert over == []


def test_a_whole_conversation_leaves_the_console_empty(chat: Widget, browser: webdriver.Chrome) -> None:
    browser.get_log("browser")
    for words in (REQUEST, "noir", "varied", "inject", "I love the second one", "forget me", "yes"):
        chat.say(words)
    chat.click(".act-like")
    chat.click(".act-like")
    chat.run("for (const one of root.querySelectorAll('details')) one.open = true")
    chat.until(chat.idle)
    assert [line for line in browser.get_log("browser") if line["level"] in ("SEVERE", "WARNING")] == []
    assert browser.execute_script("return window.refused") == []


FIGURE = st.none() | st.floats(0, 1).map(lambda share: round(share, 3))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lightness=FIGURE, colourfulness=FIGURE, warmth=FIGURE, dark_moody=FIGURE)
def test_the_widget_reads_looks_as_the_other_channels_do(chat: Widget, **figures: float | None) -> None:
    card = Card.model_validate({**BABE, **figures})
    names, bar = imported(chat.browser, "looks", "return [it.lookNames(given[0]), it.barOf(given[0])]", figures)
    assert tuple(names) == look_names(card)
    ours = bar_of(card)
    assert (bar is None) == (ours is None)
    if ours is not None:
        assert bar["warmShare"] == ours.warm_share
        for theirs, own in ((bar["warm"], ours.warm), (bar["cool"], ours.cool)):
            # One step of 255 is left to how two languages round.
            assert max(abs(one - other) for one, other in zip(theirs, own, strict=True)) <= 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(-1, 1), st.none() | st.integers(0, 5) | st.integers(0, 100_000))
def test_the_widget_reads_reviews_as_the_other_channels_do(chat: Widget, sentiment: float, count: int | None) -> None:
    labels = {"viewers": "{verdict} {count}", **{f"viewers_{name}": name for name in ("warm", "mixed", "cool")}}
    card = Card.model_validate({**BABE, "sentiment": sentiment, "reviews": count})
    asked = "return it.viewersLine(given[0], { words: given[1], locale: 'en' })"
    shown = imported(chat.browser, "reception", asked, {"sentiment": sentiment, "reviews": count}, labels)
    assert shown == viewers_line(card, labels)


def test_viewers_are_called_warm_where_reasons_call_them_so() -> None:
    assert (WARM_FROM, REVIEWS_LEAST) == (reviews.WARM_FROM, reviews.WARM_REVIEWS_LEAST)


def test_words_on_a_card_keep_to_the_bounds_of_words_in_reasons(chat: Widget) -> None:
    scales = imported(chat.browser, "looks", "return it.SCALES")
    for scale in scales:
        for word, bound in ((scale["much"], scale["muchFrom"]), (scale["little"], scale["littleTo"])):
            look = LOOKS[word.removeprefix("look_")]
            assert (look.figure, look.said_from) == (scale["figure"], bound)


PIECE = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["plot", "taste", "facts"]),
        "detail": st.sampled_from(
            ["", "0.63", "a bear (0.71)", "a bear", "1.00", "year 2010", "Heat (1995)", "uplifting .90"]
        ),
        "weight": st.integers(0, 100).map(lambda hundredths: hundredths / 100),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECE, max_size=6))
def test_the_widget_groups_evidence_as_the_other_channels_do(chat: Widget, pieces: list[dict[str, Any]]) -> None:
    rows = imported(chat.browser, "why", "return it.bySource(given[0])", pieces)
    ours = by_source([Evidence.model_validate(piece) for piece in pieces])
    assert [(row["source"], row["details"]) for row in rows] == [(row.source, list(row.details)) for row in ours]
    assert [row["share"] for row in rows] == pytest.approx([row.share for row in ours])
