"""Whom a poster is credited to, by the host that serves it."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

#: Hosts of pictures whose owners ask to be named wherever these are shown, and their names.
#: TMDB: https://www.themoviedb.org/about/logos-attribution and its API terms of use.
_CREDITED: Mapping[str, str] = MappingProxyType({"image.tmdb.org": "TMDB"})


def poster_credit(poster_url: str | None) -> str | None:
    """The name to show with the poster; None where there is no poster, or its host asks for none."""
    if poster_url is None:
        return None
    try:
        return _CREDITED.get(urlsplit(poster_url).hostname or "")
    except ValueError:  # an address from a client's file need not be one
        return None
