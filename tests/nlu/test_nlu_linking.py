"""What messages name, compared whole: films liked, refused and pointed at, people, titles that the catalogue lacks."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Gazetteer, Parser
from tests.floors import floor
from tests.nlu.conftest import PEOPLE, TITLES

ROWS: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    Path(__file__).with_name("linking.yaml").read_text(encoding="utf-8")
)
MORE = (
    ("get-out", "Get Out", (), 2017),
    ("help", "The Help", (), 2011),
    ("ghost-story", "A Ghost Story", (), 2017),
    ("dracula", "Dracula", (), 1931),
    ("zootopia", "Zootopia", (), 2016),
    ("i-do", "I Do: How to Get Married and Stay Single", (), 2006),
    ("general", "The General", (), 1926),
    ("performance", "Performance", (), 1970),
    ("sunless", "Sunless", (), 1983),
    ("closer", "Closer", (), 2004),
    ("first-time", "The First Time", (), 2012),
    ("conversation", "The Conversation", (), 1974),
    ("wrong", "Wrong", (), 2012),
    ("21", "21", (), 2008),
    ("10", "10", (), 1979),
    ("perfect", "Perfect", (), 1985),
    ("waiting", "Waiting...", (), 2005),
    ("vacation", "Vacation", (), 2015),
    ("kalifornia", "Kalifornia", (), 1993),
    ("room", "The Room", (), 2003),
    ("once", "Once", (), 2007),
    ("toy-story", "Toy Story", (), 1995),
    ("toy-story-3", "Toy Story 3", (), 2010),
    ("godfather-2", "The Godfather: Part II", (), 1974),
    ("fury-road", "Mad Max: Fury Road", (), 2015),
    ("empire", "Star Wars: Episode V - The Empire Strikes Back", (), 1980),
    ("terminator-2", "Terminator 2: Judgment Day", (), 1991),
    ("two-towers", "The Lord of the Rings: The Two Towers", (), 2002),
    ("et", "E.T. the Extra-Terrestrial", (), 1982),
    ("pride", "Pride & Prejudice", (), 2005),
    ("oceans", "Ocean's Eleven", (), 2001),
    ("dune-1984", "Dune", (), 1984),
    ("dune-2021", "Dune", (), 2021),
    ("thing-1982", "The Thing", (), 1982),
    ("thing-2011", "The Thing", (), 2011),
)
MORE_PEOPLE = ("Guillermo del Toro", "Seth Rogen", "Uma Thurman", "Eric Christmas", "Monica Potter", "Meagan Good")


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return Gazetteer.of(titles=(*TITLES, *MORE), people=(*PEOPLE, *MORE_PEOPLE))


def linked(parser: Parser, names: Gazetteer, text: str) -> dict[str, list[str]]:
    parse = parser.parse(text, names)
    frame = parse.frame
    named = {*frame.like, *frame.unlike}
    points = [point.movie_id for point in parse.references if point.movie_id and point.movie_id not in named]
    found: dict[str, Any] = {
        "like": frame.like,
        "unlike": frame.unlike,
        "points": points,
        "people": (*frame.wants.people, *frame.avoids.people),
        "unknown": parse.unknown,
    }
    return {name: list(values) for name, values in found.items() if values}


def test_there_are_enough_messages() -> None:
    assert sum(map(len, ROWS.values())) >= 150


def test_names_are_found_and_words_are_left_alone(parser: Parser, names: Gazetteer) -> None:
    each = [(text, expected) for rows in ROWS.values() for text, expected in rows.items()]
    wrong = [(text, expected, got) for text, expected in each if (got := linked(parser, names, text)) != expected]
    assert 1 - len(wrong) / len(each) >= floor("linking", "exactly_right_least"), "\n".join(map(str, wrong))


def test_everyday_sentences_name_nothing(parser: Parser, names: Gazetteer) -> None:
    said = ROWS["everyday words name nothing"]
    assert not {text: got for text in said if (got := linked(parser, names, text))}


def test_a_title_that_two_films_bear_is_ambiguous_until_a_year_decides(parser: Parser, names: Gazetteer) -> None:
    open_ = parser.parse("something like The Thing", names).ambiguous
    assert [(one.said, one.movie_ids) for one in open_] == [("The Thing", ("thing-1982", "thing-2011"))]
    assert [set(one.movie_ids) for one in parser.parse("like dune", names).ambiguous] == [{"dune-1984", "dune-2021"}]
    for text in ("like The Thing (2011)", "like the 1982 Thing", "like Dune 2021", "like Heat"):
        assert not parser.parse(text, names).ambiguous
