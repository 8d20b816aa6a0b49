from dataclasses import replace

import pytest
from actions_stage import tracker_of

from actions.pointing import pointed, points_at_films
from actions.turn import Turn, read_turn
from nlu.frame import Frame, Parse, Reference
from persona_configs.phrases import Phrase


def turn(*references: Reference, frame: Frame | None = None, shown: str = "abc", focus: str | None = None) -> Turn:
    parse = Parse(text="", references=references, frame=frame or Frame())
    return replace(read_turn(tracker_of()), parse=parse, shown=tuple(shown), focus=focus)


@pytest.mark.parametrize(
    ("references", "films"),
    [
        ((Reference("ordinal", 0),), ("a",)),
        ((Reference("ordinal", 2),), ("c",)),
        ((Reference("ordinal", -1),), ("c",)),
        ((Reference("last"),), ("b",)),
        ((Reference("all"),), ("a", "b", "c")),
        ((Reference("film", movie_id="x"),), ("x",)),
        ((Reference("ordinal", 1), Reference("last"), Reference("ordinal", 1)), ("b",)),
        ((Reference("ordinal", 3),), Phrase.NO_SUCH_PICK),
        ((Reference("film"),), Phrase.NO_SUCH_PICK),
    ],
)
def test_references(references: tuple[Reference, ...], films: tuple[str, ...] | Phrase) -> None:
    assert pointed(turn(*references, focus="b")) == films


def test_it_is_the_last_card_where_no_film_was_spoken_of() -> None:
    assert pointed(turn(Reference("last"))) == ("c",)


def test_nothing_can_be_pointed_at_before_films_are_shown() -> None:
    assert pointed(turn(Reference("ordinal", 0), shown="")) is Phrase.NOTHING_SHOWN
    assert pointed(turn(shown="")) is Phrase.NOTHING_SHOWN


def test_a_named_title_needs_no_cards() -> None:
    assert pointed(turn(frame=Frame(like=("x",), unlike=("y",)), shown="")) == ("x", "y")


def test_the_film_last_spoken_of_is_meant_before_the_only_one_shown() -> None:
    assert pointed(turn(focus="b")) == ("b",)
    assert pointed(turn(shown="a")) == ("a",)
    assert pointed(turn()) is Phrase.WHICH_ONE


def test_a_title_that_nobody_knows_means_no_other_film() -> None:
    said = Parse(text="save Zorgon 7", unknown=("Zorgon 7",))
    assert pointed(replace(turn(focus="b"), parse=said)) is Phrase.NO_SUCH_PICK
    assert pointed(replace(turn(shown=""), parse=said)) is Phrase.NOTHING_SHOWN


def test_a_button_is_beyond_doubt() -> None:
    tapped = replace(turn(Reference("ordinal", 0), focus="b"), movie_id="x")
    assert pointed(tapped) == ("x",)


def test_only_words_and_buttons_point() -> None:
    assert not points_at_films(turn(focus="b"))
    assert points_at_films(turn(Reference("all")))
    assert points_at_films(turn(frame=Frame(unlike=("y",))))
