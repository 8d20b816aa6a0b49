"""`matinee bench turns` against its floors: the whole stack and its peer, started for real."""

import asyncio

import pytest

from bot.bench.turns import measure
from bot.settings import Settings
from bot.setup.environments import DIALOGUE, ROOT
from bot.setup.training import dialogue_model
from tests.floors import floor

SETTINGS = Settings(state_dir=ROOT / ".matinee")

pytestmark = [
    pytest.mark.live,
    pytest.mark.timeout(900),  # two whole stacks start in it
    pytest.mark.skipif(
        not (DIALOGUE.is_dir() and dialogue_model(SETTINGS.state_dir).is_file()),
        reason="the dialogue environment or model is missing: `make train`",
    ),
]


def test_a_turn_costs_little_more_than_an_empty_rasa_bots_and_the_stack_stays_small() -> None:
    figures = asyncio.run(measure(SETTINGS, blocks=3, long_turns=0))
    rows = {(row["model"], row["kind"]): row for row in figures.rows}
    assert rows["matinee", "turn"]["ratio"] <= floor("turns", "ratio_most")
    assert rows["matinee", "memory"]["memory_mb"] <= floor("turns", "memory_mb_most")
    assert rows["empty rasa", "turn"]["p50_ms"] > 0
