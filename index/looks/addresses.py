"""Posters by their address: downloaded once into a folder, with a limit on time, tries and size."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import stamina

from index.looks.errors import LooksError, PictureError

#: A poster of more bytes is refused; at the 500 pixels' width that catalogues link to, one has about 100,000.
MOST_BYTES = 10_000_000
#: Redirects that are followed, each only to http or https.
MOST_REDIRECTS = 5
_SCHEMES = ("http", "https")
#: Answers after which the same request may still succeed.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

Progress = Callable[[int, int], None]
"""Called with (addresses done, addresses)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a download may take: `timeout_s` for each step of a try, `tries` in all, with growing pauses between
    from `pause_s`."""

    timeout_s: float = 10.0
    tries: int = 3
    pause_s: float = 0.5


class _TryAgain(Exception):
    """An answer that may be another one in a moment."""


def download_posters(
    addresses: Mapping[str, str],
    folder: Path,
    *,
    client: httpx.Client,
    patience: Patience | None = None,
    progress: Progress = lambda _done, _of: None,
) -> tuple[dict[str, Path], list[str]]:
    """The files of the posters by the same ids, and why others are missing. A file that is there is not asked for
    again. Raises `LooksError` when the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}
    faults: list[str] = []
    progress(0, len(addresses))
    for done, (name, address) in enumerate(addresses.items(), start=1):
        path = folder / hashlib.sha256(address.encode()).hexdigest()
        try:
            if not path.is_file():
                _keep(fetch(address, client=client, patience=patience or Patience()), path)
            files[name] = path
        except PictureError as error:
            faults.append(f"{name}: {error}")
        progress(done, len(addresses))
    return files, faults


def fetch(address: str, *, client: httpx.Client, patience: Patience) -> bytes:
    """What lies at an http or https address. Passing faults (no connection, 429, 5xx) are tried again.

    Raises `PictureError` when it cannot be had, is too large or another scheme is asked for, also by a redirect.
    """
    try:
        for attempt in stamina.retry_context(
            on=(_TryAgain, httpx.TransportError),
            attempts=patience.tries,
            wait_initial=patience.pause_s,
            timeout=None,
        ):
            with attempt:
                return _once(address, client, patience.timeout_s)
    except _TryAgain as error:
        raise PictureError(f"{address} answered {error}, {patience.tries} times") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise PictureError(f"{address} cannot be reached: {error or type(error).__name__}") from error
    raise PictureError(f"{address} was not tried")


def _once(address: str, client: httpx.Client, timeout_s: float) -> bytes:
    for _ in range(MOST_REDIRECTS + 1):
        if httpx.URL(address).scheme not in _SCHEMES:
            raise PictureError(f"{address} is no http or https address")
        with client.stream("GET", address, timeout=timeout_s, follow_redirects=False) as answer:
            if answer.has_redirect_location:
                address = str(answer.url.join(answer.headers["location"]))
                continue
            if answer.status_code in _PASSING:
                raise _TryAgain(answer.status_code)
            if not answer.is_success:
                raise PictureError(f"{address} answered {answer.status_code}")
            return _within_limit(answer, address)
    raise PictureError(f"{address} redirects more than {MOST_REDIRECTS} times")


def _within_limit(answer: httpx.Response, address: str) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > MOST_BYTES:
            raise PictureError(f"{address} is larger than {MOST_BYTES:,} bytes")
    return bytes(content)


def _keep(content: bytes, path: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
    except OSError as error:
        raise LooksError(f"cannot write {path} ({error.strerror}); free space or set MATINEE_STATE_DIR") from error
