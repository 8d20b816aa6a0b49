"""How far a confidence can be believed: bins of confidences with how many in each were right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

BINS = 10
_SIDE, _EDGE = 300, 40


class Judged(NamedTuple):
    """A confidence, 0-1, and whether what it was about was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """All that were as sure as [low, low + 0.1): how many, how sure on average, and the share that was right."""

    low: float
    count: int
    confidence: float
    right: float


def reliability(judged: Iterable[Judged]) -> list[Bar]:
    """The bins that hold anything, least sure first."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        bins[min(BINS - 1, int(one.confidence * BINS))].append(one)
    return [
        Bar(
            place / BINS,
            len(held),
            sum(one.confidence for one in held) / len(held),
            sum(one.right for one in held) / len(held),
        )
        for place, held in enumerate(bins)
        if held
    ]


def expected_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error: how far confidence and share of right ones lie apart, 0-1, weighted by the bins'
    counts; 0 for none. Naeini et al. 2015."""
    bars = reliability(judged)
    return sum(bar.count * abs(bar.confidence - bar.right) for bar in bars) / max(1, len(judged))


def written(judged: Sequence[Judged]) -> str:
    """The reliability diagram as SVG: a bar for each bin, the diagonal where confidence is what it says."""
    whole = _SIDE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole + 20}" font-family="sans-serif" '
        'font-size="11">',
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>',
    ]
    width = _SIDE / BINS
    for bar in reliability(judged):
        left, height = _EDGE + bar.low * _SIDE, bar.right * _SIDE
        top = _EDGE + _SIDE - height
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width - 2:.1f}" height="{height:.1f}" fill="#4a7"/>'
            f'<text x="{left + width / 2:.1f}" y="{top - 4:.1f}" text-anchor="middle">{bar.count}</text>'
        )
    corner = _EDGE + _SIDE
    parts += [
        f'<line x1="{_EDGE}" y1="{corner}" x2="{corner}" y2="{_EDGE}" stroke="#333" stroke-dasharray="4"/>',
        f'<text x="{whole / 2}" y="{whole - 8}" text-anchor="middle">confidence; figures: utterances</text>',
        f'<text x="{_EDGE}" y="{_EDGE - 12}">share right; calibration error {expected_error(judged):.3f}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
