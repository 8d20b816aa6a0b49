"""From ratings to what is served: item vectors of a catalogue's films, and how well known each film is."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from index.film import Film, MovieId
from index.ratings.ease import MOST_ROWS, Ease, EaseConfig
from index.ratings.elsa import Elsa, ElsaConfig
from index.ratings.histories import Histories
from index.ratings.table import Figures, Ids, Ratings, RatingsError
from index.ratings.vector_model import VectorModel

#: Numbers a film: with 128 the starter films' likenesses correlate by .998 with the full model's, with 64 by .965.
DIMENSION = 128
#: Up to so many rated films their likenesses are held whole and the diagonal is left free; above, the model's own
#: factors are cut off. There, nDCG@10 on MovieLens latest-small is .342 with 128 numbers a film, .354 with 384, .358
#: with 512 and .358 with all of them.
MOST_WHOLE = 1_500
DIMENSION_OF_MANY = 512
#: Cells of a table of people by films above which EASE does not fit into memory (4 bytes each).
_MOST_CELLS = 500_000_000
#: The form of EASE whose weights are symmetric, as item vectors need; the rest as `Hybrid` starts from.
VECTOR_FORM = EaseConfig(dropout=0.3, activity_power=0.25, stars_share=0.5, diagonal_power=0.0)


@dataclass(frozen=True, slots=True)
class Links:
    """Which film of other catalogues a rated film is, by the id that the ratings use."""

    imdb: Mapping[str, str]
    tmdb: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RatedFilms:
    """Films of a catalogue that were rated: `movie_ids` (a,), their `rows` (a,) int64 among the ratings' films, their
    `vectors` (a, d) float32, their `popularity` (a,) float32 in [0, 1], and the model's name."""

    movie_ids: tuple[MovieId, ...]
    rows: Ids
    vectors: Figures
    popularity: Figures
    model: str


def read_links(path: Path) -> Links:
    """The links of a CSV file movieId,imdbId[,tmdbId], as MovieLens has it. Raises `RatingsError` for another."""
    imdb: dict[str, str] = {}
    tmdb: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                film_id = row["movieId"].strip()
                if digits := row["imdbId"].strip().removeprefix("tt"):
                    imdb[film_id] = f"tt{int(digits):07d}"
                if number := (row.get("tmdbId") or "").strip():
                    tmdb[film_id] = int(float(number))
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError, AttributeError) as error:
        raise RatingsError(f"{path}: not a CSV file of movieId,imdbId ({error})") from error
    return Links(imdb, tmdb)


def rated_rows(ratings: Ratings, films: Sequence[Film], links: Links | None) -> dict[MovieId, int]:
    """The position among the ratings' films of each film that was rated: by IMDb id, else by TMDB id, through the
    links; by movie_id without links. Raises `RatingsError` when no film is found."""
    if links is None:
        row_of = {film_id: row for row, film_id in enumerate(ratings.films)}
        found = {film.movie_id: row_of[film.movie_id] for film in films if film.movie_id in row_of}
    else:
        by_imdb = {links.imdb[film_id]: row for row, film_id in enumerate(ratings.films) if film_id in links.imdb}
        by_tmdb = {links.tmdb[film_id]: row for row, film_id in enumerate(ratings.films) if film_id in links.tmdb}
        found = {}
        for film in films:
            row = by_imdb.get(film.imdb_id or "")
            row = by_tmdb.get(film.tmdb_id or 0) if row is None else row
            if row is not None:
                found[film.movie_id] = row
    if not found:
        remedy = "check --links" if links else "give --links, or ratings by movie_id"
        raise RatingsError(f"none of {len(films)} films has a rating; {remedy}")
    return found


def rated_films(
    ratings: Ratings, films: Sequence[Film], *, links: Links | None = None, dimension: int | None = None
) -> RatedFilms:
    """The item vectors and the popularity of those films that were rated, learned from all ratings.

    EASE where people and films are few enough for it, ELSA above (needs torch). `dimension` numbers a film at most; as
    many as their number asks for if None. Raises `RatingsError` when no film was rated or torch is missing.
    """
    rows_of = rated_rows(ratings, films, links)
    rows = np.array(list(rows_of.values()), dtype=np.int64)
    histories = Histories.of(ratings)
    model, name = _model(histories)
    return RatedFilms(
        movie_ids=tuple(rows_of),
        rows=rows,
        vectors=_vectors(model, rows, dimension=dimension),
        popularity=popularity(ratings)[rows],
        model=name,
    )


def _model(histories: Histories) -> tuple[Ease | Elsa, str]:
    if min(len(histories), histories.n) <= MOST_ROWS and len(histories) * histories.n <= _MOST_CELLS:
        return Ease.fit(histories, VECTOR_FORM), f"EASE {_settings(asdict(VECTOR_FORM))}"
    config = replace(ElsaConfig(), dimension=256)
    try:
        return Elsa.fit(histories, config), f"ELSA {_settings(asdict(config))}"
    except ModuleNotFoundError as error:
        raise RatingsError(f"so many ratings need ELSA, and {error.name} for it; run `make env-build`") from error


def _vectors(model: Ease | Elsa, rows: Ids, *, dimension: int | None) -> Figures:
    if len(rows) <= MOST_WHOLE:
        return vectors_of(model.likeness(rows), dimension=dimension or DIMENSION)
    if isinstance(model, Ease):
        return VectorModel.of(model, dimension=dimension or DIMENSION_OF_MANY).vectors[rows]
    return model.vectors[rows]


def _settings(figures: Mapping[str, float]) -> str:
    return " ".join(f"{name}={figure}" for name, figure in figures.items())


def vectors_of(likeness: Figures, *, dimension: int) -> Figures:
    """Vectors (a, at most d) float32 whose products come nearest to the likenesses (a, a) off the diagonal.

    The diagonal is free: it starts at each row's largest other figure and is then set to what the vectors of the round
    before give, twenty times (principal factors).
    """
    target = likeness.astype(np.float64)
    np.fill_diagonal(target, 0.0)
    diagonal = np.abs(target).max(axis=1)
    vectors = np.zeros((len(target), 0))
    for _ in range(20):
        np.fill_diagonal(target, diagonal)
        values, directions = np.linalg.eigh(target)
        kept = np.argsort(-values)[:dimension]
        kept = kept[values[kept] > 0]
        vectors = directions[:, kept] * np.sqrt(values[kept])
        diagonal = np.einsum("ad,ad->a", vectors, vectors)
    # float16 holds steps of 6e-8 at least: at a largest length of 1 nothing is lost that ranks films.
    return (vectors / max(float(np.sqrt(diagonal.max(initial=0.0))), 1e-12)).astype(np.float32)


def popularity(ratings: Ratings) -> Figures:
    """How well known each film is, (n,) float32 in [0, 1]: the logarithm of its number of ratings over the largest."""
    logs = np.log1p(ratings.counts())
    return np.asarray(logs / max(float(logs.max()), 1e-12), dtype=np.float32)


def popularity_figures(rated: RatedFilms) -> dict[str, dict[str, float]]:
    """The popularity as figures for `index.sources.derived.write_figures`."""
    pairs = zip(rated.movie_ids, rated.popularity, strict=True)
    return {movie_id: {"popularity": round(float(figure), 4)} for movie_id, figure in pairs}
