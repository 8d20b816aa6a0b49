"""Reviews in ranking: heard when praise is asked for, faint otherwise, silent about films that nobody reviewed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.query import query_text
from engine.recommend import Request
from engine.signals import Signal, reviews_signal
from index import Catalogue, Film
from nlu.frame import WELL_REVIEWED, Frame, Wishes
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning
from tests.engine.stage import persona, recommender_of
from tests.index.films import film

ASKED = Frame(wants=Wishes(keywords=(WELL_REVIEWED,)))
FILMS = [
    film("loved", sentiment=0.4, reviews=214),
    film("liked", sentiment=0.2, reviews=3),
    film("mixed", sentiment=0.05, reviews=50),
    film("panned", sentiment=-0.2, reviews=1204),
    film("unreviewed"),
]


def signal(films: list[Film], frame: Frame = ASKED) -> Signal:
    found = reviews_signal(Catalogue(films), frame, weight=1.0)
    assert found is not None
    return found


def test_warmer_films_stand_higher_and_unreviewed_ones_in_the_middle() -> None:
    scores = signal(FILMS).scores
    assert scores[:4].tolist() == sorted(scores[:4], reverse=True)
    assert scores[4] == 0.5
    assert scores[0] > 0.75
    assert scores[3] < 0.25


def picks(frame: Frame) -> list[str]:
    films = [
        film("a-famous-film", sentiment=-0.2, reviews=90, popularity=0.9, genres=["Drama"]),
        film("loved", sentiment=0.4, reviews=214, popularity=0.2, genres=["Drama"]),
        film("unreviewed", popularity=0.5, genres=["Drama"]),
    ]
    recommender = recommender_of(films)
    found = recommender.recommend(Request(frame=frame, persona=persona(leaning=Leaning())))
    return [films[each.row].movie_id for each in found.films]


def test_praise_that_is_asked_for_decides_and_otherwise_only_tells_equals_apart() -> None:
    drama = Wishes(genres=("Drama",))
    assert picks(Frame(wants=replace(drama, keywords=(WELL_REVIEWED,)))) == ["loved", "unreviewed", "a-famous-film"]
    assert picks(Frame(wants=drama))[0] == "a-famous-film"


def test_who_does_not_care_for_praise_hears_nothing_of_it() -> None:
    assert reviews_signal(Catalogue(FILMS), Frame(avoids=Wishes(keywords=(WELL_REVIEWED,))), weight=1.0) is None


@pytest.mark.parametrize(("frame", "phrase"), [(ASKED, Phrase.REASON_ACCLAIM), (Frame(), Phrase.REASON_REVIEWS)])
def test_only_clearly_warm_films_are_called_so_with_the_number_of_reviews(frame: Frame, phrase: Phrase) -> None:
    found = signal(FILMS, frame)
    told = {FILMS[row].movie_id: [(code.phrase, dict(code.values)) for code in found.codes(row)] for row in range(5)}
    assert told == {
        "loved": [(phrase, {"count": "214"})],
        "liked": [(phrase, {"count": "3"})],
        "mixed": [],
        "panned": [],
        "unreviewed": [],
    }


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.floats(-1, 1)), st.one_of(st.none(), st.integers(0, 500))),
        min_size=1, max_size=20,
    ),
    st.sampled_from([ASKED, Frame()]),
)  # fmt: skip
def test_any_figures_give_scores_in_range_and_no_film_without_reviews_is_praised(
    figures: list[tuple[float | None, int | None]], frame: Frame
) -> None:
    films = [film(f"f{n}", sentiment=warm, reviews=count) for n, (warm, count) in enumerate(figures)]
    found = reviews_signal(Catalogue(films), frame, weight=1.0)
    if found is None:
        assert all(warm is None for warm, _ in figures)
        return
    assert found.scores.dtype == np.float32
    assert ((found.scores >= 0.0) & (found.scores <= 1.0)).all()
    for row, (warm, count) in enumerate(figures):
        if warm is None:
            assert found.scores[row] == 0.5
        if warm is None or not count:
            assert not found.codes(row)


def test_where_no_film_has_reviews_juries_answer_if_praise_is_asked_for() -> None:
    films = [film("prized", awards=["Cannes 2019: Palme d'Or"]), film("plain")]
    found = signal(films)
    assert found.scores.tolist() == [1.0, 0.5]
    assert [code.phrase for code in found.codes(0)] == [Phrase.REASON_AWARD]
    assert found.codes(1) == []
    assert reviews_signal(Catalogue(films), Frame(), weight=1.0) is None
    assert reviews_signal(Catalogue([film("plain")]), ASKED, weight=1.0) is None


def test_a_wish_for_praise_is_no_part_of_the_story() -> None:
    frame = Frame(wants=Wishes(keywords=("chess", WELL_REVIEWED), genres=("Drama",)))
    assert query_text(frame) == "chess, drama"
    assert query_text(ASKED) == ""


def test_reviews_are_no_evidence_for_a_film_that_nobody_reviewed() -> None:
    recommender = recommender_of(FILMS)
    request = Request(frame=ASKED, persona=persona(leaning=Leaning()))
    told = {
        each.movie_id: [part.source for part in recommender.evaluate(request, row).evidence]
        for row, each in enumerate(FILMS)
    }
    assert "reviews" in told["loved"]
    assert "reviews" in told["mixed"]
    assert "reviews" not in told["unreviewed"]
