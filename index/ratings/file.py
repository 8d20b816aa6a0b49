"""A ratings CSV as a measurement: item vectors of a catalogue's films, and how well known each of them is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.enrich import Enriched, Tell
from index.film import Film
from index.ratings.build import popularity_figures, rated_films, read_links
from index.ratings.table import MOVIELENS_RATINGS, read_ratings
from index.ratings.vectors import ItemVectors, usual_score
from index.sources.derived import with_figures

_STEPS = 3


class RatingsFile:
    """The ratings of a CSV file or of a MovieLens folder; a measurement (`index.enrich`).

    Films are found by movie_id, or where `links` are given (a CSV of movieId, imdbId and tmdbId) by those ids.
    """

    def __init__(self, path: Path, *, links: Path | None = None) -> None:
        self.path, self.links = path, links
        folder = path if path.is_dir() else path.absolute().parent
        self.name = path.name if path.is_dir() or path.name != MOVIELENS_RATINGS else folder.name

    def measure(self, films: Sequence[Film], *, tell: Tell) -> Enriched:
        """The films with their popularity, and their item vectors. Raises `RatingsError` with the faults of the file,
        and when it rates none of the films."""
        tell("reading ratings", 0, _STEPS)
        table = read_ratings(self.path)
        links = read_links(self.links) if self.links else None
        tell("learning from ratings", 1, _STEPS)
        rated = rated_films(table, films, links=links)
        tell("learning from ratings", 2, _STEPS)
        items = ItemVectors(
            movie_ids=rated.movie_ids,
            vectors=rated.vectors,
            known=np.ones(len(rated.movie_ids), dtype=np.bool_),
            usual=usual_score(rated.vectors),
            model=rated.model,
            source=self.name,
            ratings=len(table),
        )
        found = tuple(with_figures(films, popularity_figures(rated)))
        tell("learning from ratings", _STEPS, _STEPS)
        return Enriched(found, items=items)
