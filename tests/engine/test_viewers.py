"""Ratings in ranking: what viewers with the same likes think, who is named for it, and films that nobody rated."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import Desk, Feedback, Picks
from engine.catalogues import Catalogues
from engine.limits import allows
from engine.recommend import Request
from engine.signals import popularity_signal, viewers_signal
from engine.store import Database, Taste, TasteStore
from engine.viewers import Viewers
from engine.wire import Kind, Mode
from index import RowSet, build
from index.enrich import Enriched
from index.ratings import ItemVectors
from nlu.frame import Frame
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning, Limits
from tests.engine.stage import artefact_of, many_films, persona, recommender_of
from tests.engine.stalls import PERSONAS, asking, saying
from tests.engine.strategies import EXAMPLES, limits
from tests.index.films import film
from tests.index.hash_encoder import HashEncoder
from tests.index.parts import known_of

PLAIN = persona(leaning=Leaning())
FILMS = many_films(40)
IDS = tuple(each.movie_id for each in FILMS)
ODD = recommender_of(FILMS, known_of(FILMS))


def camps(*, size: int = 12, unrated: tuple[str, ...] = ()) -> Enriched:
    """Films that two camps of viewers like, even ones and odd ones, all with the same story. The first of each camp is
    the one that its vector points at most."""
    ids = [f"film-{number:02d}" for number in range(size)]
    rated = [each for each in ids if each not in unrated]
    vectors = [[1.0 if int(each[-2:]) % 2 == 0 else -1.0, (int(each[-2:]) + 1) / 100] for each in rated]
    items = ItemVectors(tuple(rated), np.array(vectors, np.float32), np.ones(len(rated), np.bool_), usual=1.0)
    return Enriched([film(each, synopsis="A story.", genres=["Drama"]) for each in ids], items=items)


def even(movie_ids: list[str]) -> list[bool]:
    return [int(each[-2:]) % 2 == 0 for each in movie_ids]


def viewers_of(known: Enriched) -> Viewers:
    artefact = artefact_of(known.films, known)
    assert artefact.items is not None
    return Viewers(artefact.items, artefact.text)


def rows(*chosen: int) -> np.ndarray:
    return np.array(chosen, dtype=np.int64)


def test_viewers_who_like_the_same_film_raise_their_camp_and_the_loudest_is_named() -> None:
    recommender = recommender_of(camps().films, camps())
    for liked, others in (("film-02", "film-04"), ("film-03", "film-05")):
        ranking = recommender.recommend(Request(frame=Frame(), persona=PLAIN, taste=Taste(liked=(liked, others)), n=4))
        found = [recommender.catalogue.films[each.row].movie_id for each in ranking.films]
        assert even(found) == [liked == "film-02"] * 4
        for each in ranking.films:
            assert {part.source for part in each.evidence} >= {"ratings"}
            titles = [code.detail for code in each.codes if code.phrase is Phrase.REASON_RATINGS]
            assert titles == [others.replace("-", " ").title()]


def test_a_liked_film_is_named_once() -> None:
    recommender = recommender_of(camps().films, camps())
    request = Request(frame=Frame(), persona=PLAIN, taste=Taste(liked=("film-02",)), n=2)
    for each in recommender.recommend(request).films:
        assert {"ratings", "taste"} <= {part.source for part in each.evidence}
        assert [code.phrase for code in each.codes] == [Phrase.REASON_RATINGS]


def test_a_dislike_speaks_for_the_other_camp_and_names_nobody() -> None:
    recommender = recommender_of(camps().films, camps())
    ranking = recommender.recommend(Request(frame=Frame(), persona=PLAIN, taste=Taste(disliked=("film-02",)), n=3))
    assert even([recommender.catalogue.films[each.row].movie_id for each in ranking.films]) == [False] * 3
    assert not any(code.phrase is Phrase.REASON_RATINGS for each in ranking.films for code in each.codes)


def test_without_opinions_the_well_known_come_first() -> None:
    known = camps()
    known = replace(known, films=[replace(each, popularity=int(each.movie_id[-2:]) / 20) for each in known.films])
    recommender = recommender_of(known.films, known)
    signals = recommender.signals(Request(frame=Frame(), persona=PLAIN), among=RowSet.everything(12))
    expected = popularity_signal(recommender.catalogue, weight=1.0)
    assert expected is not None
    assert "viewers" not in signals
    np.testing.assert_array_equal(signals["ratings"].scores, expected.scores)
    told = recommender.signals(
        Request(frame=Frame(), persona=PLAIN, taste=Taste(liked=("film-02",))), among=RowSet.everything(12)
    )
    assert "ratings" not in told
    assert told["viewers"].source == "ratings"
    # Among films of one camp, how well known they are still speaks.
    assert told["viewers"].scores[10] > told["viewers"].scores[0]


def test_opinions_of_unrated_films_alone_leave_it_at_how_well_known_films_are() -> None:
    known = camps(unrated=("film-02",))
    viewers = viewers_of(known)
    assert viewers.scores(rows(2), rows()) is None
    assert viewers.scores(rows(), rows()) is None
    assert viewers.scores(rows(2, 4), rows()) is not None


def test_an_unrated_film_stands_with_its_kin_and_never_at_the_bottom() -> None:
    known = camps(unrated=("film-00", "film-11"))
    ships = [
        replace(each, synopsis="A ship at sea.") if int(each.movie_id[-2:]) % 2 == 0 else each for each in known.films
    ]
    viewers = viewers_of(replace(known, films=ships))
    scores = viewers.scores(rows(2), rows())
    assert scores is not None
    middle = float(np.median(scores[viewers.items.known]))
    assert middle < scores[0] < scores[4]
    assert scores[3] < scores[11] < middle


def test_a_film_that_nobody_rated_has_no_evidence_of_ratings() -> None:
    known = camps(unrated=("film-00",))
    recommender = recommender_of(known.films, known)
    request = Request(frame=Frame(), persona=PLAIN, taste=Taste(liked=("film-02",)))
    for row, has in ((0, False), (4, True)):
        assert any(part.source == "ratings" for part in recommender.evaluate(request, row).evidence) is has


def test_an_unrated_film_without_kin_stands_in_the_middle() -> None:
    known = camps(unrated=("film-00",))
    alone = [film("film-00", title="Xylophone") if each.movie_id == "film-00" else each for each in known.films]
    viewers = viewers_of(replace(known, films=alone))
    scores = viewers.scores(rows(2), rows())
    assert scores is not None
    assert scores[0] == pytest.approx(float(np.median(scores[1:])), abs=0.02)


@EXAMPLES
@given(seed=st.integers(0, 10_000), liked=st.sets(st.integers(0, 39), min_size=1, max_size=5))
def test_whoever_lacks_ratings_is_neither_best_nor_worst(seed: int, liked: set[int]) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(40, 4)).astype(np.float32)
    known = np.ones(40, dtype=np.bool_)
    known[chance.permutation([row for row in range(40) if row not in liked])[:10]] = False
    vectors[~known] = 0.0
    viewers = Viewers(ItemVectors(IDS, vectors, known, usual=1.0), ODD.artefact.text)
    scores = viewers.scores(np.array(sorted(liked), dtype=np.int64), rows())
    assert scores is not None
    assert scores.dtype == np.float32
    assert scores[known].min() < scores[~known].min() <= scores[~known].max() < scores[known].max()


@EXAMPLES
@given(
    forbidden=limits(IDS),
    liked=st.lists(st.sampled_from(IDS), max_size=6),
    disliked=st.lists(st.sampled_from(IDS), max_size=3),
)
def test_a_liked_film_that_the_persona_does_not_show_neither_counts_nor_is_named(
    forbidden: Limits, liked: list[str], disliked: list[str]
) -> None:
    strict = persona(limits=forbidden, leaning=Leaning())
    shown = {each.movie_id for each in FILMS if allows(forbidden, each)}
    titles = {each.title for each in FILMS if each.movie_id in shown}
    everything = Taste(liked=tuple(liked), disliked=tuple(disliked))
    within = replace(everything, liked=tuple(each for each in liked if each in shown))
    among = ODD.permitted(strict)
    one, other = (
        ODD.signals(Request(frame=Frame(), persona=strict, taste=taste), among=among).get("viewers")
        for taste in (everything, within)
    )
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        np.testing.assert_allclose(one.scores, other.scores, atol=1e-6)
        named = {code.detail for row in range(len(FILMS)) for code in one.codes(row)}
        assert named <= titles
    for each in ODD.recommend(Request(frame=Frame(), persona=strict, taste=everything)).films:
        assert ODD.catalogue.films[each.row].movie_id in shown


def test_no_film_is_a_reason_for_itself() -> None:
    known = camps()
    artefact = artefact_of(known.films, known)
    assert artefact.items is not None
    viewers, everything = Viewers(artefact.items, artefact.text), RowSet.everything(12)
    signal = viewers_signal(
        artefact.catalogue, viewers, Taste(liked=("film-02",)), may=everything, weight=1.0, known_weight=0.0
    )
    assert signal is not None
    assert signal.codes(2) == []
    assert [code.detail for code in signal.codes(4)] == ["Film 02"]


@pytest.fixture
def camps_desk(tmp_path: Path, database: Database) -> Desk:
    build(camps(size=20), root=tmp_path, catalogue="starter", encoder=HashEncoder(), sources=["test"])
    return Desk(PERSONAS, Catalogues(tmp_path, HashEncoder()), TasteStore(database))


@pytest.mark.parametrize(("liked", "camp"), [("film-04", True), ("film-07", False)])
def test_a_like_changes_the_very_next_picks_and_is_named_in_them(camps_desk: Desk, liked: str, camp: bool) -> None:  # noqa: FBT001
    untouched = Picks(camps_desk).answer(asking(Mode.FRESH, Frame(rest="story"), user="bob", turn_id="b1"))
    assert not any(part.source == "ratings" for pick in untouched.picks for part in pick.evidence)
    Feedback(camps_desk).answer(saying(Kind.LIKE, liked))
    reply = Picks(camps_desk).answer(asking(Mode.FRESH, Frame(rest="story"), turn_id="t1"))
    assert even([pick.movie_id for pick in reply.picks]) == [camp] * 3
    for pick in reply.picks:
        assert liked.replace("-", " ").title() in " ".join(
            part.detail for part in pick.evidence if part.source == "ratings"
        )
