"""Films from TMDB's API, version 3, with the client's own key: fetched into a folder that `matinee index build` reads.

cli ─▶ fetching ─▶ wanted   which films: discover or a list of ids
                ├▶ api ─▶ kept, key, pace     one answer: cached, signed, tried again
                ├▶ films ─▶ answers           from an answer to a film
                └▶ folder                     films.jsonl, reviews.csv, ATTRIBUTION.md
"""

from index.sources.tmdb.api import Api, Patience
from index.sources.tmdb.errors import AnswerError, KeyRefusedError, TmdbError, UnreachableError
from index.sources.tmdb.fetching import Fetched, fetch
from index.sources.tmdb.key import Key, read_key
from index.sources.tmdb.wanted import Discover, read_ids

__all__ = [
    "AnswerError",
    "Api",
    "Discover",
    "Fetched",
    "Key",
    "KeyRefusedError",
    "Patience",
    "TmdbError",
    "UnreachableError",
    "fetch",
    "read_ids",
    "read_key",
]
