"""Posters' paths by film, in one small file; and films with the addresses that these make."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

from index.errors import CatalogueError
from index.film import Film

#: The folder beside a catalogue's films, and its file.
FOLDER, ADDRESSES = "posters", "addresses.json"
#: Where TMDB serves posters, 342 pixels wide: one of its `poster_sizes` (developer.themoviedb.org, "Image Basics"),
#: enough for a card, at about half the pixels of w500.
POSTER_BASE = "https://image.tmdb.org/t/p/w342"
#: As TMDB writes paths of pictures: no folder, and nothing that would lead elsewhere.
PosterPath = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9_-]+\.(jpg|png|webp)$")]

_PATHS: TypeAdapter[dict[str, PosterPath]] = TypeAdapter(dict[str, PosterPath])


def read_addresses(folder: Path) -> dict[str, str]:
    """The address of each film's poster by movie_id; none where the folder has no such file. Raises `CatalogueError`
    for another form."""
    file = folder / ADDRESSES
    if not file.is_file():
        return {}
    try:
        paths = _PATHS.validate_json(file.read_bytes())
    except ValidationError as error:
        raise CatalogueError(f"{file}: not paths of posters by movie_id: {error}") from error
    return {movie_id: POSTER_BASE + path for movie_id, path in paths.items()}


def with_addresses(films: Iterable[Film], addresses: Mapping[str, str]) -> Iterator[Film]:
    """The films with the address of their poster put in; a film's own stays."""
    for film in films:
        known = addresses.get(film.movie_id)
        yield replace(film, poster_url=known) if known and not film.poster_url else film


def write_addresses(folder: Path, paths: Mapping[str, str]) -> None:
    """Writes the paths, a line a film, in order of movie_id."""
    text = json.dumps(paths, indent=0, sort_keys=True)
    (folder / ADDRESSES).write_text(text + "\n", encoding="utf-8")
