from dataclasses import replace

import pytest
from actions_stage import tracker_of

from actions.turn import Turn, read_turn
from actions.wish import changes_nothing, mode_of, mode_of_hidden_wish, says_something
from engine.wire import Intent, Mode
from nlu.frame import Frame, Parse, Reference, Wishes

FUNNY = Frame(wants=Wishes(moods=("hilarious",)))
DARK = Frame(wants=Wishes(moods=("dark",)))


def turn(intent: str, frame: Frame, *, refines: bool = False, standing: Frame | None = None, shown: str = "") -> Turn:
    parse = Parse(text="", frame=frame, refines=refines)
    blank = read_turn(tracker_of())
    return replace(blank, intent=Intent(name=intent, confidence=1), parse=parse, standing=standing, shown=tuple(shown))


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        (turn("request", FUNNY), Mode.FRESH),
        (turn("request", FUNNY, standing=DARK), Mode.FRESH),
        (turn("request", FUNNY, standing=DARK, refines=True), Mode.REFINE),
        (turn("request", Frame(), standing=DARK, shown="abc"), Mode.FRESH),
        (turn("refine", FUNNY, standing=DARK), Mode.REFINE),
        (turn("refine", FUNNY, refines=True), Mode.FRESH),
        (turn("refine", Frame(), standing=DARK), Mode.MORE),
        (turn("refine", Frame(), shown="abc"), Mode.MORE),
        (turn("refine", Frame()), Mode.FRESH),
        (turn("refine", Frame(rest="else"), standing=DARK), Mode.MORE),
        (turn("refine", Frame(rest="Other ones please"), standing=DARK), Mode.MORE),
        (turn("refine", Frame(rest="trains"), standing=DARK), Mode.REFINE),
        (turn("request", Frame(rest="a man stuck in an airport")), Mode.FRESH),
    ],
)
def test_mode(given: Turn, mode: Mode) -> None:
    assert mode_of(given) is mode


def test_two_wishes_that_begin_as_a_request_are_a_new_one_whatever_the_intent() -> None:
    both = Frame(wants=Wishes(moods=("romantic", "tearjerker")))
    said = replace(turn("refine", both, standing=DARK), text="Something romantic and sad")
    assert mode_of(said) is Mode.FRESH
    assert mode_of(replace(said, text="romantic and sad")) is Mode.REFINE
    assert mode_of(replace(said, parse=Parse(text="", frame=both, refines=True))) is Mode.REFINE


def test_words_that_nobody_understood_change_nothing() -> None:
    assert changes_nothing(turn("refine", Frame(rest="blorp gnarf")))
    assert not changes_nothing(turn("refine", Frame(rest="blorp gnarf"), shown="abc"))
    assert not changes_nothing(turn("refine", FUNNY))
    assert not changes_nothing(turn("request", Frame(rest="a lighthouse keeper")))


def test_a_hidden_wish_needs_a_slot() -> None:
    assert mode_of_hidden_wish(turn("nlu_fallback", FUNNY)) is Mode.FRESH
    assert mode_of_hidden_wish(turn("deny", FUNNY, refines=True, standing=DARK)) is Mode.REFINE
    assert mode_of_hidden_wish(turn("nlu_fallback", FUNNY, refines=True)) is Mode.FRESH
    assert mode_of_hidden_wish(turn("nlu_fallback", Frame(rest="asdf qwer"))) is None
    assert mode_of_hidden_wish(turn("affirm", Frame())) is None


def test_pointing_at_a_film_is_no_hidden_wish() -> None:
    pointing = turn("like", FUNNY)
    assert mode_of_hidden_wish(replace(pointing, parse=replace(pointing.said, references=(Reference("last"),)))) is None
    assert mode_of_hidden_wish(turn("like", Frame(like=("heat-1995",)))) is None


def test_words_for_others_say_nothing() -> None:
    assert not says_something(Frame(rest="three more please"))
    assert says_something(Frame(certification_max="PG"))
