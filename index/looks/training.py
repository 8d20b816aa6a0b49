"""Training the styles: from posters' vectors, labels given by eye and release years to logistic heads.

*Vintage* is mostly learned from years: a film released before 1970 tends to have a poster that looks so. Not always
(a new disc has a new cover): labels given by eye count more, the years whose posters look either way are left out, and
a poster that looks like the other side to a head trained without it is left out as well.
Building only: needs scikit-learn.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.errors import IndexingError
from index.looks.errors import StylesError
from index.looks.labels import Label
from index.looks.measuring import Measured
from index.looks.network import unit
from index.looks.pixels import DETAILS
from index.looks.styles import Head, Marks, Provenance, Style, Styles, mark

#: Length of a reduced vector; twice as many move no style's AUC by a hundredth.
DIMENSION = 128
#: Films before the first year are taken for vintage, from the second on for not; between, posters look either way.
VINTAGE_BEFORE, MODERN_FROM = 1970, 1990
#: A label given by eye counts as so many release years.
_EYE_WEIGHT, _YEAR_WEIGHT = 5.0, 1.0
#: Inverse strength of the penalty on a head's weights, for the few labels by eye and for the many by year.
_C_BY_EYE, _C_BY_YEAR = 0.1, 0.001
#: Parts that years are checked in, each by a head trained on the others.
_PARTS = 5
#: Fewer labels than this for or against a style are too few to learn it from.
_LEAST_LABELS = 5
#: The reduction's random start; the same posters give the same styles.
_SEED = 7

Evidence = npt.NDArray[np.float32]
Rule = Callable[[Label], bool | None]


def _dark_and_moody(label: Label) -> bool | None:
    """Dark, and not in bright colours."""
    if label.bright or label.colourful:
        return False
    return True if label.bright is False else None


def _bright_and_colourful(label: Label) -> bool | None:
    if label.bright is False or label.colourful is False:
        return False
    return True if label.bright and label.colourful else None


#: What each style makes of a label: for it, against it, or nothing to learn.
_RULES: Mapping[Style, Rule] = {
    Style.BRIGHT: lambda label: label.bright,
    Style.COLOURFUL: lambda label: label.colourful,
    Style.DARK_MOODY: _dark_and_moody,
    Style.BRIGHT_COLOURFUL: _bright_and_colourful,
    Style.VINTAGE: lambda label: label.vintage,
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one head learns from: `rows` (m,) of the posters, `truth` (m,) bool, `weight` (m,) of each."""

    rows: npt.NDArray[np.int64]
    truth: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]

    def among(self, places: npt.NDArray[np.int64]) -> "Lesson":
        return Lesson(self.rows[places], self.truth[places], self.weight[places])


def train(
    measured: Measured,
    *,
    network: str,
    labels: Mapping[str, Label],
    years: Mapping[str, int],
    held_out: frozenset[str] = frozenset(),
) -> Styles:
    """The styles that the posters' labels and release years (by the same ids) teach.

    Posters in `held_out` take part in nothing, neither by label nor by year nor by the reduction. Raises `StylesError`
    when there is too little to learn from.
    """
    try:
        from sklearn.decomposition import PCA
    except ImportError as error:
        raise IndexingError("scikit-learn is not installed; run `make env-build`") from error
    rows = [row for row, name in enumerate(measured.ids) if name not in held_out]
    ids = [measured.ids[row] for row in rows]
    if len(rows) <= DIMENSION:
        raise StylesError(f"{len(rows)} posters are too few to train styles on; {DIMENSION + 1} are the least")
    vectors, details = measured.vectors[rows], measured.details[rows]
    reduction = PCA(DIMENSION, svd_solver="randomized", random_state=_SEED).fit(vectors)
    mean = reduction.mean_.astype(np.float32)
    # Kept as float16: the heads must be trained on the vectors that the kept basis makes.
    basis = np.ascontiguousarray(reduction.components_.T.astype(np.float16).astype(np.float32))
    reduced = unit((vectors - mean) @ basis)
    lessons = {style: _lesson(style, ids, labels=labels, years=years) for style in Style}
    lessons[Style.VINTAGE] = _without_doubtful(reduced, details, lessons[Style.VINTAGE])
    heads = {style: _head(style, reduced, details, lesson) for style, lesson in lessons.items()}
    digests = [measured.digests[row] for row in rows]
    return Styles(
        provenance=Provenance(
            network=network,
            network_dimension=vectors.shape[1],
            dimension=DIMENSION,
            details=DETAILS,
            posters=len(rows),
            labelled={style: _counts(lesson) for style, lesson in lessons.items()},
            held_out=len(measured.ids) - len(rows),
            sha256="",
        ),
        mean=mean,
        basis=basis,
        heads=heads,
        labelled=_marks(digest for name, digest in zip(ids, digests, strict=True) if name in labels),
        dated=_marks(digest for name, digest in zip(ids, digests, strict=True) if name in years),
    )


def _lesson(style: Style, ids: list[str], *, labels: Mapping[str, Label], years: Mapping[str, int]) -> Lesson:
    learned: list[tuple[int, bool, float]] = []
    for row, name in enumerate(ids):
        seen = _RULES[style](labels[name]) if name in labels else None
        if seen is not None:
            learned.append((row, seen, _EYE_WEIGHT))
        elif style is Style.VINTAGE and name not in labels and _decided(years.get(name)):
            learned.append((row, years[name] < VINTAGE_BEFORE, _YEAR_WEIGHT))
    rows, truth, weight = zip(*learned, strict=True) if learned else ((), (), ())
    lesson = Lesson(np.array(rows, dtype=np.int64), np.array(truth, dtype=np.bool_), np.array(weight))
    if min(_counts(lesson).values()) < _LEAST_LABELS:
        raise StylesError(
            f"too few labels to learn {style} from: {_counts(lesson)}; {_LEAST_LABELS} each are the least"
        )
    return lesson


def _decided(year: int | None) -> bool:
    return year is not None and (year < VINTAGE_BEFORE or year >= MODERN_FROM)


def _without_doubtful(reduced: Evidence, details: Evidence, lesson: Lesson) -> Lesson:
    """The lesson without the years that a head trained on the other parts of it contradicts."""
    order = np.random.default_rng(_SEED).permutation(len(lesson.rows))
    keeps = np.ones(len(lesson.rows), dtype=np.bool_)
    for part in np.array_split(order, _PARTS):
        others = np.setdiff1d(order, part)
        head = _head(Style.VINTAGE, reduced, details, lesson.among(others))
        rows = lesson.rows[part]
        looks_so = reduced[rows] @ head.on_vector + details[rows] @ head.on_details + head.bias > 0
        keeps[part] = (looks_so == lesson.truth[part]) | (lesson.weight[part] > _YEAR_WEIGHT)
    return lesson.among(np.flatnonzero(keeps))


def _head(style: Style, reduced: Evidence, details: Evidence, lesson: Lesson) -> Head:
    """Fits on figures of mean 0 and spread 1, and folds both into the weights."""
    from sklearn.linear_model import LogisticRegression

    length = np.sqrt(reduced.shape[1])  # brings the values of a unit vector near 1
    centre, spread = details.mean(axis=0), np.maximum(details.std(axis=0), 1e-6)
    both = np.hstack([reduced * length, (details - centre) / spread])[lesson.rows]
    strength = _C_BY_YEAR if style is Style.VINTAGE else _C_BY_EYE
    fitted = LogisticRegression(C=strength, class_weight="balanced", max_iter=5000).fit(
        both, lesson.truth, sample_weight=lesson.weight / lesson.weight.min()
    )
    weights, cut = fitted.coef_[0], reduced.shape[1]
    on_details = weights[cut:] / spread
    return Head(
        on_vector=(weights[:cut] * length).astype(np.float32),
        on_details=on_details.astype(np.float32),
        bias=float(fitted.intercept_[0] - on_details @ centre),
    )


def _counts(lesson: Lesson) -> dict[str, int]:
    return {"for": int(lesson.truth.sum()), "against": int((~lesson.truth).sum())}


def _marks(digests: Iterable[bytes]) -> Marks:
    return np.array(sorted(mark(digest) for digest in digests), dtype=np.uint64)
