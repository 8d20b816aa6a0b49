"""The weights in force are those that were learned, for every source of the engine, and near where they began."""

from dataclasses import asdict

from bot.bench.weighing import FARTHEST
from engine.weights import Weights, learned_weights


def test_every_source_has_a_learned_weight_near_its_start() -> None:
    start, learned = asdict(Weights()), asdict(learned_weights())
    assert set(start) == set(learned)
    for name, weight in learned.items():
        assert start[name] / FARTHEST <= weight * 1.1, name
        assert weight <= start[name] * FARTHEST * 1.1, name


def test_learning_changed_something() -> None:
    assert learned_weights() != Weights()
