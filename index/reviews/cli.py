"""`matinee index reviews`: what reviews say of each film, as figures beside its facts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from index.build import gather
from index.errors import IndexingError
from index.film import Film
from index.reviews.reviews_file import ReviewsFile
from index.sources.chosen import films_or_starter
from index.sources.derived import write_figures
from index.sources.starter import DERIVED_FOLDER

#: The file of what reviews say.
FIGURES = "reviews.jsonl"
_errors = Console(stderr=True)


def reviews(
    file: Annotated[Path, typer.Argument(help="CSV or JSON lines of reviews by movie_id, imdb_id or tmdb_id.")],
    *,
    films: Annotated[
        Path | None, typer.Option(help="CSV file or folder of .jsonl files with the films; the starter films if none.")
    ] = None,
    out: Annotated[Path, typer.Option(help="File to write the figures to.")] = DERIVED_FOLDER / FIGURES,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Learn from reviews how warmly each film is spoken of, and how much."""
    try:
        # Figures of an earlier run must not pass for those of this file.
        catalogue = gather([films_or_starter(films)])
        plain = [_without(film) for film in catalogue]
        with Progress(TextColumn("{task.description}"), BarColumn(), console=_errors) as bar:
            task = bar.add_task("reading reviews", total=None)
            enriched = ReviewsFile(file).enrich(
                plain, tell=lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
            )
        reviewed = [film for film in enriched if film.reviews and film.sentiment is not None]
        write_figures(out, {film.movie_id: _figures(film) for film in reviewed})
    except (IndexingError, OSError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    count = sum(film.reviews or 0 for film in reviewed)
    if as_json:
        typer.echo(json.dumps({"films": len(catalogue), "reviewed": len(reviewed), "reviews": count}))
        return
    typer.echo(f"{len(reviewed)} of {len(catalogue)} films have reviews, {count:,} in all: {out}")


def _figures(film: Film) -> dict[str, float]:
    return {"sentiment": film.sentiment or 0.0, "reviews": film.reviews or 0}


def _without(film: Film) -> Film:
    return replace(film, sentiment=None, reviews=None)
