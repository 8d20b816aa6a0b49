"""Critiquing: films must lie noticeably further along the asked axis than those they are compared with."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.critique import NOTICEABLE, against_shown, movement, reference_tone
from engine.recommend import Request
from engine.store import Taste
from index import Catalogue
from index.catalogue import AXIS_COLUMN
from nlu.frame import Frame, Shift, Wishes
from persona_configs.schema import Leaning
from persona_configs.vocabulary import axes
from tests.engine.stage import persona, recommender_of
from tests.engine.strategies import EXAMPLES
from tests.index.films import film

#: Leans to nothing, so that only what is asked decides.
PLAIN = persona(leaning=Leaning())
STILL = dict.fromkeys(axes(), 0.5)


def toned(movie_id: str, **moved: float) -> object:
    return film(movie_id, tone=STILL | moved)


def met(frame: Frame, films: list, *, base: str) -> set[str]:
    catalogue = Catalogue(films)
    tone = reference_tone(catalogue, catalogue.rows_of([base]).rows)
    (wish,) = movement(catalogue, frame.tone, tone)
    return {catalogue.films[row].movie_id for row in wish.rows.rows}


@pytest.mark.parametrize(("direction", "expected"), [(-1, {"less"}), (1, {"more"})])
def test_only_films_that_moved_noticeably_meet_the_wish(direction: int, expected: set[str]) -> None:
    films = [toned("base"), toned("less", scary=0.3), toned("barely", scary=0.45), toned("hardly", scary=0.55),
             toned("more", scary=0.7), film("unknown")]  # fmt: skip
    assert met(Frame(tone={"scary": Shift(direction)}), films, base="base") == expected


def test_near_the_end_of_the_axis_half_of_what_is_left_is_enough() -> None:
    films = [toned("base", scary=0.08), toned("tame", scary=0.04), toned("same", scary=0.06)]
    assert met(Frame(tone={"scary": Shift(-1)}), films, base="base") == {"tame"}


def test_the_base_is_the_mean_of_the_films_whose_tone_is_known() -> None:
    catalogue = Catalogue([toned("a", scary=0.2), toned("b", scary=0.6), film("c"), film("d", tone={"scary": 1.0})])
    base = reference_tone(catalogue, np.array([0, 1, 2, 3]))
    assert base is not None
    assert base[AXIS_COLUMN["scary"]] == pytest.approx(0.4)
    assert base[AXIS_COLUMN["funny"]] == pytest.approx(0.5)


def test_without_a_film_to_start_from_nothing_moves() -> None:
    catalogue = Catalogue([film("a"), toned("b")])
    assert reference_tone(catalogue, np.array([], dtype=np.int64)) is None
    assert reference_tone(catalogue, np.array([0])) is None
    assert list(movement(catalogue, {"scary": Shift(1)}, None)) == []


@EXAMPLES
@given(
    start=st.floats(0.0, 1.0), there=st.floats(0.0, 1.0), direction=st.sampled_from((-1, 1)),
    axis=st.sampled_from(tuple(axes())),
)  # fmt: skip
def test_a_met_wish_is_never_a_step_the_other_way(start: float, there: float, direction: int, axis: str) -> None:
    films = [toned("base", **{axis: start}), toned("film", **{axis: there})]
    moved = (there - start) * direction
    found = met(Frame(tone={axis: Shift(direction)}), films, base="base")
    if "film" in found:
        assert moved >= -1e-6
    elif moved >= NOTICEABLE + 1e-6:
        pytest.fail("a film that moved far enough was left out")


def test_like_it_but_less_scary_gives_less_scary_films_that_are_otherwise_alike() -> None:
    films = [
        toned("anchor", scary=0.9, funny=0.8),
        toned("scarier", scary=1.0, funny=0.8),
        toned("alike", scary=0.3, funny=0.8),
        toned("drifted", scary=0.3, funny=0.1, sad=1.0, weird=1.0),
        toned("as-scary", scary=0.85, funny=0.8),
    ]
    frame = Frame(like=("anchor",), tone={"scary": Shift(-1, 0.9)})
    recommender = recommender_of(films)
    ranking = recommender.recommend(Request(frame=frame, persona=PLAIN, n=2))
    assert [recommender.catalogue.films[each.row].movie_id for each in ranking.films] == ["alike", "drifted"]
    assert ranking.relaxed == ()


def test_a_comparison_with_what_was_shown_moves_from_there() -> None:
    films = [toned("shown", scary=0.6), toned("tamer", scary=0.4), toned("tame", scary=0.55), toned("wild", scary=0.9)]
    recommender = recommender_of(films)
    request = Request(
        frame=Frame(tone={"scary": Shift(-1)}),
        persona=PLAIN,
        taste=Taste(shown=("shown",)),
        compared_with=("shown",),
        axes_compared=frozenset({"scary"}),
        n=1,
    )
    ranking = recommender.recommend(request)
    assert [recommender.catalogue.films[each.row].movie_id for each in ranking.films] == ["tamer"]
    assert ranking.relaxed == ()


def test_a_tone_that_is_wanted_as_such_is_not_compared_with_what_was_shown() -> None:
    films = [toned("shown", scary=1.0), toned("tame", scary=0.2), toned("frightful", scary=0.95)]
    recommender = recommender_of(films)
    request = Request(
        frame=Frame(tone={"scary": Shift(1)}),
        persona=PLAIN,
        taste=Taste(shown=("shown",)),
        compared_with=("shown",),
        n=1,
    )
    ranking = recommender.recommend(request)
    assert [recommender.catalogue.films[each.row].movie_id for each in ranking.films] == ["frightful"]
    assert ranking.relaxed == ()


def test_where_nothing_lies_further_along_the_axis_the_answer_says_so() -> None:
    films = [toned("anchor", scary=0.3), toned("a", scary=0.9), toned("b", scary=0.8)]
    ranking = recommender_of(films).recommend(
        Request(frame=Frame(like=("anchor",), tone={"scary": Shift(-1)}), persona=PLAIN, n=2)
    )
    assert [each.unmet for each in ranking.films] == [("less scary",)] * 2
    assert ranking.relaxed == ("less scary",)


def test_a_comparison_gives_way_before_what_was_asked_outright() -> None:
    films = [
        toned("shown", violent=0.5),
        film("asked", tone=STILL | {"violent": 0.8}, countries=["KR"]),
        film("tamer", tone=STILL | {"violent": 0.1}, countries=["US"]),
    ]
    recommender = recommender_of(films)
    request = Request(
        frame=Frame(wants=Wishes(countries=("KR",)), tone={"violent": Shift(-1)}),
        persona=PLAIN,
        taste=Taste(shown=("shown",)),
        compared_with=("shown",),
        axes_compared=frozenset({"violent"}),
        n=1,
    )
    ranking = recommender.recommend(request)
    assert [recommender.catalogue.films[each.row].movie_id for each in ranking.films] == ["asked"]
    assert ranking.relaxed == ("less violent",)


def test_only_what_cannot_be_met_gives_way_and_a_lost_theme_is_named() -> None:
    films = [film("fits", year=1995, runtime_min=100, themes=["war"]), film("long", year=1960, runtime_min=200)]
    frame = Frame(wants=Wishes(themes=("true-story",)), year=(1990, 1999), runtime_min=(165, None))
    ranking = recommender_of(films).recommend(Request(frame=frame, persona=PLAIN, n=1))
    assert ranking.relaxed == ("over 165 minutes", "true story")


SHOWN = [film("old", year=1980, runtime_min=100), film("new", year=1991, runtime_min=121), film("bare")]


@pytest.mark.parametrize(
    ("asked", "compares", "year", "runtime_min"),
    [
        (Frame(year=(None, 2000)), ("year",), (None, 1985), (None, None)),
        (Frame(year=(2014, None)), ("year",), (1986, None), (None, None)),
        (Frame(runtime_min=(None, 90)), ("runtime_min",), (None, None), (None, 110)),
        (Frame(runtime_min=(150, None)), ("runtime_min",), (None, None), (111, None)),
        (Frame(year=(None, 1969)), (), (None, 1969), (None, None)),
    ],
)
def test_comparisons_are_counted_from_what_was_shown(asked, compares, year, runtime_min) -> None:
    found = against_shown(asked, compares, SHOWN)
    assert (found.year, found.runtime_min) == (year, runtime_min)


def test_comparisons_with_nothing_known_stay_as_they_are() -> None:
    asked = Frame(year=(None, 2000), runtime_min=(None, 90))
    assert against_shown(asked, ("year", "runtime_min"), [film("bare")]) == asked
