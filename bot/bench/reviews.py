"""`matinee bench reviews`: how well texts tell what their writers thought, against VADER's compound in one run."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from rich.progress import track

from bot.bench.figures import Figures, Row
from index.errors import IndexingError
from index.reviews import ReviewRow, ReviewsError, Tally, review_rows, review_score, shrunk, whole_compound

#: Stars of ten that count as praise and as blame where a file has no labels (Maas et al. 2011).
_PRAISE_FROM, _BLAME_TO = 7.0, 4.0
_LABELS = {"pos": True, "positive": True, "1": True, "neg": False, "negative": False, "0": False}
_errors = Console(stderr=True)

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A review with what its writer thought: `good` or not, None in the middle; `stars` None where not given."""

    film: str
    text: str
    good: bool | None
    stars: float | None


def measure(path: Path) -> Figures:
    """AUC of each scorer against the labels, and correlation of a film's figure with its mean stars.

    Raises `ReviewsError` for a faulty file, or one without labels or stars of both kinds.
    """
    reviews = list(_labelled(review_rows(path)))
    if not {True, False} <= {review.good for review in reviews}:
        raise ReviewsError(f"{path.name}: a bench needs labels (pos, neg) or stars (1 to 10) of both kinds")
    ours, seconds = _timed(reviews, lambda text: review_score(text) or 0.0)
    plain, plain_seconds = _timed(reviews, whole_compound)
    films, stars = _films(reviews)
    tallies, plain_tallies = _tallies(films, ours), _tallies(films, plain)
    rows: list[Row] = []
    for model, scores, spent in (("matinee", ours, seconds), ("plain compound", plain, plain_seconds)):
        rows.append({"model": model, "label": "review", "auc": _auc(reviews, scores), "per_s": len(reviews) / spent})
    if stars:
        known = sorted(stars)
        mean_stars = np.array([stars[film] for film in known])
        figures = {
            "matinee": shrunk([tallies[film] for film in known]),
            "mean of ours": np.array([tallies[film].mean for film in known]),
            "plain compound": np.array([plain_tallies[film].mean for film in known]),
        }
        for model, values in figures.items():
            rows.append({"model": model, "label": "film", "correlation": float(np.corrcoef(values, mean_stars)[0, 1])})
    data: dict[str, str | float] = {"file": path.name, "reviews": len(reviews), "films": len(tallies)}
    return Figures("reviews", data, rows)


def _labelled(rows: Iterable[ReviewRow]) -> Iterable[Labelled]:
    for row in rows:
        if not row.text:
            continue
        stars = _figure(row.stars)
        good = _LABELS.get(row.label.lower())
        if good is None and stars is not None and not _BLAME_TO < stars < _PRAISE_FROM:
            good = stars >= _PRAISE_FROM
        yield Labelled(row.imdb_id or row.tmdb_id or row.movie_id, row.text, good, stars)


def _figure(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _timed(reviews: list[Labelled], score: Callable[[str], float]) -> tuple[Scores, float]:
    score("The first one waits for the lexicon.")
    started = time.perf_counter()
    shown = track(reviews, description="reading", console=_errors, transient=True)
    return np.array([score(review.text) for review in shown]), time.perf_counter() - started


def _films(reviews: list[Labelled]) -> tuple[list[str], dict[str, float]]:
    """The film of each review, and the mean stars of the films that have any."""
    given: dict[str, list[float]] = {}
    for review in reviews:
        if review.stars is not None:
            given.setdefault(review.film, []).append(review.stars)
    return [review.film for review in reviews], {film: statistics.fmean(stars) for film, stars in given.items()}


def _tallies(films: list[str], scores: Scores) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for film, score in zip(films, scores, strict=True):
        tallies.setdefault(film, Tally()).add(float(score))
    return tallies


def _auc(reviews: list[Labelled], scores: Scores) -> float:
    """How often a good review scores above a bad one; equal scores count half (Mann & Whitney 1947)."""
    good = scores[[review.good is True for review in reviews]]
    bad = np.sort(scores[[review.good is False for review in reviews]])
    below, up_to = (np.searchsorted(bad, good, side=side) for side in ("left", "right"))
    return float((below + up_to).sum() / 2 / (len(good) * len(bad)))


def reviews_command(
    *,
    reviews: Annotated[
        Path, typer.Option(help="Labelled reviews: CSV or JSON lines with an id, text, label or stars.")
    ],
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """How well the sentiment of reviews tells praise from blame, and films by their stars, against plain VADER."""
    try:
        figures = measure(reviews)
    except IndexingError as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)
