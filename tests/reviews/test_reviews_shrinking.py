"""Few reviews say little: a film's mean is drawn to the catalogue's by how few they are and how much they disagree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reviews import Tally, shrunk


def tally(scores: list[float]) -> Tally:
    found = Tally()
    for score in scores:
        found.add(score)
    return found


def films(*others: list[float]) -> list[Tally]:
    """The given films, within a catalogue of a hundred that are spread around 0.1."""
    chance = np.random.default_rng(5)
    middles = chance.normal(0.1, 0.1, size=100)
    crowd = [tally(list(chance.normal(middle, 0.2, size=30))) for middle in middles]
    return [*(tally(scores) for scores in others), *crowd]


def test_a_tally_is_the_mean_and_the_spread_of_what_it_took() -> None:
    scores = [0.3, -0.2, 0.9, 0.1]
    found = tally(scores)
    assert found.reviews == 4
    assert found.mean == pytest.approx(np.mean(scores))
    assert found.deviations == pytest.approx(4 * np.var(scores))


def test_one_rave_does_not_beat_two_hundred_good_reviews() -> None:
    good = [0.3, 0.5] * 100
    one_rave, loved = shrunk(films([0.95], good))[:2]
    assert one_rave < loved
    assert loved == pytest.approx(0.4, abs=0.02)


def test_more_reviews_of_the_same_mean_stand_further_from_the_middle() -> None:
    found = shrunk(films([0.5] * 1, [0.5] * 5, [0.5] * 50))[:3]
    assert found[0] < found[1] < found[2] < 0.5


def test_reviews_that_disagree_say_less_than_reviews_that_agree() -> None:
    agreed, torn = shrunk(films([0.5] * 10, [1.0, 0.0] * 5))[:2]
    assert agreed > torn


def test_films_that_do_not_differ_stand_in_one_place() -> None:
    same = [tally([0.2, -0.2, 0.2, -0.2]) for _ in range(5)]
    assert shrunk(same) == pytest.approx(np.zeros(5))
    assert shrunk([tally([0.4])]) == pytest.approx([0.4])
    assert shrunk([tally([0.4]), tally([0.4])]) == pytest.approx([0.4, 0.4])
    assert shrunk([]).shape == (0,)


@given(st.lists(st.lists(st.floats(-1, 1), min_size=1, max_size=8), min_size=1, max_size=12))
def test_a_film_stands_between_its_own_mean_and_the_others(many: list[list[float]]) -> None:
    tallies = [tally(scores) for scores in many]
    found = shrunk(tallies)
    means = [each.mean for each in tallies]
    assert np.isfinite(found).all()
    assert found.min() >= min(means) - 1e-9
    assert found.max() <= max(means) + 1e-9
    order = shrunk(tallies[::-1])[::-1]
    assert found == pytest.approx(order, abs=1e-9)
