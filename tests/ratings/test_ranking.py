import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ratings import Histories, Ratings, RatingsError
from index.ratings.peers import Popularity
from index.ratings.ranking import coverage, measure, ndcg, recall, top
from index.ratings.split import Protocol, Split, fifth_of_each_user, split
from tests.ratings.item_model_contract import checkerboard, ratings_of


def places(*found: int) -> np.ndarray:
    hits = np.zeros((1, 20), dtype=np.bool_)
    hits[0, list(found)] = True
    return hits


@pytest.mark.parametrize(
    ("hits", "relevant", "expected"),
    [
        (places(0), 1, 1.0),
        (places(), 1, 0.0),
        (places(1), 1, 1 / np.log2(3)),
        (places(10), 1, 0.0),  # the eleventh place is past the cut
        (places(*range(10)), 400, 1.0),  # the ideal is cut at 10 too
        (places(0), 2, 1 / (1 + 1 / np.log2(3))),
    ],
)
def test_ndcg_of_known_rankings(hits: np.ndarray, relevant: int, expected: float) -> None:
    assert ndcg(hits, np.array([relevant]))[0] == pytest.approx(expected)


@pytest.mark.parametrize(("relevant", "expected"), [(2, 1.0), (4, 0.5), (200, 0.1)])
def test_recall_is_out_of_what_twenty_places_can_hold(relevant: int, expected: float) -> None:
    assert recall(places(3, 19), np.array([relevant]))[0] == pytest.approx(expected)


def test_coverage_counts_each_film_once() -> None:
    assert coverage(np.array([[0, 1], [1, 0]]), np.array([True, True, True, True])) == 0.5


@given(seed=st.integers(0, 10_000), k=st.integers(1, 30))
def test_the_top_agrees_with_a_full_sort(seed: int, k: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, 25)).astype(np.float32)
    assert np.array_equal(top(scores, k=k), np.argsort(-scores, axis=1)[:, :k])


def test_what_was_rated_in_training_is_never_ranked() -> None:
    train, test = ratings_of([[0], [0], [0, 1]], films=25), ratings_of([[1], [2], [2]], films=25)
    parts = Split(train, test, np.ones(25, dtype=np.bool_))
    figures = measure(Popularity(Histories.of(train)), parts)
    # Person 0: film 1 leads. Person 1: film 1, then the unrated ones, of which film 2 stands first. Person 2: film 2.
    assert figures.ndcg_10 == pytest.approx((1 + 1 / np.log2(3) + 1) / 3)
    assert figures.recall_20 == 1.0


def timed(ratings: Ratings) -> Ratings:
    at_s = np.arange(len(ratings), dtype=np.int64)
    return Ratings(ratings.users, ratings.films, ratings.user, ratings.film, ratings.stars, at_s)


@pytest.mark.parametrize("protocol", list(Protocol))
def test_a_split_parts_the_ratings_and_repeats_with_its_seed(protocol: Protocol) -> None:
    ratings = timed(checkerboard())
    ratings = ratings.only(np.random.default_rng(3).permutation(len(ratings)) >= 0)
    mixed = Ratings(*(ratings.users, ratings.films, ratings.user, ratings.film, ratings.stars, ratings.at_s[::-1] % 97))
    once, again = (split(mixed, protocol=protocol, seed=4) for _ in range(2))
    train, test = ({*zip(part.user.tolist(), part.film.tolist(), strict=True)} for part in (once.train, once.test))
    assert not train & test
    assert np.array_equal(once.test.film, again.test.film)
    if protocol is Protocol.RANDOM80:
        assert (np.bincount(once.test.user) == 3).all()  # a fifth of 19, rounded down
    if protocol is Protocol.TIME:
        assert once.train.at_s.max() < once.test.at_s.min()
    if protocol is Protocol.COLD_ITEM:
        assert not set(once.train.film) & set(once.test.film)
        assert once.ranked[once.test.film].all()


def test_time_without_timestamps_is_refused() -> None:
    with pytest.raises(RatingsError, match="timestamp"):
        split(checkerboard(), protocol=Protocol.TIME, seed=0)


def test_too_few_ratings_are_refused() -> None:
    with pytest.raises(RatingsError, match="too few"):
        split(ratings_of([[0]], films=2), protocol=Protocol.RANDOM80, seed=0)


def test_a_share_of_each_user_is_rounded_down() -> None:
    chosen = fifth_of_each_user(ratings_of([[0, 1, 2, 3], list(range(11))], films=11), chance=np.random.default_rng(0))
    assert (chosen[:4].sum(), chosen[4:].sum()) == (0, 2)
