"""Which films are fetched: those that discover finds, or a list of ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import CatalogueError
from index.sources.closed_words import closest
from index.sources.tmdb.answers import Found, GenreList, Page
from index.sources.tmdb.api import Api
from index.sources.tmdb.errors import AnswerError, TmdbError

#: The API numbers pages from 1 to 500, of 20 films each.
MOST_PAGES, PAGE_FILMS = 500, 20
#: Lists change from day to day; the films on them much less.
LIST_AGE_DAYS = 1.0

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, of how many)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discover:
    """Filters of discover: years of first release, genres (all of them), original language as ISO 639-1, votes at
    least, and how many pages of 20 films, those with the most votes first."""

    year_from: int | None = None
    year_to: int | None = None
    genres: tuple[str, ...] = ()
    language: str | None = None
    min_votes: int = 0
    pages: int = 5

    def ids(self, api: Api, *, progress: Progress) -> list[int]:
        """The films' ids in order, each once. Raises `TmdbError`, also for a genre that TMDB does not have."""
        parameters: dict[str, str | int] = {
            "include_adult": "false",
            "include_video": "false",
            # Pages shift while they are read if the order is one that changes by the hour, as popularity does.
            "sort_by": "vote_count.desc",
        }
        if self.year_from is not None:
            parameters["primary_release_date.gte"] = f"{self.year_from}-01-01"
        if self.year_to is not None:
            parameters["primary_release_date.lte"] = f"{self.year_to}-12-31"
        if self.language:
            parameters["with_original_language"] = self.language
        if self.min_votes:
            parameters["vote_count.gte"] = self.min_votes
        if self.genres:
            parameters["with_genres"] = ",".join(str(self._genre_id(name, api)) for name in self.genres)
        found: dict[int, None] = {}
        last = min(self.pages, MOST_PAGES)
        number = 1
        while number <= last:
            page = self._page(api, number, parameters)
            found.update(dict.fromkeys(hit.id for hit in page.results))
            last = min(last, page.total_pages)
            progress("listing films", number, last)
            number += 1
        return list(found)

    def _page(self, api: Api, number: int, parameters: dict[str, str | int]) -> Page:
        try:
            return api.get("/discover/movie", Page, age_days=LIST_AGE_DAYS, page=number, **parameters)
        except AnswerError as error:
            raise TmdbError(f"page {number} of the list of films {error}; run the same command again") from error

    def _genre_id(self, name: str, api: Api) -> int:
        try:
            listed = api.get("/genre/movie/list", GenreList, age_days=LIST_AGE_DAYS)
        except AnswerError as error:
            raise TmdbError(f"the list of genres {error}") from error
        ids = {genre.name.casefold(): genre.id for genre in listed.genres}
        if name.casefold() not in ids:
            names = [genre.name for genre in listed.genres]
            near = closest(name, names)
            hint = f"the closest is {near!r}" if near else f"it has {', '.join(names)}"
            raise TmdbError(f"TMDB has no genre {name!r}; {hint}")
        return ids[name.casefold()]


def read_ids(path: Path) -> list[int | str]:
    """The ids in a text file, each once: one a line, TMDB's number or IMDb's "tt…"; what follows "#" is a remark.

    Raises `CatalogueError` with every other line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    found: dict[int | str, None] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        word = line.partition("#")[0].strip()
        if not word:
            continue
        if word.isascii() and word.isdigit() and int(word) > 0:
            found[int(word)] = None
        elif word.startswith("tt") and word[2:].isascii() and word[2:].isdigit():
            found[word] = None
        else:
            faults.append(f"{path.name}:{number}: {word!r} is no TMDB id (607) and no IMDb id (tt0119654)")
    if faults:
        raise CatalogueError("\n".join(faults))
    if not found:
        raise CatalogueError(f"{path.name}: holds no id")
    return list(found)


def tmdb_ids(
    wanted: Sequence[int | str], api: Api, *, age_days: float, progress: Progress
) -> tuple[list[int], dict[str, str]]:
    """The TMDB ids of the wanted films, each once, and why others are missing, by id."""
    found: dict[int, None] = {}
    missing: dict[str, str] = {}
    for done, one in enumerate(wanted, start=1):
        if isinstance(one, int):
            found[one] = None
            continue
        try:
            answer = api.get(f"/find/{one}", Found, age_days=age_days, external_source="imdb_id")
        except AnswerError as error:
            missing[one] = str(error)
        else:
            if answer.movie_results:
                found[answer.movie_results[0].id] = None
            else:
                missing[one] = "TMDB knows no film of this IMDb id"
        progress("looking up IMDb ids", done, len(wanted))
    return list(found), missing
