"""What a frame holds beyond wants and avoids: refused years, roles, kinds of film, orders, guesses, the unknown."""

from dataclasses import asdict, replace

import pytest
from pydantic import TypeAdapter

from engine.answers import Desk, Picks
from engine.answers.picks import frame_in_force
from engine.kinds import keyword_rows
from engine.recommend import Request
from engine.signals import order_signal
from engine.wire import Mode, PicksRequest
from engine.wishes import musts, wishes
from index import Catalogue
from nlu.frame import Assumption, Frame, Parse, Role, Shift, Sort, Wishes
from persona_configs.phrases import Phrase, variants
from tests.engine.stage import persona, recommender_of
from tests.engine.stalls import PERSONAS, asking
from tests.index.films import film

FILMS = [
    film("old", year=1975, runtime_min=80, directors=["Ida Lupino"], cast=["Toshiro Mifune"], popularity=0.9),
    film("then", year=1985, runtime_min=200, cast=["Ida Lupino"], keywords=["masked killer"], popularity=0.5),
    film("new", year=2019, runtime_min=95, keywords=["slasher"], content={"language": 3}, popularity=0.1),
    film("undated", runtime_min=100, genres=["Drama"], themes=["courtroom"], content={"sex": 2, "language": 0}),
]
CATALOGUE = Catalogue(FILMS)
WHOLE = Frame(
    wants=Wishes(people=("Ida Lupino",), keywords=("slasher",)),
    year=(1970, None),
    tone={"scary": Shift(1, 0.8)},
    not_years=((1980, 1989), (2000, 2004)),
    roles={"Ida Lupino": Role.DIRECTOR},
    sort=Sort.NEWEST,
    drops=("wants.languages",),
    rest="fog",
)


def left(frame: Frame) -> set[str]:
    return {FILMS[row].movie_id for row in musts(frame, CATALOGUE).rows}


def test_no_film_of_a_refused_or_an_unknown_year() -> None:
    assert left(Frame(not_years=((1980, 1989),))) == {"old", "new"}
    assert left(Frame(not_years=((1970, 1979), (2010, 2019)))) == {"then"}


@pytest.mark.parametrize(("role", "goes"), [(Role.DIRECTOR, "old"), (Role.CAST, "then")])
def test_a_person_is_avoided_in_the_role_that_was_said(role: Role, goes: str) -> None:
    frame = Frame(avoids=Wishes(people=("Ida Lupino",)), roles={"Ida Lupino": role})
    assert {"old", "then", "new", "undated"} - left(frame) == {goes}
    assert left(replace(frame, roles={})) == {"new", "undated"}


@pytest.mark.parametrize(
    ("role", "first", "words"),
    [(Role.DIRECTOR, "old", "directed by Ida Lupino"), (Role.CAST, "then", "with Ida Lupino")],
)
def test_a_role_chooses_among_a_persons_films(role: Role, first: str, words: str) -> None:
    frame = Frame(wants=Wishes(people=("Ida Lupino",)), roles={"Ida Lupino": role})
    ranking = recommender_of(FILMS).recommend(Request(frame=frame, persona=persona(), n=1))
    assert FILMS[ranking.films[0].row].movie_id == first
    assert ranking.relaxed == ()
    assert words in {wish.words for wish in wishes(frame, CATALOGUE)}


def test_nobody_knows_who_wrote_a_film_and_the_answer_says_so() -> None:
    frame = Frame(wants=Wishes(people=("Ida Lupino",)), roles={"Ida Lupino": Role.WRITER}, year=(1980, 1989))
    ranking = recommender_of(FILMS).recommend(Request(frame=frame, persona=persona(), n=2))
    assert [FILMS[each.row].movie_id for each in ranking.films] == ["then"]
    assert ranking.relaxed == ("written by Ida Lupino",)


@pytest.mark.parametrize(
    ("word", "films"),
    [
        ("slasher", {"then", "new"}),
        ("courtroom drama", {"undated"}),
        ("swearing", {"new"}),
        ("masked killer", {"then"}),
        ("mumblecore", set()),
    ],
)
def test_a_kind_is_told_by_keywords_labels_or_notes(word: str, films: set[str]) -> None:
    assert {FILMS[row].movie_id for row in keyword_rows(CATALOGUE, word).rows} == films


def test_what_is_shown_is_refused_with_the_theme() -> None:
    assert left(Frame(avoids=Wishes(themes=("sexuality",)))) == {"old", "then", "new"}
    assert left(Frame(avoids=Wishes(keywords=("swearing",)))) == {"old", "then", "undated"}


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.NEWEST, ["new", "then", "old", "undated"]),
        (Sort.OLDEST, ["old", "then", "new", "undated"]),
        (Sort.SHORTEST, ["old", "new", "undated", "then"]),
        (Sort.LONGEST, ["then", "undated", "new", "old"]),
        (Sort.POPULAR, ["old", "then", "new", "undated"]),
        (Sort.OBSCURE, ["new", "then", "old", "undated"]),
    ],
)
def test_films_come_in_the_asked_order_and_those_without_the_figure_last(sort: Sort, order: list[str]) -> None:
    ranking = recommender_of(FILMS).recommend(Request(frame=Frame(sort=sort), persona=persona(), n=4))
    assert [FILMS[each.row].movie_id for each in ranking.films] == order


def test_no_order_without_a_wish_or_a_figure() -> None:
    assert order_signal(CATALOGUE, None) is None
    assert order_signal(Catalogue([film("a"), film("b")]), Sort.POPULAR) is None
    assert order_signal(Catalogue([film("a"), film("b")]), Sort.BEST) is None


def test_a_wish_that_nothing_meets_takes_no_other_with_it() -> None:
    frame = Frame(wants=Wishes(keywords=("mumblecore",)), year=(1980, 1989), runtime_min=(150, None))
    ranking = recommender_of(FILMS).recommend(Request(frame=frame, persona=persona(), n=3))
    assert [FILMS[each.row].movie_id for each in ranking.films] == ["then"]
    assert ranking.relaxed == ("mumblecore",)


def test_a_frame_comes_back_from_json_as_it_went() -> None:
    adapter = TypeAdapter(Frame)
    assert adapter.validate_json(adapter.dump_json(WHOLE)) == WHOLE
    asked = PicksRequest(persona="matinee", user="ann", mode=Mode.REFINE, parse=Parse(text="x", frame=WHOLE))
    assert PicksRequest.model_validate_json(asked.model_dump_json()) == asked
    assert TypeAdapter(Parse).validate_python(asdict(asked.parse)) == asked.parse


def test_what_a_message_takes_back_is_no_part_of_the_frame_in_force() -> None:
    standing = Frame(wants=Wishes(languages=("fr",)), certification_max="PG", sort=Sort.NEWEST)
    for mode in (Mode.FRESH, Mode.REFINE, Mode.MORE):
        change = Frame(drops=("wants.languages", "certification_max"))
        assert frame_in_force(asking(mode, change, standing=standing)).drops == ()
        assert frame_in_force(asking(mode, change, standing=standing)).certification_max is None
    assert frame_in_force(asking(Mode.REFINE, change, standing=standing)) == Frame(sort=Sort.NEWEST)


@pytest.mark.parametrize("name", sorted(PERSONAS))
def test_a_guess_and_what_nobody_knows_are_told(desk: Desk, name: str) -> None:
    asked = asking(Mode.FRESH, Frame(year=(1970, 1990)), persona=name)
    parse = replace(asked.parse, assumed=(Assumption("when my parents were young", (1970, 1990)),), unheld=("dubbed",))
    replies = Picks(desk).answer(asked.model_copy(update={"parse": parse})).replies
    guesses = {
        words.format(said="when my parents were young", meant="from 1970 to 1990")
        for words in variants(PERSONAS[name], Phrase.ASSUMED)
    }
    unheld = {words.format(wish="dubbed") for words in variants(PERSONAS[name], Phrase.UNHELD)}
    assert guesses & {*replies}
    assert unheld & {*replies}
