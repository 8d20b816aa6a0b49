"""The client's key: read from an environment variable, sent with each request, and nowhere else to be seen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from index.sources.tmdb.errors import KeyRefusedError

#: How a key is named: never the key itself.
REFERENCE = re.compile(r"^env:([A-Z][A-Z0-9_]*)$")
_HIDDEN = "[key]"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key (v3, sent as a parameter) or an API read access token (v4, sent as a header), told apart by form."""

    secret: str = field(repr=False)

    @property
    def is_token(self) -> bool:
        """Whether it is a v4 token: three parts with dots between, as a JSON Web Token has."""
        return self.secret.count(".") == 2

    def hide(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self.secret, _HIDDEN)


def read_key(reference: str, environment: Mapping[str, str]) -> Key:
    """The key that `env:NAME` refers to. Raises `KeyRefusedError` for another form and for an empty variable."""
    named = REFERENCE.match(reference)
    if named is None:
        # What was given may be a key, so it is not repeated.
        raise KeyRefusedError("the key is given as env:NAME, and the key itself stands in that environment variable")
    secret = environment.get(named[1], "").strip()
    if not secret:
        raise KeyRefusedError(
            f"{named[1]} is empty: put your TMDB API key or read access token there "
            "(themoviedb.org, account settings, API)"
        )
    if not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", secret):
        raise KeyRefusedError(f"{named[1]} holds characters that no TMDB key has")
    return Key(secret)


class SigningTransport(httpx.BaseTransport):
    """Adds the key below the client, so that no log, error or history of the client holds it."""

    def __init__(self, key: Key, inner: httpx.BaseTransport) -> None:
        self._key, self._inner = key, inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, headers = request.url, request.headers.copy()
        if self._key.is_token:
            headers["Authorization"] = f"Bearer {self._key.secret}"
        else:
            url = url.copy_merge_params({"api_key": self._key.secret})
        signed = httpx.Request(
            request.method, url, headers=headers, stream=request.stream, extensions=request.extensions
        )
        return self._inner.handle_request(signed)

    def close(self) -> None:
        self._inner.close()
