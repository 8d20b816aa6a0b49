"""Learned weights: what foresees the choices is heavy, what says nothing keeps its place, and all stay in bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bench.weighing import FARTHEST, Choice, learn, ranks

FILMS, ASKS = 60, 40


def choices(*, told_by: int, sources: int = 3, seed: int = 1) -> list[Choice]:
    """Asks whose liked film scores high in one source; the others are noise, and the last one is silent."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(ASKS):
        scores = chance.random((sources, FILMS)).astype(np.float32)
        scores[-1] = 0.0
        liked = chance.integers(FILMS)
        scores[told_by, liked] = 0.95
        made.append(Choice(scores, np.ones(FILMS, dtype=np.bool_), np.array([liked], dtype=np.int64)))
    return made


@pytest.mark.parametrize("told_by", [0, 1])
def test_the_source_that_foresees_outweighs_noise(told_by: int) -> None:
    found = learn(choices(told_by=told_by), np.ones(3))
    assert found[told_by] > 3 * found[1 - told_by]


def test_a_source_that_never_speaks_keeps_its_weight() -> None:
    assert learn(choices(told_by=0), np.array([1.0, 1.0, 0.7]))[2] == pytest.approx(0.7, rel=1e-3)


def test_learning_raises_the_liked_films() -> None:
    asks = choices(told_by=0)
    before, after = np.ones(3), learn(asks, np.ones(3))
    mean = [np.mean([1.0 / ranks(one, weights)[0] for one in asks]) for weights in (before, after)]
    assert mean[1] > mean[0]


def test_no_asks_are_refused() -> None:
    with pytest.raises(ValueError, match="no asks"):
        learn([], np.ones(3))


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(0.01, 9.0), min_size=3, max_size=3))
def test_weights_stay_near_where_they_began(start: list[float]) -> None:
    found = learn(choices(told_by=1)[:3], np.array(start)) / np.array(start)
    assert (found >= 1 / FARTHEST - 1e-9).all()
    assert (found <= FARTHEST + 1e-9).all()


def test_ranks_count_films_above_among_those_that_may_be_shown() -> None:
    scores = np.array([[0.9, 0.8, 0.7, 0.7, 0.1]], dtype=np.float32)
    may = np.array([False, True, True, True, True])
    choice = Choice(scores, may, np.array([1, 2, 4], dtype=np.int64))
    assert ranks(choice, np.ones(1)).tolist() == [1, 2, 4]
