"""A film's sentiment from few or many reviews: its own mean, drawn towards the catalogue's the less sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

Figures = npt.NDArray[np.float64]

#: How many reviews' worth the catalogue's spread counts against a film's own: two that agree by chance prove little.
_SPREAD_WORTH = 5.0
#: Reviews that agree to the last digit are still not certain.
_LEAST_NOISE = 1e-12


@dataclass(slots=True)
class Tally:
    """A running count, mean and sum of squared deviations (Welford 1962), so that no review is kept."""

    reviews: int = 0
    mean: float = 0.0
    deviations: float = 0.0

    def add(self, score: float) -> None:
        """Takes one more review in."""
        self.reviews += 1
        step = score - self.mean
        self.mean += step / self.reviews
        self.deviations += step * (score - self.mean)


def shrunk(tallies: Sequence[Tally]) -> Figures:
    """Each film's mean drawn towards the catalogue's, (films,) in the range of the scores.

    Empirical Bayes with normal reviews within normal films (Morris 1983, "Parametric Empirical Bayes Inference"): film
    i with mean x of n reviews of variance s² stands at m + (x - m)·t² / (t² + s²/n). t², the variance between films, is
    the estimate of Paule & Mandel (1982), in which a film counts by how sure it is; s² is the film's own, pooled with
    the catalogue's as if five reviews more had that. m is the mean over films, each weighted by 1 / (t² + s²/n). A film
    with one review says little, one whose reviews disagree less than one whose reviews agree. Every tally holds at
    least one review.
    """
    if not tallies:
        return np.zeros(0)
    n = np.array([tally.reviews for tally in tallies], dtype=np.float64)
    means = np.array([tally.mean for tally in tallies])
    squares = np.array([tally.deviations for tally in tallies])
    pooled = _within(n, means, squares)
    own = (squares + _SPREAD_WORTH * pooled) / (n - 1.0 + _SPREAD_WORTH)
    noise = np.maximum(own / n, _LEAST_NOISE)
    between = _between(means, noise)
    own_share = between / (between + noise)
    return np.asarray(own_share * means + (1.0 - own_share) * _middle(means, noise + between))


def _within(n: Figures, means: Figures, squares: Figures) -> float:
    """The variance of reviews around their film; with one review a film, half of that around the catalogue."""
    free = float((n - 1.0).sum())
    return float(squares.sum()) / free if free > 0 else float(means.var()) / 2.0


def _between(means: Figures, noise: Figures) -> float:
    """The variance between films under which their means scatter as much as they do; 0 when noise alone explains it."""
    free = len(means) - 1
    # There they scatter by a quarter each at most: none is further than half their range from its middle.
    most = float(np.ptp(means)) ** 2

    def too_much(between: float) -> float:
        variances = noise + between
        return float(((means - _middle(means, variances)) ** 2 / variances).sum()) - free

    if not free or too_much(0.0) <= 0:
        return 0.0
    return float(brentq(too_much, 0.0, most, xtol=_LEAST_NOISE))


def _middle(means: Figures, variances: Figures) -> float:
    return float(np.average(means, weights=1.0 / variances))
