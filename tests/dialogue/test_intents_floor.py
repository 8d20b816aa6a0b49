"""Intents on utterances kept out of training, by the model that is trained already."""

import pytest

from bot.bench.intents import HELDOUT, of_the_trained
from bot.bench.reliability import Judged, expected_error, reliability, written
from bot.settings import Settings
from bot.setup.environments import DIALOGUE
from bot.setup.training import dialogue_model, parser_folder
from tests.floors import floor

STATE = Settings().state_dir
TRAINED = dialogue_model(STATE).is_file() and parser_folder(STATE).is_dir() and (DIALOGUE / "bin" / "python").exists()


@pytest.mark.skipif(not TRAINED, reason="the dialogue model is not trained for the present inputs; run `make train`")
def test_held_out_intents_and_their_confidence() -> None:
    f1, error = of_the_trained(HELDOUT, STATE)
    assert f1 >= floor("intents", "f1_macro_least")
    assert error <= floor("intents", "calibration_error_most")


def test_a_bin_says_how_many_were_right() -> None:
    judged = [Judged(0.95, right=True), Judged(0.91, right=False), Judged(0.25, right=False), Judged(1.0, right=True)]
    low, high = reliability(judged)
    assert (low.low, low.count, low.right) == (0.2, 1, 0.0)
    assert (high.low, high.count, high.right) == (0.9, 3, pytest.approx(2 / 3))
    assert expected_error(judged) == pytest.approx((0.25 + 3 * abs((0.95 + 0.91 + 1.0) / 3 - 2 / 3)) / 4)
    assert expected_error([]) == 0
    assert written(judged).count("<rect") == 3
