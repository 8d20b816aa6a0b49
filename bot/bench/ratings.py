"""`matinee bench ratings`: how well models foresee what people rated, all of them on the same splits in one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import psutil
import typer
from rich.console import Console
from rich.progress import track

from bot.bench.figures import Figures, Row
from index.errors import IndexingError
from index.ratings import Ease, Elsa, ElsaConfig, Histories, Hybrid, HybridConfig, ItemModel, Ratings, read_ratings
from index.ratings.build import DIMENSION, VECTOR_FORM
from index.ratings.features import catalogue_words, feature_matrix, movielens_words
from index.ratings.peers import ContentProfile, IAls, IAlsConfig, ItemKnn, Popularity
from index.ratings.ranking import RankingFigures, measure
from index.ratings.split import Protocol, Split, split
from index.ratings.table import Figures as Matrix
from index.ratings.vector_model import VectorModel

#: The film list of a MovieLens folder.
_MOVIES = "movies.csv"
_MB = 1_000_000
_METRICS = ("ndcg@10", "recall@20", "coverage")
_errors = Console(stderr=True)

Fit = Callable[[Split, Matrix | None, int], ItemModel]


@dataclass(slots=True)
class Runs:
    """One model's figures over the seeds, and the seconds that fitting and ranking took."""

    figures: list[RankingFigures] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def row(self, model: str, kind: str) -> Row:
        """Means and standard deviations as a row of figures."""
        columns = zip(_METRICS, zip(*(_values(each) for each in self.figures), strict=True), strict=True)
        row: dict[str, str | float | None] = {"model": model, "kind": kind}
        for name, values in columns:
            row[name] = statistics.mean(values)
            row[f"{name} sd"] = statistics.stdev(values) if len(values) > 1 else None
        return {**row, "seconds": statistics.mean(self.seconds)}


def _values(figures: RankingFigures) -> tuple[float, float, float]:
    return figures.ndcg_10, figures.recall_20, figures.coverage


def _matinee(parts: Split, features: Matrix | None, seed: int) -> ItemModel:
    return Hybrid.fit(parts.train, HybridConfig(seed=seed), features=features)


def _served(parts: Split, _features: Matrix | None, _seed: int) -> ItemModel:
    return VectorModel.of(Ease.fit(Histories.of(parts.train), VECTOR_FORM), dimension=DIMENSION)


def models(*, with_features: bool, with_elsa: bool) -> dict[str, Fit]:
    """How each model is fitted, by the name of its row; "matinee" is ours, "matinee served" its form in the engine."""
    found: dict[str, Fit] = {
        "matinee": _matinee,
        "matinee served": _served,
        "popularity": lambda parts, _features, _seed: Popularity(Histories.of(parts.train)),
        "item-knn": lambda parts, _features, _seed: ItemKnn(Histories.of(parts.train)),
        "ease": lambda parts, _features, _seed: Ease.fit(Histories.of(parts.train)),
        "ials": lambda parts, _features, seed: IAls(Histories.of(parts.train), IAlsConfig(seed=seed)),
    }
    if with_features:
        found["content"] = lambda _parts, features, _seed: ContentProfile(np.asarray(features))
    if with_elsa:
        found["elsa"] = lambda parts, _features, seed: Elsa.fit(Histories.of(parts.train), ElsaConfig(seed=seed))
    return found


def compare(
    ratings: Ratings, *, protocol: Protocol, seeds: int, features: Matrix | None = None, with_elsa: bool = False
) -> Figures:
    """The figures of all models on `seeds` splits of the ratings; a split is the same for all of them.

    `features` (films, f) let ours place films that nobody rated. Raises `RatingsError` when the ratings cannot be
    split so.
    """
    chosen = models(with_features=features is not None, with_elsa=with_elsa)
    runs = {name: Runs() for name in chosen}
    jobs = [(seed, name) for seed in range(seeds) for name in chosen]
    parts = split(ratings, protocol=protocol, seed=0)
    for seed, name in track(jobs, description=str(protocol), console=_errors, transient=True):
        if name == next(iter(chosen)):
            parts = split(ratings, protocol=protocol, seed=seed)
        started = time.perf_counter()
        runs[name].figures.append(measure(chosen[name](parts, features, seed), parts))
        runs[name].seconds.append(time.perf_counter() - started)
    data: dict[str, str | float] = {
        "ratings": len(ratings),
        "users": len(ratings.users),
        "films": len(ratings.films),
        "protocol": str(protocol),
        "relevant": "every rating held out, whatever its stars",
        "recall": "out of min(20, relevant)",
        "seeds": seeds,
        "people_measured": len(np.unique(parts.test.user)),
        "process_mb": psutil.Process().memory_info().rss / _MB,
    }
    return Figures("ratings", data, [each.row(name, str(protocol)) for name, each in runs.items()])


def shown(figures: Figures) -> Figures:
    """The same rows as a person reads them: means with their standard deviation, to four places."""
    return Figures(figures.bench, figures.data, [_shown(row) for row in figures.rows])


def _shown(row: Row) -> Row:
    cells: dict[str, str | float | None] = {"model": row["model"], "kind": row["kind"]}
    for name in _METRICS:
        deviation = row.get(f"{name} sd")
        cells[name] = f"{row[name]:.4f}" + (f" ± {deviation:.4f}" if deviation is not None else "")
    return {**cells, "seconds": f"{row['seconds']:.1f}"}


def features_of(ratings: Ratings, *, ratings_file: Path, catalogue: Path | None) -> Matrix | None:
    """What is known of the rated films: from the catalogue, else from a movies.csv beside the ratings, else None.

    Raises `RatingsError` when the file is not what it should be.
    """
    folder = ratings_file if ratings_file.is_dir() else ratings_file.parent
    if catalogue is None and not (folder / _MOVIES).is_file():
        return None
    words = catalogue_words(catalogue) if catalogue else movielens_words(folder / _MOVIES)
    return feature_matrix(ratings.films, words)


def ratings_command(
    *,
    ratings: Annotated[Path, typer.Option(help="CSV userId,movieId,rating[,timestamp], or a MovieLens folder.")],
    protocol: Annotated[Protocol, typer.Option(help="How ratings are held out.")] = Protocol.RANDOM80,
    seeds: Annotated[int, typer.Option(min=1, help="Splits that are measured.")] = 5,
    catalogue: Annotated[
        Path | None, typer.Option(help="Films as JSON lines (.gz) with movieId; movies.csv beside the ratings if none.")
    ] = None,
    elsa: Annotated[bool, typer.Option("--elsa", help="Train ELSA as well; needs torch and minutes.")] = False,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """How well ratings that were held out are foreseen, against popularity, ItemKNN, EASE and iALS."""
    try:
        table = read_ratings(ratings)
        features = features_of(table, ratings_file=ratings, catalogue=catalogue)
        figures = compare(table, protocol=protocol, seeds=seeds, features=features, with_elsa=elsa)
    except IndexingError as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    except ModuleNotFoundError as error:
        _errors.print(f"{error.name} is not installed; install the bench group (see CONTRIBUTING.md)", markup=False)
        raise typer.Exit(1) from error
    shown(figures).print()
    if figures_file:
        figures.write(figures_file)
