"""`matinee index derive`: every figure that is derived of a folder of films, with where it comes from."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from index.errors import IndexingError
from index.looks.cli import looks
from index.looks.kept import FIGURES_FILE, PROVENANCE_FILE, VECTORS_FILE, LooksProvenance
from index.posters import ADDRESSES, FOLDER, listed_posters, write_addresses
from index.provenance import Part, Provenance, Source, read_sources, write_provenance
from index.ratings.cli import POPULARITY
from index.ratings.cli import ratings as learn_ratings
from index.ratings.vectors import VectorsManifest
from index.reviews.cli import FIGURES as REVIEW_FIGURES
from index.reviews.cli import reviews as read_reviews
from index.reviews.sentiment import FILM_WORDS
from index.sources.chosen import source_for
from index.sources.starter import STARTER_FOLDER

_FILMS, _DERIVED, _RATINGS = "films", "derived", "ratings"
#: Characters of a checksum that name a version well enough for people.
_SHORT = 12
_errors = Console(stderr=True)


def derive(
    *,
    posters: Annotated[Path | None, typer.Option(help="Folder of posters.", file_okay=False, exists=True)] = None,
    names: Annotated[Path | None, typer.Option(help="CSV file: which file in it is which film's poster.")] = None,
    ratings: Annotated[Path | None, typer.Option(help="MovieLens folder, or CSV userId,movieId,rating.")] = None,
    links: Annotated[Path | None, typer.Option(help="CSV movieId,imdbId[,tmdbId] of the ratings' films.")] = None,
    reviews: Annotated[Path | None, typer.Option(help="CSV or JSON lines of reviews (.gz too).")] = None,
    poster_addresses: Annotated[
        Path | None, typer.Option(help="JSON lines (.gz too) of imdb_id, tmdb_id and poster_url at TMDB.")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Folder with `films/` in it, and `sources.yaml` that names the sources.")
    ] = STARTER_FOLDER.parent,
    state_dir: Annotated[
        Path, typer.Option(envvar="MATINEE_STATE_DIR", help="Folder of everything that is built or kept.")
    ] = Path(".matinee"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Derive anew what is named (looks, ratings, reviews, posters' addresses) of a folder of films, each part with its
    manifest."""
    if not (posters or ratings or reviews or poster_addresses):
        raise typer.BadParameter(
            "name --posters, --ratings, --reviews or --poster-addresses; all four derive everything"
        )
    films, derived = folder / _FILMS, folder / _DERIVED
    done: list[Provenance] = []
    try:
        sources = read_sources(folder)
        of = sum(1 for _film in source_for(films).films())
        derived.mkdir(exist_ok=True)
        if posters:
            looks(posters, films=films, names=names, out=derived, state_dir=state_dir)
            done.append(_looks(folder, sources.get(Part.LOOKS) or Source(name=posters.name), of=of))
        if ratings:
            known = sources.get(Part.RATINGS) or Source(name=ratings.name)
            learn_ratings(
                ratings,
                links=links,
                films=films,
                out=folder / _RATINGS,
                popularity=derived / POPULARITY,
                source=known.name,
            )
            done.append(_rated(folder, known, of=of))
        if reviews:
            read_reviews(reviews, films=films, out=derived / REVIEW_FIGURES)
            done.append(_reviewed(folder, sources.get(Part.REVIEWS) or Source(name=reviews.name), of=of))
        if poster_addresses:
            paths = listed_posters(poster_addresses, source_for(films).films())
            (folder / FOLDER).mkdir(exist_ok=True)
            write_addresses(folder / FOLDER, paths)
            known = sources.get(Part.POSTERS) or Source(name=poster_addresses.name)
            done.append(_addressed(folder, known, films=len(paths), of=of))
    except (IndexingError, OSError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps({one.part: one.films for one in done}))


def _looks(folder: Path, source: Source, *, of: int) -> Provenance:
    made = LooksProvenance.model_validate_json((folder / _DERIVED / PROVENANCE_FILE).read_text(encoding="utf-8"))
    return write_provenance(
        folder,
        Part.LOOKS,
        source=source,
        films=made.posters,
        of=of,
        made_by=f"pixels; {made.network}; styles {made.styles_sha256[:_SHORT]}",
        files=[f"{_DERIVED}/{name}" for name in (FIGURES_FILE, VECTORS_FILE, PROVENANCE_FILE)],
    )


def _rated(folder: Path, source: Source, *, of: int) -> Provenance:
    made = VectorsManifest.model_validate_json((folder / _RATINGS / "manifest.json").read_text(encoding="utf-8"))
    return write_provenance(
        folder,
        Part.RATINGS,
        source=source,
        films=len(made.movie_ids),
        of=of,
        made_by=made.model,
        files=[f"{_RATINGS}/vectors.npy", f"{_RATINGS}/manifest.json", f"{_DERIVED}/{POPULARITY}"],
    )


def _reviewed(folder: Path, source: Source, *, of: int) -> Provenance:
    name = f"{_DERIVED}/{REVIEW_FIGURES}"
    words = hashlib.sha256(FILM_WORDS.read_bytes()).hexdigest()[:_SHORT]
    return write_provenance(
        folder,
        Part.REVIEWS,
        source=source,
        films=len((folder / name).read_text(encoding="utf-8").splitlines()),
        of=of,
        made_by=f"VADER {version('vaderSentiment')} by sentence; {FILM_WORDS.name} {words}; shrunk (Morris 1983)",
        files=[name],
    )


def _addressed(folder: Path, source: Source, *, films: int, of: int) -> Provenance:
    return write_provenance(
        folder,
        Part.POSTERS,
        source=source,
        films=films,
        of=of,
        made_by="paths as listed, by imdb_id, else tmdb_id; films whose two ids disagree left out",
        files=[f"{FOLDER}/{ADDRESSES}"],
    )
