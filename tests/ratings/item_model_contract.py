"""What every collaborative model must do. A model's test inherits `ItemModelContract` and says how one is fitted."""

import numpy as np
import pytest

from index.ratings import Histories, ItemModel, Ratings, score_of


def ratings_of(rated: list[list[int]], *, films: int, stars: float = 4.0) -> Ratings:
    """Ratings of person 0, 1 …, each with the films that they rated, all with the same stars."""
    user = np.array([person for person, own in enumerate(rated) for _ in own], dtype=np.int64)
    film = np.array([each for own in rated for each in own], dtype=np.int64)
    return Ratings(
        users=tuple(f"u{person}" for person in range(len(rated))),
        films=tuple(f"f{each}" for each in range(films)),
        user=user,
        film=film,
        stars=np.full(len(film), stars, dtype=np.float32),
        at_s=np.zeros(len(film), dtype=np.int64),
    )


def checkerboard(size: int = 40) -> Ratings:
    """Even people rate all even films but one, odd people all odd films but one: what each misses is forced."""
    every = [[film for film in range(person % 2, size, 2) if film != person] for person in range(size)]
    return ratings_of(every, films=size + 1)  # the last film was never rated


class ItemModelContract:
    def fit(self, ratings: Ratings) -> ItemModel:
        raise NotImplementedError

    def test_on_a_checkerboard_the_missing_square_comes_first(self) -> None:
        histories = Histories.of(checkerboard())
        scores = np.where(histories.dense() > 0, -np.inf, self.fit(checkerboard()).scores(histories))
        assert scores.argmax(axis=1).tolist() == list(range(40))

    def test_a_batch_equals_one_by_one(self) -> None:
        histories = Histories.of(checkerboard())
        model = self.fit(checkerboard())
        together = model.scores(histories)
        assert together.shape == (40, 41)
        for person in range(40):
            alone = model.scores(histories.between(person, person + 1))
            np.testing.assert_allclose(alone[0], together[person], rtol=1e-3, atol=1e-5)

    def test_nan_is_refused(self) -> None:
        with pytest.raises(ValueError, match="NaN"):
            self.fit(checkerboard()).scores(Histories.one({3: float("nan")}, n=41))

    def test_histories_over_other_films_are_refused(self) -> None:
        with pytest.raises(ValueError, match="the histories are over 7 films"):
            self.fit(checkerboard()).scores(Histories.one({3: 4.0}, n=7))

    @pytest.mark.parametrize("film", [40, 41, -1])
    def test_a_film_that_nobody_rated_has_no_score(self, film: int) -> None:
        assert score_of(self.fit(checkerboard()), {0: 4.0, 2: 4.0}, film) is None

    def test_a_rated_film_has_the_score_of_its_batch(self) -> None:
        model = self.fit(checkerboard())
        alone = score_of(model, {0: 4.0, 2: 4.0}, 4)
        assert alone == pytest.approx(model.scores(Histories.one({0: 4.0, 2: 4.0}, n=41))[0, 4], rel=1e-5)

    def test_nobody_and_an_empty_history_get_finite_scores(self) -> None:
        model = self.fit(checkerboard())
        assert model.scores(Histories.one({}, n=41)).shape == (1, 41)
        assert np.isfinite(model.scores(Histories.one({}, n=41))).all()

    def test_fitting_twice_gives_the_same(self) -> None:
        histories = Histories.of(checkerboard())
        once, again = (self.fit(checkerboard()).scores(histories) for _ in range(2))
        np.testing.assert_allclose(once, again, atol=1e-5)
