"""The catalogue's names: which of two is meant, what is corrected, what is left alone."""

import pytest

from nlu import Gazetteer, Parser


def films(parser: Parser, gazetteer: Gazetteer, text: str) -> tuple[str, ...]:
    return parser.parse(text, gazetteer).frame.like


def test_of_two_films_with_one_title_the_year_decides(parser: Parser, gazetteer: Gazetteer) -> None:
    assert films(parser, gazetteer, "like A Star Is Born") == ("star-1937",)
    assert films(parser, gazetteer, "like A Star Is Born (2018)") == ("star-2018",)


def test_a_whole_title_wins_over_a_shortened_one(parser: Parser) -> None:
    names = Gazetteer.of(titles=[("cut", "Solaris: The Return", (), 2002), ("whole", "Solaris", (), 1972)])
    assert films(parser, names, "like Solaris") == ("whole",)


def test_a_title_may_look_like_a_year_a_mood_or_a_person(parser: Parser) -> None:
    names = Gazetteer.of(titles=[("t", "1984", (), 1984), ("h", "Happiness", (), 1998), ("m", "Malcolm X", (), 1992)])
    assert parser.parse("films from 1984", names).frame.year == (1984, 1984)
    assert films(parser, names, "something like 1984") == ("t",)
    assert films(parser, names, "more like Happiness") == ("h",)
    assert films(parser, names, "malcolm x") == ("m",)


def test_a_surname_shared_evenly_names_nobody_and_one_that_outshines_does(parser: Parser) -> None:
    evenly = Gazetteer.of(people=["Ridley Scott", "Tony Scott"])
    assert not parser.parse("a film by Scott", evenly).frame.wants.people
    outshone = Gazetteer.of(people=["Ridley Scott"] * 3 + ["Tony Scott"])
    assert parser.parse("a film by Scott", outshone).frame.wants.people == ("Ridley Scott",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like Blde Runer", ("blade-runner",)),
        ("like teh godfathr", ("godfather",)),
        ("like a dream", ()),
        ("like heap", ()),
    ],
)
def test_only_what_is_marked_as_a_title_is_corrected(
    parser: Parser, gazetteer: Gazetteer, text: str, expected: tuple[str, ...]
) -> None:
    assert films(parser, gazetteer, text) == expected


def test_a_misspelt_person_is_the_catalogues(parser: Parser, gazetteer: Gazetteer) -> None:
    assert parser.parse("something with Gretta Gerwig", gazetteer).frame.wants.people == ("Greta Gerwig",)


def test_an_empty_catalogue_names_no_film(parser: Parser) -> None:
    assert not parser.parse("like Inception", Gazetteer.of()).frame.like


def test_odd_rows_do_no_harm() -> None:
    names = Gazetteer.of(titles=[("a", "!!!", ("", "…"), None), ("b", "8½", (), 1963)], people=["", "Björk"])
    assert names.films.of("8½")
