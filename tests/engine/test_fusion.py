"""One score from all sources: shares that add up, evidence heaviest first, factors within bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.fusion import fuse
from engine.reasons import ReasonCode
from engine.signals import Signal
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning
from tests.engine import strategies

SOURCES = ("plot", "facts", "tone", "poster", "taste", "persona", "ratings")


def signal(source: str, weight: float, scores: list[float], reasons: int = 1) -> Signal:
    codes = [ReasonCode(Phrase.REASON_MOOD, source, 0.0, {"words": f"{source}-{n}"}) for n in range(reasons)]
    return Signal(source, weight, np.array(scores, dtype=np.float32), lambda _row: codes)


def signal_lists() -> st.SearchStrategy[list[Signal]]:
    score = st.floats(0.0, 1.0, width=32)
    one = st.builds(
        signal, st.sampled_from(SOURCES), st.floats(0.0625, 2.0), st.lists(score, min_size=4, max_size=4),
        st.integers(0, 3),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=6)


@strategies.EXAMPLES
@given(signals=signal_lists(), leaning=strategies.leanings())
def test_shares_add_up_and_scores_stay_in_range(signals: list[Signal], leaning: Leaning) -> None:
    fused = fuse(signals, leaning, n=4)
    assert fused.scores.min() >= 0.0
    assert fused.scores.max() <= 1.0 + 1e-6
    for row in range(4):
        spoke = any(part.scores[row] > 0 for part in signals)
        assert float(fused.shares(row).sum()) == pytest.approx(1.0 if spoke else 0.0, abs=1e-5)


@strategies.EXAMPLES
@given(signals=signal_lists(), leaning=strategies.leanings())
def test_evidence_and_reasons_come_heaviest_first(signals: list[Signal], leaning: Leaning) -> None:
    fused = fuse(signals, leaning, n=4)
    for row in range(4):
        evidence = [part.weight for part in fused.evidence(row)]
        codes = [code.weight for code in fused.codes(row)]
        assert evidence == sorted(evidence, reverse=True)
        assert codes == sorted(codes, reverse=True)
        assert all(weight >= 0.03 for weight in evidence)


@strategies.EXAMPLES
@given(signals=signal_lists(), leaning=strategies.leanings())
def test_a_persona_moves_a_weight_by_half_to_double(signals: list[Signal], leaning: Leaning) -> None:
    for before, after in zip(signals, fuse(signals, leaning, n=4).signals, strict=True):
        assert 0.5 * before.weight <= after.weight <= 2.0 * before.weight


@pytest.mark.parametrize("factor", [0.49, 2.01, float("nan")])
def test_a_factor_out_of_bounds_is_no_leaning(factor: float) -> None:
    with pytest.raises(ValidationError):
        Leaning(sources={"plot": factor})


def test_the_score_is_the_weighted_mean() -> None:
    fused = fuse([signal("plot", 3.0, [1.0, 0.0]), signal("facts", 1.0, [0.0, 1.0])], Leaning(), n=2)
    assert fused.scores.tolist() == [0.75, 0.25]
    even = [signal("plot", 1.0, [1.0, 0.0]), signal("facts", 1.0, [0.0, 1.0])]
    tilted = fuse(even, Leaning(sources={"plot": 2.0}), n=2)
    assert tilted.scores == pytest.approx([2 / 3, 1 / 3])


def test_a_share_is_divided_among_its_reasons() -> None:
    fused = fuse([signal("facts", 1.0, [1.0], reasons=2), signal("tone", 2.0, [1.0])], Leaning(), n=1)
    assert [round(code.weight, 4) for code in fused.codes(0)] == [0.6667, 0.1667, 0.1667]


def test_evidence_says_source_words_and_figure() -> None:
    (told,) = fuse([signal("facts", 1.0, [0.5], reasons=2)], Leaning(), n=1).evidence(0)
    assert (told.source, told.detail, told.weight) == ("facts", "facts-0, facts-1 (0.50)", 1.0)


def test_where_nothing_speaks_all_films_are_equal() -> None:
    fused = fuse([], Leaning(), n=3)
    assert fused.scores.tolist() == [0.5, 0.5, 0.5]
    assert (fused.evidence(0), fused.codes(0)) == ((), ())
