"""`matinee index looks`: the looks of a folder of posters, as figures beside the films."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from index.errors import IndexingError
from index.film import Film
from index.looks.pixels import PictureError, measure_file
from index.sources.derived import write_figures
from index.sources.starter import DERIVED_FOLDER, JsonLinesFolder

_errors = Console(stderr=True)


def looks(
    posters: Annotated[Path, typer.Argument(help="Folder of poster files, NAME.jpg.", file_okay=False, exists=True)],
    *,
    names: Annotated[
        Path | None, typer.Option(help="CSV file movie_id,file where the files are not named by movie_id.")
    ] = None,
    out: Annotated[Path, typer.Option(help="File to write the figures to.")] = DERIVED_FOLDER / "looks.jsonl",
) -> None:
    """Measure the posters of the starter films: lightness, colourfulness and warmth."""
    try:
        files = dict(_files(JsonLinesFolder().films(), posters, names))
    except (IndexingError, OSError, ValueError) as error:
        _errors.print(str(error), markup=False)
        raise typer.Exit(1) from error
    figures: dict[str, dict[str, float]] = {}
    for movie_id, path in track(files.items(), description="measuring posters", console=_errors):
        try:
            figures[movie_id] = asdict(measure_file(path))
        except PictureError as error:
            _errors.print(f"left out: {error}", markup=False)
    write_figures(out, figures)
    typer.echo(f"{len(figures)} posters measured")


def _files(films: Iterable[Film], posters: Path, names: Path | None) -> Iterable[tuple[str, Path]]:
    named = dict(line.split(",", 1) for line in names.read_text().splitlines()) if names else {}
    for film in films:
        path = posters / named.get(film.movie_id, f"{film.movie_id}.jpg")
        if path.is_file():
            yield film.movie_id, path
