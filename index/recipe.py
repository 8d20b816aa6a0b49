"""What goes into a catalogue beside its films: what the sources keep of them, and the steps that measure more."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.enrich import Enriched, Enrichment, Measurement, joined_looks
from index.errors import CatalogueError
from index.film import Film, film_row
from index.looks.folder import PostersFolder
from index.looks.kept import read_vectors
from index.ratings.file import RatingsFile
from index.ratings.vectors import load_item_vectors
from index.sources import FilmSource
from index.sources.starter import DERIVED_FOLDER, JsonLinesFolder

#: Where a folder of films has its reviews, and beside it its item vectors.
_REVIEWS, _ITEMS = "reviews.csv", "ratings"

Step = Enrichment | Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """What to measure films by, as the command line names it. What is None comes from the sources, where they have it.

    `links` say by IMDb and TMDB ids which film the ratings mean; `known_posters` is the folder of what was measured.
    """

    posters: Path | None = None
    ratings: Path | None = None
    links: Path | None = None
    reviews: Path | None = None
    topics: bool = True
    known_posters: Path = Path(".matinee/looks")


def brought(films: Sequence[Film], sources: Sequence[FilmSource]) -> Enriched:
    """The films with the vectors that their sources keep of them: a folder of films has looks in `derived` and item
    vectors in `ratings`, both beside it. Raises `IndexingError` where these are damaged."""
    known = Enriched(films)
    for source in sources:
        if isinstance(source, JsonLinesFolder):
            beside = source.folder.parent
            looks = joined_looks(known.looks, read_vectors(beside / DERIVED_FOLDER.name))
            known = replace(known, looks=looks, items=load_item_vectors(beside / _ITEMS) or known.items)
    return known


def steps(sources: Sequence[FilmSource], wanted: Ingredients) -> list[Step]:
    """The steps that measure what is wanted, in their order. Raises `CatalogueError` when several sources bring ratings
    and none was named."""
    found: list[Step] = []
    if wanted.posters is not None:
        found.append(PostersFolder(wanted.posters, known=wanted.known_posters))
    if (ratings := _ratings(sources, wanted)) is not None:
        found.append(ratings)
    for path in [wanted.reviews] if wanted.reviews else _reviews(sources):
        from index.reviews import ReviewsFile

        found.append(ReviewsFile(path))
    if wanted.topics:
        from index.topics import Topics

        found.append(Topics())
    return found


def fingerprint(known: Enriched, steps: Sequence[Step]) -> str:
    """A hash of the films, of their vectors and of the steps' names: what is built of the same is the same."""
    digest = hashlib.sha256()
    digest.update(json.dumps([[film_row(film) for film in known.films], [step.name for step in steps]]).encode())
    for vectors in (known.looks, known.items):
        if vectors is not None:
            digest.update(json.dumps(vectors.movie_ids).encode())
            digest.update(vectors.vectors.tobytes())
    return digest.hexdigest()


def _ratings(sources: Sequence[FilmSource], wanted: Ingredients) -> RatingsFile | None:
    if wanted.ratings is not None:
        beside = wanted.ratings / "links.csv" if wanted.ratings.is_dir() else None
        links = wanted.links or (beside if beside is not None and beside.is_file() else None)
        return RatingsFile(wanted.ratings, links=links)
    files = [path for source in sources if (path := getattr(source, "ratings_file", None)) is not None]
    if len(files) > 1:
        raise CatalogueError(f"{len(files)} sources bring ratings; say with --ratings which count")
    return RatingsFile(files[0]) if files else None


def _reviews(sources: Sequence[FilmSource]) -> list[Path]:
    folders = [source.folder for source in sources if isinstance(source, JsonLinesFolder)]
    return [folder / _REVIEWS for folder in folders if (folder / _REVIEWS).is_file()]
