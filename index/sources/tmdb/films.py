"""From an answer to a film: facts as TMDB has them, in our words; what it does not know stays unknown."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.film import Film, parse_film
from index.sources.closed_words import UnknownWordError, known_words
from index.sources.mapping.cells import imdb_id_of
from index.sources.places import country_code, language_code
from index.sources.tmdb.answers import ImageSettings, MovieDetails, Video
from index.sources.tmdb.releases import certification_of

#: Billed cast and keywords that a film keeps.
MOST_CAST, MOST_KEYWORDS = 10, 30
#: Longer ones are art installations, which no film's record holds.
MOST_MINUTES = 2_000
#: The width of posters: a card is 300 to 400 pixels wide on a screen of two pixels a point.
POSTER_SIZE = "w500"
#: What TMDB calls a genre and is none of a film's kind.
_NO_GENRES = frozenset({"TV Movie", "Foreign", "Indie", "Short", "Eastern"})
_YEAR = re.compile(r"^(\d{4})-\d{2}-\d{2}$")
_POSTER = re.compile(r"^/[\w.-]+$")
_YOUTUBE_KEY = re.compile(r"^[\w-]{6,20}$")
#: TMDB's code for films in which nobody speaks.
_NO_LANGUAGE = "xx"


def movie_id(tmdb_id: int) -> str:
    """The film's id in a catalogue: MovieLens numbers its films too, so a bare number would be ambiguous."""
    return f"tmdb-{tmdb_id}"


def film_of(details: MovieDetails, images: ImageSettings) -> Film:
    """The film. Raises `pydantic.ValidationError` where it is none."""
    countries = _codes((one.iso_3166_1 for one in details.production_countries), country_code)
    origin = _codes(details.origin_country, country_code) or countries
    certification, original = certification_of(details.release_dates.results, origin=origin)
    spoken = (one.iso_639_1 for one in details.spoken_languages)
    row: dict[str, Any] = {
        "movie_id": movie_id(details.id),
        "title": details.title.strip(),
        "original_title": details.original_title if details.original_title != details.title else None,
        "year": int(found[1]) if (found := _YEAR.match(details.release_date)) else None,
        "directors": _unique(one.name for one in details.credits.crew if one.job == "Director"),
        "cast": _unique(one.name for one in sorted(details.credits.cast, key=lambda one: one.order))[:MOST_CAST],
        "genres": _genres(one.name for one in details.genres),
        "countries": countries,
        "languages": _codes((details.original_language, *spoken), language_code),
        "runtime_min": details.runtime if 0 < (details.runtime or 0) <= MOST_MINUTES else None,
        "certification": certification,
        "certification_original": original,
        "imdb_id": imdb_id_of(details.imdb_id) if details.imdb_id else None,
        "tmdb_id": details.id,
        "keywords": _unique(one.name for one in details.keywords.keywords)[:MOST_KEYWORDS],
        "synopsis": " ".join(details.overview.split()),
        "poster_url": _poster_url(details, images),
        "trailer_url": _trailer_url(details.videos.results),
    }
    return parse_film({name: found for name, found in row.items() if found not in (None, "")})


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for name in names if (word := " ".join(name.split()))))


def _genres(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        if name and name not in _NO_GENRES:
            try:
                found.update(dict.fromkeys(known_words("genres", name)))
            except UnknownWordError:
                continue  # TMDB may add a genre: the film is still a film
    return tuple(found)


def _codes(said: Iterable[str], code_of: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in said:
        if word and word != _NO_LANGUAGE:
            try:
                found[code_of(word)] = None
            except UnknownWordError:
                continue
    return tuple(found)


def _poster_url(details: MovieDetails, images: ImageSettings) -> str | None:
    by_language: Mapping[str, str] = {}
    for poster in reversed(details.images.posters):
        by_language = {**by_language, poster.iso_639_1: poster.file_path}
    path = details.poster_path or by_language.get("en") or by_language.get("") or ""
    if not _POSTER.match(path):
        return None
    size = POSTER_SIZE if POSTER_SIZE in images.poster_sizes else "original"
    return f"{images.secure_base_url.rstrip('/')}/{size}{path}"


def _trailer_url(videos: Iterable[Video]) -> str | None:
    trailers = [
        video
        for video in videos
        if video.site == "YouTube" and video.type in {"Trailer", "Teaser"} and _YOUTUBE_KEY.match(video.key)
    ]
    best = min(trailers, key=lambda video: (video.type != "Trailer", not video.official), default=None)
    return f"https://www.youtube.com/watch?v={best.key}" if best else None
