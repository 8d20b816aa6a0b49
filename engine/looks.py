"""Comparing looks: "brighter" must be brighter than what it is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.signals.poster import LOOKS, further
from engine.wishes import Wish
from index import Catalogue, RowSet
from index.rows import Rows

#: The least movement of a figure of 0-1 that counts as one: five steps of L* out of a hundred are seen by everybody.
NOTICEABLE_LOOK = 0.05


@dataclass(frozen=True, slots=True)
class Bars:
    """The figures that a film must lie beyond to be further in a look than those it is compared with: than the
    `furthest` of them, or at least than their `mean`."""

    furthest: float
    mean: float


def bars(catalogue: Catalogue, words: Iterable[str], anchors: Rows) -> dict[str, Bars]:
    """The bars of each visual word that anchors (a,) were measured for; others are left out."""
    found: dict[str, Bars] = {}
    for word in words:
        look = LOOKS[word]
        figures = catalogue.figures(look.figure)[anchors]
        known = figures[~np.isnan(figures)]
        if len(known):
            found[word] = Bars(float(known.max() if look.much else known.min()), float(known.mean()))
    return found


def look_movement(catalogue: Catalogue, starts: Mapping[str, float]) -> Iterable[Wish]:
    """One wish a compared look: to lie noticeably beyond the figure it starts from. Films that nobody measured do not.

    From a start near the end of the scale, half of what is left counts as noticeable.
    """
    for word, start in starts.items():
        look = LOOKS[word]
        least = min(NOTICEABLE_LOOK, (1.0 - start if look.much else start) / 2)
        way = (catalogue.figures(look.figure) - start) * (1.0 if look.much else -1.0)
        yield Wish("movement", further(word), RowSet((np.nan_to_num(way, nan=-1.0) >= least) & (way > 0)))


def chosen_starts(catalogue: Catalogue, compared: Mapping[str, Bars], among: RowSet, *, n: int) -> dict[str, float]:
    """Where each comparison starts: beyond the furthest of what it is compared with when n films `among` still lie
    there, else beyond the mean."""
    starts: dict[str, float] = {}
    for word, bar in compared.items():
        (strict,) = look_movement(catalogue, {word: bar.furthest})
        starts[word] = bar.furthest if len(strict.rows & among) >= n else bar.mean
    return starts
