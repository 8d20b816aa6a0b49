"""What of a frame filters, what words it has, and in which order it gives way."""

from typing import Any

import pytest

from engine.wishes import (
    GIVING_WAY,
    Wish,
    musts,
    say_country,
    say_language,
    say_runtime,
    say_years,
    wishes,
)
from index import Catalogue, RowSet
from nlu.frame import Frame, Role, Wishes
from persona_configs.phrases import Phrase
from tests.index.films import film, small_catalogue

CATALOGUE = Catalogue(small_catalogue())


def ids(rows: RowSet, catalogue: Catalogue = CATALOGUE) -> set[str]:
    return {catalogue.films[row].movie_id for row in rows.rows}


def only(frame: Frame, catalogue: Catalogue = CATALOGUE) -> Wish:
    (wish,) = wishes(frame, catalogue)
    return wish


@pytest.mark.parametrize(
    ("frame", "kind", "words", "meets"),
    [
        (Frame(wants=Wishes(genres=("Comedy",))), "genres", "comedy", {"farm-pig", "mild-ghost"}),
        (Frame(wants=Wishes(countries=("FR",))), "countries", "France", {"quiet-monk"}),
        (Frame(wants=Wishes(languages=("fr",))), "languages", "French-language", {"quiet-monk"}),
        (Frame(year=(None, 1980)), "year", "up to 1980", {"haunted-house", "unrated-war"}),
        (Frame(year=(1990, 1999)), "year", "from the 1990s", {"farm-pig", "unknown-love"}),
        (Frame(year=(2000, None)), "year", "from 2000 on", {"quiet-monk"}),
        (Frame(runtime_min=(None, 90)), "runtime", "under 90 minutes", {"mild-ghost", "unrated-war"}),
        (Frame(runtime_min=(110, None)), "runtime", "over 110 minutes", {"haunted-house", "unknown-love"}),
        (Frame(wants=Wishes(people=("Nobody Known",))), "people", "Nobody Known", set()),
    ],
)
def test_each_kind_of_wish_is_met_by_the_films_that_meet_it(
    frame: Frame, kind: str, words: str, meets: set[str]
) -> None:
    wish = only(frame)
    assert (wish.kind, wish.words, ids(wish.rows)) == (kind, words, meets)


def test_an_award_is_met_by_a_film_that_has_it() -> None:
    palme, lion = "Cannes 1994: Palme d'Or", "Venice 2001: Golden Lion"
    catalogue = Catalogue([film("a", awards=[palme]), film("b", awards=[lion])])
    assert ids(only(Frame(wants=Wishes(awards=("palme d'or",))), catalogue).rows, catalogue) == {"a"}


def test_a_person_is_met_whatever_they_did_and_however_they_are_written() -> None:
    catalogue = Catalogue([film("a", directors=["Agnès Varda"]), film("b", cast=["Agnès Varda"]), film("c")])
    assert ids(only(Frame(wants=Wishes(people=("AGNÈS VARDA",))), catalogue).rows, catalogue) == {"a", "b"}


def test_any_of_several_countries_will_do_but_every_genre_must_be_there() -> None:
    catalogue = Catalogue(
        [film("a", countries=["FR"], genres=["Drama"]), film("b", countries=["JP"], genres=["Drama", "War"])]
    )
    countries = only(Frame(wants=Wishes(countries=("FR", "JP"))), catalogue)
    assert (ids(countries.rows, catalogue), countries.words) == ({"a", "b"}, "France or Japan")
    genres = wishes(Frame(wants=Wishes(genres=("Drama", "War"))), catalogue)
    assert [ids(wish.rows, catalogue) for wish in genres] == [{"a", "b"}, {"b"}]


def test_an_unknown_figure_meets_no_range() -> None:
    catalogue = Catalogue([film("a"), film("b", year=1999, runtime_min=90)])
    for frame in (Frame(year=(1900, None)), Frame(runtime_min=(None, 300))):
        assert ids(only(frame, catalogue).rows, catalogue) == {"b"}


def test_moods_themes_and_tone_are_no_filters() -> None:
    wants = Wishes(moods=("scary",), themes=("ghosts",), visual=("bright",))
    assert wishes(Frame(wants=wants, rest="x"), CATALOGUE) == ()


def test_wishes_come_in_the_order_in_which_they_give_way() -> None:
    wants = Wishes(
        genres=("Drama",),
        people=("X",),
        keywords=("slasher", "snow"),
        countries=("FR",),
        languages=("fr",),
        awards=("Cannes",),
    )
    roles = {"X": Role.DIRECTOR}
    found = wishes(Frame(wants=wants, year=(1990, None), runtime_min=(None, 100), roles=roles), CATALOGUE)
    assert [wish.kind for wish in found] == [kind for kind in GIVING_WAY if kind != "movement"]
    assert [wish.yields for wish in found] == sorted(wish.yields for wish in found)


@pytest.mark.parametrize(
    ("avoids", "goes"),
    [
        (Wishes(genres=("comedy",)), {"farm-pig", "mild-ghost"}),
        (Wishes(moods=("bleak",)), {"unrated-war"}),
        (Wishes(themes=("ghosts", "war")), {"haunted-house", "mild-ghost", "unrated-war"}),
        (Wishes(countries=("FR",)), {"quiet-monk"}),
        (Wishes(languages=("fr",)), {"quiet-monk"}),
        (Wishes(visual=("dark",), people=("Nobody",), keywords=("x",), awards=("x",)), set()),
    ],
)
def test_what_is_avoided_must_not_be_there(avoids: Wishes, goes: set[str]) -> None:
    assert {each.movie_id for each in CATALOGUE.films} - ids(musts(Frame(avoids=avoids), CATALOGUE)) == goes


def test_not_black_and_white_means_what_it_says() -> None:
    catalogue = Catalogue([film("grey", keywords=["black and white"]), film("green")])
    assert ids(musts(Frame(avoids=Wishes(visual=("black-and-white",))), catalogue), catalogue) == {"green"}


def test_the_films_that_a_request_names_are_no_answer_to_it() -> None:
    left = ids(musts(Frame(like=("farm-pig",), unlike=("mild-ghost", "not-in-here")), CATALOGUE))
    assert left == {"haunted-house", "quiet-monk", "unrated-war", "unknown-love"}


@pytest.mark.parametrize(("limit", "left"), [("G", {"farm-pig"}), ("PG", {"farm-pig", "quiet-monk", "mild-ghost"})])
def test_a_certification_asked_for_keeps_unrated_and_unknown_films_out(limit: str, left: set[str]) -> None:
    assert ids(musts(Frame(certification_max=limit), CATALOGUE)) == left


@pytest.mark.parametrize("limit", ["TV-14", "pg", "NR", ""])
def test_a_certification_that_nobody_knows_permits_nothing(limit: str) -> None:
    assert ids(musts(Frame(certification_max=limit), CATALOGUE)) == set()


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((1990, 1999), "from the 1990s"), ((1999, 1999), "from 1999"), ((1995, 2004), "from 1995 to 2004")],
)
def test_years_in_words(bounds: tuple[int, int], words: str) -> None:
    assert say_years(bounds) == words


def test_names_in_words() -> None:
    assert (say_country("KR"), say_country("??"), say_language("ja"), say_language("??")) == (
        "South Korea", "??", "Japanese-language", "??"
    )  # fmt: skip
    assert say_runtime((80, 120)) == "80 to 120 minutes"


def reason(frame: Frame, **facts: Any) -> dict[str, str] | None:
    known = film("a", **facts)
    code = only(frame, Catalogue([known])).reason_for(known)
    return None if code is None else dict(code.values)


def test_the_reason_names_the_award_that_was_asked_for() -> None:
    awards = ["Academy Awards 2020: Best Picture", "Cannes 2019: Palme d'Or"]
    assert reason(Frame(wants=Wishes(awards=("Cannes",))), awards=awards) == {"award": awards[1]}


def test_any_award_will_do_where_none_is_named() -> None:
    awards = ["Academy Awards 2020: Best Picture", "Cannes 2019: Palme d'Or"]
    frame = Frame(wants=Wishes(awards=("any",)))
    assert only(frame).words == "award-winning"
    assert reason(frame, awards=awards) == {"award": awards[0]}


def test_the_reason_names_the_country_that_was_asked_for() -> None:
    frame = Frame(wants=Wishes(countries=("JP",)))
    assert reason(frame, countries=["US", "GB", "JP"]) == {"names": "Japan"}


def test_a_language_is_no_reason_where_the_country_is_unknown() -> None:
    frame = Frame(wants=Wishes(languages=("fr",)))
    assert reason(frame, languages=["fr"]) is None
    assert reason(frame, languages=["fr"], countries=["BE"]) == {"names": "Belgium"}


def test_year_and_length_are_told_as_facts() -> None:
    frame = Frame(year=(1990, 1999), runtime_min=(None, 100))
    told = {wish.kind: wish.reason_for(CATALOGUE.films[0]) for wish in wishes(frame, CATALOGUE)}
    assert told["year"] is not None and told["runtime"] is not None
    assert (told["year"].phrase, dict(told["year"].values)) == (Phrase.REASON_ERA, {"year": "1995"})
    assert (told["runtime"].phrase, dict(told["runtime"].values)) == (Phrase.REASON_RUNTIME, {"minutes": "92"})
