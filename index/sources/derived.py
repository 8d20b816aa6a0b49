"""Figures that were measured of a source's films, kept beside them in files of their own: one JSON object a line with
a movie_id and the figures' names."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from index.errors import CatalogueError
from index.film import Film

#: The figures that may be derived.
FIGURES = frozenset(
    {
        "lightness",
        "colourfulness",
        "warmth",
        "vintage",
        "dark_moody",
        "bright_colourful",
        "sentiment",
        "reviews",
        "topics",
        "popularity",
    }
)


def read_figures(folder: Path) -> dict[str, dict[str, float]]:
    """The figures by movie_id from every `*.jsonl` file in the folder; none when there is no such folder.

    Raises `CatalogueError` for a line that is not of this form.
    """
    found: dict[str, dict[str, float]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row: dict[str, float] = json.loads(line)
                movie_id = str(row.pop("movie_id"))
            except (ValueError, KeyError, AttributeError) as error:
                raise CatalogueError(f"{path.name}:{number}: not an object with a movie_id") from error
            if unknown := set(row) - FIGURES:
                raise CatalogueError(f"{path.name}:{number}: unknown figures {', '.join(sorted(unknown))}")
            found.setdefault(movie_id, {}).update(row)
    return found


def with_figures(films: Iterable[Film], figures: Mapping[str, Mapping[str, float]]) -> Iterator[Film]:
    """The films with their figures put in."""
    for film in films:
        known = figures.get(film.movie_id)
        yield replace(film, **known) if known else film  # type: ignore[arg-type]


def write_figures(path: Path, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Writes the figures, a line a film, in order of movie_id."""
    rows = ({"movie_id": movie_id, **figures[movie_id]} for movie_id in sorted(figures))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
