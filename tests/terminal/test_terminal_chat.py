"""The chat for people: what is shown, and what can be typed."""

import io

import pytest
from gateway_peers import FILMS, DialoguePeer, card_of

from bot.gateway.turn import ActionKind, CardAction
from bot.settings import Settings
from bot.terminal import commands, run_chat
from bot.terminal.commands import BUTTONS, Press, Quit, Say, Tell
from engine.wire import QuickReply

CARDS = [card_of(film) for film in FILMS]
OFFERED = [QuickReply(title="Brighter", payload="something brighter"), QuickReply(title="More", payload="more")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hello", Say("hello")),
        ("a", Say("something brighter")),
        ("B", Say("more")),
        ("c", Say("c")),
        ("1", Say("1")),
        ("/like 2", Press(CardAction(kind=ActionKind.LIKE, movie_id="coco-2017"))),
        ("/why", Press(CardAction(kind=ActionKind.EXPLAIN, movie_id="amelie-2001"))),
        ("/unlike 2", Press(CardAction(kind=ActionKind.UNLIKE, movie_id="coco-2017"))),
        ("/save 1", Press(CardAction(kind=ActionKind.SAVE, movie_id="amelie-2001"))),
        ("/more 3", Press(CardAction(kind=ActionKind.MORE_LIKE, movie_id="heat-1995"))),
        ("/quit", Quit()),
        ("/restart", Tell(commands.HELP)),
    ],
)
def test_what_is_meant_by_what_is_typed(typed: str, meant: commands.Typed) -> None:
    assert commands.read(typed, cards=CARDS, offered=OFFERED) == meant


@pytest.mark.parametrize("typed", ["/like 4", "/like 0", "/like -1", "/like two", "/like ²"])
def test_a_film_that_is_not_shown_is_asked_for(typed: str) -> None:
    assert isinstance(commands.read(typed, cards=CARDS, offered=()), Tell)


def test_before_any_film_buttons_say_so() -> None:
    assert isinstance(commands.read("/save 1", cards=(), offered=()), Tell)


def test_every_button_of_a_card_has_a_command_and_help() -> None:
    assert set(BUTTONS.values()) == set(ActionKind)
    assert all(f"/{name} n" in commands.HELP for name in BUTTONS)


def converse(typed: str, settings: Settings) -> str:
    stdout = io.StringIO()
    code = run_chat(persona="lantern", stdin=io.StringIO(typed), stdout=stdout, stderr=stdout, settings=settings)
    assert code == 0
    return stdout.getvalue()


def test_a_chat_shows_films_and_presses_buttons(settings: Settings, dialogue: DialoguePeer) -> None:
    shown = converse("a film\n/like 2\na\n/like 9\n/quit\nnever read\n", settings)
    assert dialogue.messages[:2] == ["a film", '/like{"movie_id": "coco-2017"}']
    assert "never read" not in dialogue.messages
    for expected in ("three for you", "Amélie", "(2001)", "PG", "122 min", "why coco-2017", "[a] Something brighter"):
        assert expected in shown
    assert "number from 1 to 3" in shown


def test_why_shows_the_sources_and_a_mark_is_taken_back(settings: Settings, dialogue: DialoguePeer) -> None:
    shown = converse("a film\n/why 2\n/like 2\n/unlike 2\n", settings)
    assert dialogue.messages == ["a film", '/explain{"movie_id": "coco-2017"}', '/like{"movie_id": "coco-2017"}']
    assert "Why it was picked: Coco" in shown
    assert "Facts" in shown
    assert "60%" in shown
    assert "unlike: noted" in shown


def test_markup_in_what_the_gateway_says_is_shown_as_it_is(settings: Settings, dialogue: DialoguePeer) -> None:
    assert "heard: [red]boo[/red] [/]" in converse("[red]boo[/red] [/]\n", settings)


def test_a_fault_is_an_apology_and_the_chat_goes_on(settings: Settings, dialogue: DialoguePeer) -> None:
    dialogue.mode = "empty"
    assert "[a] Try again" in converse("hello\n", settings)
