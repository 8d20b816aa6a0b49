"""Looks: how a film's poster answers the visual words, and how near it looks to the posters of named films."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.reasons import ReasonCode
from engine.signals.signal import CLEARLY, Part, Scores, Signal, cosines, mean_of, scaled
from index import Catalogue, RowSet, VectorStore
from index.rows import Mask, Rows
from nlu.frame import Frame
from persona_configs.phrases import Phrase, base_words

#: How far a comparison of full weight wants a figure of 0-1 to move: from a dark poster to one of middling light.
FULL_LOOK = 0.3
#: Cosines of reduced poster vectors between two films: below the first says nothing, above the second is as alike as
#: any (the 50th and the 99.9th percentile over the starter posters).
LOOKS_COSINE_RANGE = (0.0, 0.5)
#: From here on two posters may be said to look alike (the 95th percentile).
_ALIKE_FROM = 0.24
#: A style's probability from which its words may be said of a film.
_STYLE_SAID_FROM = 0.8


@dataclass(frozen=True, slots=True)
class Look:
    """How a visual word is read of a poster: the figure, whether much of it is meant, and the figure from which the
    word may be said of the film. Films are ranked by the figure; only the rank decides, the bound keeps words true."""

    figure: str
    much: bool
    said_from: float


LOOKS: dict[str, Look] = {
    "bright": Look("lightness", much=True, said_from=0.5),
    "dark": Look("lightness", much=False, said_from=0.4),
    "colourful": Look("colourfulness", much=True, said_from=0.45),
    "muted": Look("colourfulness", much=False, said_from=0.3),
    "warm": Look("warmth", much=True, said_from=0.5),
    "cool": Look("warmth", much=False, said_from=0.35),
    "vintage": Look("vintage", much=True, said_from=0.8),
}
_FIGURES = sorted({look.figure for look in LOOKS.values()})
#: Moods that make a wish for a dark look one for the style that a head was trained on.
_MOODY = frozenset({"dark", "melancholic", "bleak", "eerie", "mysterious"})


@dataclass(frozen=True, slots=True)
class Style:
    """Two looks that were asked together and that posters were judged for together: the figure of their probability,
    the visual words it stands for, and how the two are called."""

    figure: str
    words: tuple[str, ...]
    called: str


def poster_signal(
    catalogue: Catalogue, frame: Frame, *, weight: float, compared: Mapping[str, float] | None = None
) -> Signal | None:
    """How well the posters' measured figures answer the visual words, by rank among the films that have figures.

    `compared` names words that are meant as comparisons ("brighter") with the figure they start from: what lies beyond
    it comes before what does not. A film without a poster stands in the middle. Returns None when no visual word is
    asked, or nothing is measured.
    """
    starts = compared or {}
    parts: list[Part] = []
    styles = [style for style in _styles(frame) if not set(style.words) & set(starts)]
    said_together = {word: np.zeros(len(catalogue), dtype=np.bool_) for word in LOOKS}
    for style in styles:
        if (part := _style_part(catalogue, style)) is not None and part.true_of is not None:
            parts.append(part)
            for word in style.words:
                said_together[word] |= part.true_of & (part.scores >= CLEARLY)
    for word in starts:
        parts += _further(catalogue, word, start=starts[word])
    for word, wanted in _asked(frame):
        if word not in starts and not (not wanted and _OPPOSITE.get(word) in starts):
            parts += _ranked(catalogue, word, wanted=wanted, told=said_together[word])
    if not parts:
        return None
    seen = np.any([~np.isnan(catalogue.figures(name)) for name in _FIGURES], axis=0)
    return replace(mean_of("poster", weight, parts), known=seen)


def looks_like_signal(
    catalogue: Catalogue, looks: VectorStore, anchors: Rows, among: RowSet, *, seen: RowSet, weight: float
) -> Signal | None:
    """Nearness of each film's poster to those of the anchor films (a,); None when none of theirs is among the `seen`
    (`index.parts.seen_rows`). A film whose poster was not seen stands at the median."""
    anchors = np.array([row for row in anchors if int(row) in seen], dtype=np.int64)
    if not len(anchors):
        return None
    near = np.mean([cosines(looks, vector, among) for vector in looks.vectors(anchors)], axis=0)
    known = seen.mask & among.mask
    scores = scaled(near, LOOKS_COSINE_RANGE)
    middle = float(np.median(scores[known])) if known.any() else CLEARLY
    scores = np.where(known, scores, np.where(among.mask, middle, 0.0)).astype(np.float32)
    titles = " and ".join(catalogue.films[int(row)].title for row in anchors)
    reason = ReasonCode(Phrase.REASON_LOOKS, "poster", 0.0, {"title": titles})
    told = known & (near >= _ALIKE_FROM)
    return Signal("poster", weight, scores, lambda row: [reason] if told[row] else [], known=known)


def further(word: str) -> str:
    """A look in comparison: "brighter", "more colourful"."""
    return base_words()["looks"][word]


#: Looks that exclude each other, on one figure.
_OPPOSITE = {"bright": "dark", "colourful": "muted", "warm": "cool"}
_OPPOSITE |= {there: here for here, there in _OPPOSITE.items()}


def comparable(frame: Frame, words: frozenset[str]) -> tuple[str, ...]:
    """Which of the words the frame holds as looks that can be gone further in; to avoid one is to want its opposite."""
    wanted = [word for word in frame.wants.visual if word in words]
    wanted += [_OPPOSITE[word] for word in frame.avoids.visual if word in words and word in _OPPOSITE]
    return tuple(dict.fromkeys(word for word in wanted if word in _OPPOSITE))


def _asked(frame: Frame) -> Iterator[tuple[str, bool]]:
    yield from ((word, True) for word in frame.wants.visual if word in LOOKS)
    yield from ((word, False) for word in frame.avoids.visual if word in LOOKS)


def _styles(frame: Frame) -> Iterator[Style]:
    wanted = set(frame.wants.visual)
    if {"bright", "colourful"} <= wanted:
        yield Style("bright_colourful", ("bright", "colourful"), "bright and colourful")
    if "dark" in wanted and _MOODY.intersection(frame.wants.moods):
        yield Style("dark_moody", ("dark",), "dark and moody")


def _style_part(catalogue: Catalogue, style: Style) -> Part | None:
    figures = catalogue.figures(style.figure)
    if np.isnan(figures).all():
        return None
    reason = ReasonCode(Phrase.REASON_VISUAL, "poster", 0.0, {"words": style.called})
    return Part(_ranks_among_known(figures), reason, figures >= _STYLE_SAID_FROM)


def _ranked(catalogue: Catalogue, word: str, *, wanted: bool, told: Mask) -> list[Part]:
    """One word's part, none where nothing is measured; `told` (n,) are the films of which a style says it already."""
    look = LOOKS[word]
    figures = catalogue.figures(look.figure)
    if np.isnan(figures).all():
        return []
    ranks = _ranks_among_known(figures)
    scores = ranks if look.much == wanted else 1.0 - ranks
    reason = ReasonCode(Phrase.REASON_VISUAL, "poster", 0.0, {"words": word}) if wanted else None
    true_of = (figures >= look.said_from) if look.much else (figures <= look.said_from)
    return [Part(scores, reason, true_of & ~told)]


def _further(catalogue: Catalogue, word: str, *, start: float) -> list[Part]:
    look = LOOKS[word]
    way = (catalogue.figures(look.figure) - start) * (1.0 if look.much else -1.0)
    if np.isnan(way).all():
        return []
    gone = np.clip(way / FULL_LOOK, -1.0, 1.0)
    # What lies beyond the start stands in the upper half, what does not in the lower, and what nobody saw in the middle
    # of all: where nothing lies beyond, what comes near is a better answer.
    scores = np.clip(0.5 + 0.5 * gone - np.where(way > 0, 0.0, 2e-3), 0.0, 1.0)
    known = ~np.isnan(way)
    scores = np.where(known, scores, np.median(scores[known]) - 1e-3)
    reason = ReasonCode(Phrase.REASON_VISUAL, "poster", 0.0, {"words": further(word)})
    return [Part(np.clip(scores, 0.0, 1.0).astype(np.float32), reason, way > 0)]


def _ranks_among_known(figures: Scores) -> Scores:
    known = ~np.isnan(figures)
    ranks = np.full(len(figures), CLEARLY - 1e-3, dtype=np.float32)
    ranks[known] = _ranks(figures[known])
    return ranks


def _ranks(figures: Scores) -> Scores:
    """The rank of each figure among all, (n,) in [0, 1]; equal figures share the middle of their ranks.

    A single one stands in the middle.
    """
    if len(figures) < 2:
        return np.full(len(figures), CLEARLY, dtype=np.float32)
    ordered = np.sort(figures)
    below, up_to = (np.searchsorted(ordered, figures, side=side) for side in ("left", "right"))
    return np.asarray((below + up_to - 1) / 2 / max(len(figures) - 1, 1), dtype=np.float32)
