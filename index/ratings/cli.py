"""`matinee index ratings`: item vectors and popularity of a catalogue's films from a ratings CSV."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.build import gather
from index.errors import IndexingError
from index.ratings.build import popularity_figures, rated_films, read_links
from index.ratings.table import MOVIELENS_RATINGS, read_ratings
from index.ratings.vectors import write_item_vectors
from index.sources.chosen import films_or_starter
from index.sources.derived import write_figures
from index.sources.starter import DERIVED_FOLDER

#: Where the starter catalogue keeps its item vectors.
STARTER_RATINGS = DERIVED_FOLDER.parent / "ratings"
#: The file of how well known films are.
POPULARITY = "popularity.jsonl"
_errors = Console(stderr=True)


def ratings(
    file: Annotated[Path, typer.Argument(help="CSV userId,movieId,rating[,timestamp], or a MovieLens folder.")],
    *,
    links: Annotated[
        Path | None, typer.Option(help="CSV movieId,imdbId[,tmdbId]; links.csv of a MovieLens folder if there.")
    ] = None,
    films: Annotated[
        Path | None, typer.Option(help="CSV file or folder of .jsonl files with the films; the starter films if none.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write the vectors to.")] = STARTER_RATINGS,
    popularity: Annotated[
        Path | None, typer.Option(help="File to write the popularity to; `popularity.jsonl` in its place if none.")
    ] = None,
    dimension: Annotated[
        int | None, typer.Option(min=1, max=1024, help="Numbers a film at most; as many films ask for if none.")
    ] = None,
    source: Annotated[
        str, typer.Option(help="What the ratings are called in the manifest; the file's name if none.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Learn from ratings how films go together, and how well known each is."""
    if links is None and file.is_dir() and (file / "links.csv").is_file():
        links = file / "links.csv"
    try:
        table = read_ratings(file)
        catalogue = gather([films_or_starter(films)])
        rated = rated_films(table, catalogue, links=read_links(links) if links else None, dimension=dimension)
        manifest = write_item_vectors(
            out,
            movie_ids=rated.movie_ids,
            vectors=rated.vectors,
            model=rated.model,
            source=source
            or (file.name if file.is_dir() or file.name != MOVIELENS_RATINGS else file.absolute().parent.name),
            ratings=len(table),
        )
        write_figures(popularity or _popularity_file(out), popularity_figures(rated))
    except (IndexingError, OSError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    figures = {"films": len(catalogue), "rated": len(rated.movie_ids), "dimension": rated.vectors.shape[1]}
    if as_json:
        typer.echo(json.dumps({**figures, "ratings": manifest.ratings, "model": manifest.model}))
        return
    typer.echo(
        f"{figures['rated']} of {figures['films']} films have ratings ({manifest.ratings} read): "
        f"{figures['dimension']} numbers each in {out}"
    )


def _popularity_file(out: Path) -> Path:
    return (DERIVED_FOLDER if out == STARTER_RATINGS else out) / POPULARITY
