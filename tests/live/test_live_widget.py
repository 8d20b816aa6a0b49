"""The widget in a real browser against the real stack: what is pressed on a card changes what comes next."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_stack import Stack
from selenium import webdriver

# The browser and its driver are those of the widget's own tests.
sys.path.insert(0, str(Path(__file__).parents[1] / "widget"))

from widget_browser import chromium
from widget_driver import Widget

pytestmark = [pytest.mark.live, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def chat(browser: webdriver.Chrome, stack: Stack) -> Iterator[Widget]:
    browser.get(f"{stack.url}/#matinee")
    browser.get_log("browser")
    yield Widget(browser).opened()
    browser.execute_script("sessionStorage.clear(); localStorage.clear()")
    browser.get("about:blank")


def latest(chat: Widget, selector: str) -> list[str]:
    """The texts of what the last row of cards holds."""
    return list(
        chat.run(
            "const rows = root.querySelectorAll('.row'); const last = rows[rows.length - 1];"
            "return last ? [...last.querySelectorAll(arguments[0])].map((one) => one.textContent) : []",
            selector,
        )
    )


def test_a_like_speaks_for_the_very_next_films_and_can_be_taken_back(chat: Widget) -> None:
    chat.say("a cosy family film")
    assert chat.count(".card") == 3
    assert "Your taste" not in latest(chat, ".source-name")
    liked = chat.run("return root.querySelector('.titlecard-title').textContent")
    chat.click(".act-like")
    chat.until(lambda: chat.attribute(".act-like", "aria-pressed") == "true" and chat.idle())

    chat.say("more")
    # The heaviest reason of at least one of the films names what was liked, under taste or under ratings.
    named = [
        (name, detail)
        for name, detail in zip(latest(chat, ".source-name"), details_by_source(chat), strict=True)
        if liked in detail
    ]
    assert named
    assert {name for name, _ in named} <= {"Your taste", "Ratings"}
    assert liked not in [title.rsplit(" ", 1)[0] for title in latest(chat, ".card-title")]
    assert chat.attribute(".act-like", "aria-pressed") == "true"

    chat.click(".act-like")
    chat.until(lambda: chat.attribute(".act-like", "aria-pressed") == "false" and chat.idle())
    chat.say("more")
    assert latest(chat, ".card-title")
    assert not any(liked in detail for detail in details_by_source(chat))


def details_by_source(chat: Widget) -> list[str]:
    """What each source of the last row says, in the order of `.source-name`; empty where it says nothing."""
    return list(
        chat.run(
            "const rows = root.querySelectorAll('.row'); const last = rows[rows.length - 1];"
            "return [...last.querySelectorAll('.source')].map((one) =>"
            " one.querySelector('.source-detail')?.textContent ?? '')"
        )
    )


def test_marks_are_kept_by_the_server(chat: Widget, browser: webdriver.Chrome) -> None:
    chat.say("a funny film")
    chat.click(".act-seen")
    chat.click(".act-save", 1)
    chat.until(lambda: chat.count(".mine-quiet") == 2 and chat.idle())
    chat.say("I like the third one")
    chat.until(lambda: chat.attribute(".act-like", "aria-pressed", 2) == "true")
    assert chat.attribute(".act-seen", "aria-pressed") == "true"
    assert chat.attribute(".act-save", "aria-pressed", 1) == "true"


def test_looks_are_shown_where_the_poster_was_measured(chat: Widget) -> None:
    chat.say("something dark and colourful")
    words = latest(chat, ".look-words")
    assert words
    assert any("dark" in said or "colourful" in said for said in words)
    assert chat.run("return [...root.querySelectorAll('.look')].every((one) => one.ariaLabel.startsWith('Look: '))")


def test_nothing_is_refused_and_nothing_fails_in_the_console(chat: Widget, browser: webdriver.Chrome) -> None:
    for words in ("something dark and colourful", "brighter", "why the first one?", "show my saved films"):
        chat.say(words)
    chat.run("for (const one of root.querySelectorAll('details')) one.open = true")
    assert browser.execute_script("return window.refused") == []
    faults = [line["message"] for line in browser.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]
    # Without a network the posters' host is not reached, and a title card is drawn.
    assert [message for message in faults if not message.startswith("https://image.tmdb.org/")] == []
