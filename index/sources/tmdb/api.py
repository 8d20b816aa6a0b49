"""One answer of the API: kept, or asked for with patience, and parsed at once."""

import email.utils
import json
import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import httpx
import stamina
from pydantic import BaseModel, ValidationError

from index.sources.tmdb.errors import AnswerError, KeyRefusedError, TmdbError, UnreachableError
from index.sources.tmdb.kept import KeptAnswers
from index.sources.tmdb.key import Key, SigningTransport
from index.sources.tmdb.pace import Pace

API_URL = "https://api.themoviedb.org/3"
#: TMDB asks to stay below about 40 requests a second (developer.themoviedb.org/docs/rate-limiting).
MOST_PER_S = 30.0
#: An answer with all that we append is about 250,000 bytes.
_MOST_BYTES = 20_000_000
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_REFUSED = frozenset({401, 403})
#: Answers after which the same request may still succeed.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one answer may take: `timeout_s` for each step of a try, `whole_s` for a try, `tries` in all with
    growing pauses from `pause_s` to `longest_pause_s` between; a longer pause that TMDB asks for ends the run."""

    timeout_s: float = 10.0
    whole_s: float = 60.0
    tries: int = 6
    pause_s: float = 0.5
    longest_pause_s: float = 60.0


class _TryAgain(Exception):
    """An answer that may be another one in a moment; `pause_s` is what the other side asked for, if it did."""

    def __init__(self, said: str, *, status: int | None = None, pause_s: float | None = None) -> None:
        super().__init__(said)
        self.status, self.pause_s = status, pause_s


class Api:
    """The API at `url`, for several threads. Closed by `close`.

    Raises `TmdbError` for an address that would carry the key in the clear.
    """

    def __init__(
        self,
        key: Key,
        kept: KeptAnswers,
        *,
        url: str = API_URL,
        pace: Pace | None = None,
        patience: Patience | None = None,
    ) -> None:
        parts = urlsplit(url)
        if not parts.hostname or (parts.scheme != "https" and parts.hostname not in _LOOPBACK):
            raise TmdbError(f"{url} is no https address; the key would travel in the clear")
        self._url, self._key, self._kept = url.rstrip("/"), key, kept
        self._pace = pace or Pace(MOST_PER_S)
        self._patience = patience or Patience()
        transport = SigningTransport(key, httpx.HTTPTransport(limits=httpx.Limits(max_connections=64)))
        self._http = httpx.Client(transport=transport, timeout=self._patience.timeout_s, follow_redirects=False)
        #: Answers that came over the network, and those that were kept.
        self.asked, self.reused = 0, 0
        self._counting = threading.Lock()

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, form: type[Form], *, age_days: float, **parameters: str | int) -> Form:
        """The answer at a path, not older than so many days.

        Raises `KeyRefusedError`, `UnreachableError`, and `AnswerError` for this answer alone.
        """
        query = urlencode(sorted(parameters.items()))
        address = f"{self._url}{path}" + (f"?{query}" if query else "")
        if (kept := self._kept.read(address, age_days=age_days)) is not None:
            try:
                answer = form.model_validate_json(kept)
            except ValidationError:
                pass  # kept by another version: asked for again
            else:
                with self._counting:
                    self.reused += 1
                return answer
        answer = self._parsed(self._asked(address), form)
        self._kept.write(address, self._key.hide(answer.model_dump_json()))
        with self._counting:
            self.asked += 1
        return answer

    def _parsed(self, text: str, form: type[Form]) -> Form:
        try:
            return form.model_validate_json(text)
        except ValidationError as error:
            faults = [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in error.errors()]
            raise AnswerError(self._key.hide("not of the documented form: " + "; ".join(faults[:5]))) from None

    def _asked(self, address: str) -> str:
        patience = self._patience
        try:
            for attempt in stamina.retry_context(
                on=_pause_before_next,
                attempts=patience.tries,
                timeout=None,
                wait_initial=patience.pause_s,
                wait_max=patience.longest_pause_s,
                wait_jitter=patience.pause_s,
            ):
                with attempt:
                    return self._once(address)
        except _TryAgain as error:
            said = f"{self._key.hide(str(error))}, {patience.tries} times"
            if error.status is None:
                raise UnreachableError(f"TMDB sends no whole answer ({said})") from None
            raise AnswerError(said, status=error.status) from None
        except httpx.RequestError as error:
            # Never the error's own chain: a request that it holds has travelled with the key.
            raise UnreachableError(
                f"{self._url} cannot be reached: {self._key.hide(str(error)) or type(error).__name__}. "
                "What was fetched is kept; mend the network and run the same command"
            ) from None
        raise AssertionError("the last attempt returns or raises")

    def _once(self, address: str) -> str:
        self._pace.wait()
        with self._http.stream("GET", address) as answer:
            status = answer.status_code
            text = self._body(answer)
            said = f"answered {status} {_message(text)}".strip()
            if status in _REFUSED:
                raise KeyRefusedError(f"TMDB does not take the key: {self._key.hide(said)}")
            if status in _PASSING:
                raise _TryAgain(said, status=status, pause_s=self._pause(answer.headers.get("Retry-After")))
            if status != httpx.codes.OK:
                raise AnswerError(self._key.hide(said), status=status)
        if not _is_json(text):
            raise _TryAgain("answered with broken JSON", status=status)
        return text

    def _body(self, answer: httpx.Response) -> str:
        content, until = bytearray(), time.monotonic() + self._patience.whole_s
        for part in answer.iter_bytes():
            content += part
            if len(content) > _MOST_BYTES:
                raise AnswerError(f"is larger than {_MOST_BYTES:,} bytes")
            if time.monotonic() > until:
                raise _TryAgain(f"took longer than {self._patience.whole_s:g} s")
        return content.decode("utf-8", errors="replace")

    def _pause(self, header: str | None) -> float | None:
        asked_s = retry_after_s(header, now=datetime.now(UTC))
        if asked_s is None:
            return None
        if asked_s > self._patience.longest_pause_s:
            raise UnreachableError(f"TMDB asks for a pause of {asked_s:.0f} s; run the same command after it")
        self._pace.hold(asked_s)
        return asked_s


def retry_after_s(header: str | None, *, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, in either of its forms (RFC 9110 §10.2.3); None for neither."""
    if header is None:
        return None
    try:
        return max(0.0, float(header)) if float(header) < float("inf") else None
    except ValueError:
        pass
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(header) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _pause_before_next(error: Exception) -> bool | float:
    """What stamina asks after a failed try: whether to try again, and after which pause, if not its own."""
    if isinstance(error, _TryAgain):
        # Threads that were told the same moment should not come back at the same moment.
        return True if error.pause_s is None else error.pause_s + random.uniform(0.0, 0.5)  # noqa: S311
    return isinstance(error, httpx.RequestError)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _message(text: str) -> str:
    try:
        return _Refusal.model_validate_json(text).status_message[:200]
    except ValidationError:
        return ""


class _Refusal(BaseModel):
    status_message: str = ""
