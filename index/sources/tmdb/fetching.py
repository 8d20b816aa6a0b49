"""Fetching: several films at once, each answer kept as soon as it is there, then the folder written in one go."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from index.film import Film
from index.sources.tmdb.answers import Configuration, MovieDetails
from index.sources.tmdb.api import Api
from index.sources.tmdb.errors import AnswerError, UnreachableError
from index.sources.tmdb.films import film_of
from index.sources.tmdb.folder import with_popularity, write_folder
from index.sources.tmdb.wanted import Discover, Progress, tmdb_ids

#: What is appended to a film's details, at most 20 (developer.themoviedb.org/docs/append-to-response).
APPENDED = "credits,keywords,release_dates,reviews,images,videos"
#: The language of titles and texts, and that of posters: ours or none.
LANGUAGE, IMAGE_LANGUAGES = "en-US", "en,null"
AT_ONCE = 6
#: Failed films in a row after which TMDB rather than the film is taken for the cause.
_MOST_FAILED = 8
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a run did. `absent` are films that TMDB does not have, marks as adult or knows too little of, `failed` those
    that may come with another run; both are "id: why"."""

    films: int
    reviews: int
    asked: int
    reused: int
    absent: tuple[str, ...]
    failed: tuple[str, ...]


def fetch(
    api: Api,
    folder: Path,
    wanted: Discover | Sequence[int | str],
    *,
    today: date,
    age_days: float,
    at_once: int = AT_ONCE,
    progress: Progress = lambda _what, _done, _of: None,
) -> Fetched:
    """Fetches the wanted films and writes them into the folder, in the order they were wanted.

    Raises `KeyRefusedError`, `UnreachableError` and other `TmdbError`s; answers that came until then are kept.
    """
    try:
        images = api.get("/configuration", Configuration, age_days=age_days).images
    except AnswerError as error:
        raise UnreachableError(f"TMDB's configuration {error}; check --api-url, or try again later") from error
    missing: dict[str, str] = {}
    if isinstance(wanted, Discover):
        ids = wanted.ids(api, progress=progress)
    else:
        ids, missing = tmdb_ids(wanted, api, age_days=age_days, progress=progress)
    run = _Run(api, ids, age_days=age_days, progress=progress)
    run.all(at_once)
    absent = [f"{one}: {why}" for one, why in missing.items()]
    failed: list[str] = []
    films: list[Film] = []
    details: list[MovieDetails] = []
    for one in ids:
        fault = run.faults.get(one)
        if fault is not None:
            (absent if fault.status == _NOT_FOUND else failed).append(f"{one}: {fault}")
            continue
        found = run.found[one]
        if found.adult:
            absent.append(f"{one} ({found.title}): marked as adult")
            continue
        try:
            films.append(film_of(found, images))
        except (ValidationError, ValueError) as error:
            absent.append(f"{one} ({found.title}): {_said(error)}")
        else:
            details.append(found)
    if films:
        films = with_popularity(films, [one.vote_count for one in details])
    reviews = write_folder(folder, films, details, today=today, age_days=age_days) if films else 0
    return Fetched(len(films), reviews, api.asked, api.reused, tuple(absent), tuple(failed))


class _Run:
    """The details of several films, a few at once."""

    def __init__(self, api: Api, ids: Sequence[int], *, age_days: float, progress: Progress) -> None:
        self._api, self._ids, self._age_days, self._progress = api, ids, age_days, progress
        self.found: dict[int, MovieDetails] = {}
        self.faults: dict[int, AnswerError] = {}
        self._failed_in_a_row = 0

    def all(self, at_once: int) -> None:
        """Gets every film or notes its fault. Raises what concerns more than one film."""
        waiting = iter(self._ids)
        with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="tmdb") as threads:
            running: dict[Future[MovieDetails], int] = {}
            try:
                while True:
                    # No more than can run: what is not begun yet needs no ending.
                    for one in waiting:
                        running[threads.submit(self._one, one)] = one
                        if len(running) >= at_once:
                            break
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._take(running.pop(future), future)
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise

    def _one(self, one: int) -> MovieDetails:
        return self._api.get(
            f"/movie/{one}",
            MovieDetails,
            age_days=self._age_days,
            append_to_response=APPENDED,
            language=LANGUAGE,
            include_image_language=IMAGE_LANGUAGES,
        )

    def _take(self, one: int, future: Future[MovieDetails]) -> None:
        try:
            self.found[one] = future.result()
        except AnswerError as error:
            self.faults[one] = error
            self._failed_in_a_row = 0 if error.status == _NOT_FOUND else self._failed_in_a_row + 1
            if self._failed_in_a_row >= _MOST_FAILED:
                raise UnreachableError(
                    f"{_MOST_FAILED} films in a row failed, the last one {one}: {error}. "
                    "What was fetched is kept; run the same command later"
                ) from error
        else:
            self._failed_in_a_row = 0
        self._progress("fetching films", len(self.found) + len(self.faults), len(self._ids))


def _said(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
    return str(error)
