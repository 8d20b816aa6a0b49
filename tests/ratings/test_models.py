import numpy as np
import pytest

from index.ratings import Ease, EaseConfig, Elsa, ElsaConfig, Histories, Hybrid, ItemModel, Ratings, RatingsError
from index.ratings import ease as ease_module
from index.ratings.peers import IAls, IAlsConfig, ItemKnn, Popularity
from index.ratings.vector_model import VectorModel
from tests.ratings.item_model_contract import ItemModelContract, checkerboard, ratings_of


class TestEase(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        return Ease.fit(Histories.of(ratings), EaseConfig(l2=5.0))


class TestEaseWithFewFilms(ItemModelContract):
    """Two hundred people, forty films: the other of the two systems."""

    def fit(self, ratings: Ratings) -> ItemModel:
        rated = [ratings.film[ratings.user == person].tolist() for person in range(len(ratings.users))] * 5
        return Ease.fit(Histories.of(ratings_of(rated, films=len(ratings.films))), EaseConfig(l2=5.0))


class TestHybrid(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        return Hybrid.fit(ratings)


class TestItemKnn(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        return ItemKnn(Histories.of(ratings))


class TestServedVectors(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        ease = Ease.fit(Histories.of(ratings), EaseConfig(l2=5.0, diagonal_power=0.0))
        return VectorModel.of(ease, dimension=16)


class TestIAls(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        pytest.importorskip("implicit", reason="the bench group is not installed")
        return IAls(Histories.of(ratings), IAlsConfig(factors=4, l2=0.1))


@pytest.mark.torch
class TestElsa(ItemModelContract):
    def fit(self, ratings: Ratings) -> ItemModel:
        pytest.importorskip("torch", reason="the build group is not installed")
        return Elsa.fit(Histories.of(ratings), ElsaConfig(dimension=8, epochs=60, batch=8))


def random_ratings(people: int, films: int, *, seed: int = 5) -> Ratings:
    chance = np.random.default_rng(seed)
    rated = [sorted(chance.choice(films, size=chance.integers(3, 9), replace=False).tolist()) for _ in range(people)]
    return ratings_of(rated, films=films, stars=3.5)


@pytest.mark.parametrize(("people", "films"), [(20, 50), (80, 30)])
def test_ease_is_the_published_closed_form_whichever_system_is_solved(people: int, films: int) -> None:
    histories = Histories.of(random_ratings(people, films))
    rated = (histories.dense() > 0).astype(np.float64)
    inverse = np.linalg.inv(rated.T @ rated + 10.0 * np.eye(films))
    weights = inverse / -inverse.diagonal()
    np.fill_diagonal(weights, 0.0)
    scores = Ease.fit(histories, EaseConfig(l2=10.0)).scores(histories)
    np.testing.assert_allclose(scores, rated @ weights, atol=2e-5)


def test_weights_are_symmetric_without_the_diagonal_power() -> None:
    histories = Histories.of(random_ratings(20, 12))
    model = Ease.fit(histories, EaseConfig(l2=5.0, diagonal_power=0.0))
    each = [model.scores(Histories.one({film: 1.0}, n=12))[0] for film in range(12)]
    np.testing.assert_allclose(np.stack(each), np.stack(each).T, atol=1e-6)


def test_a_dislike_is_the_opposite_of_a_like() -> None:
    model = Ease.fit(Histories.of(checkerboard()), EaseConfig(l2=5.0))
    liked, disliked = (model.scores(Histories.one({2: weight}, n=41)) for weight in (1.0, -1.0))
    np.testing.assert_allclose(liked, -disliked, atol=1e-6)


def test_too_many_for_ease_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ease_module, "MOST_ROWS", 30)
    with pytest.raises(RatingsError, match="use ELSA"):
        Ease.fit(Histories.of(checkerboard()))


def test_where_nothing_is_known_of_a_person_popularity_decides() -> None:
    ratings = ratings_of([[0, 1], [0, 2], [0, 3], [0, 1]], films=4)
    scores = Hybrid.fit(ratings).scores(Histories.one({}, n=4))[0]
    assert np.argsort(-scores)[:2].tolist() == [0, 1]
    assert Popularity(Histories.of(ratings)).scores(Histories.one({2: 1.0}, n=4))[0].argmax() == 0


def test_an_unrated_film_is_placed_by_its_features() -> None:
    ratings = checkerboard()
    side = np.array([[film % 2 == 0, film % 2 == 1] for film in range(41)], dtype=np.float32)
    model = Hybrid.fit(ratings, features=side)
    even, odd = (model.scores(Histories.one({side_of: 4.0, side_of + 2: 4.0}, n=41))[0] for side_of in (0, 1))
    assert even[40] > np.median(even[1:40:2])  # film 40 is even and unrated
    assert even[40] > odd[40]
