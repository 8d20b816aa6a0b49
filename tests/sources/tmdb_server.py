"""A small server that speaks as TMDB's API version 3 does, and misbehaves when told to."""

import json
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXRpbmVlIn0.c2lnbmF0dXJl"
_REFUSED = {"success": False, "status_code": 7, "status_message": "Invalid API key: You must be granted a valid key."}
_MISSING = {"success": False, "status_code": 34, "status_message": "The resource you requested could not be found."}
#: Far more than anything takes here, also on a busy machine.
_LATE_S = 120.0

CONFIGURATION = {
    "images": {
        "base_url": "http://image.example.org/t/p/",
        "secure_base_url": "https://image.example.org/t/p/",
        "poster_sizes": ["w92", "w342", "w500", "original"],
    }
}
GENRES = {"genres": [{"id": 28, "name": "Action"}, {"id": 35, "name": "Comedy"}, {"id": 18, "name": "Drama"}]}


def movie(tmdb_id: int, **changed: Any) -> dict[str, Any]:
    """A film's details with all that can be appended, in the form of the API."""
    return {
        "adult": False,
        "id": tmdb_id,
        "imdb_id": f"tt{tmdb_id:07d}",
        "title": f"Film {tmdb_id}",
        "original_title": f"Film {tmdb_id}",
        "original_language": "en",
        "overview": f"A lighthouse keeper counts to {tmdb_id}.",
        "release_date": "1999-10-12",
        "runtime": 100,
        "poster_path": f"/poster{tmdb_id}.jpg",
        "vote_count": 10 * tmdb_id,
        "genres": [{"id": 18, "name": "Drama"}],
        "origin_country": ["US"],
        "production_countries": [{"iso_3166_1": "US", "name": "United States of America"}],
        "spoken_languages": [{"english_name": "English", "iso_639_1": "en", "name": "English"}],
        "credits": {
            "cast": [{"name": "Second Billed", "order": 1}, {"name": "First Billed", "order": 0}],
            "crew": [{"name": "A. Writer", "job": "Writer"}, {"name": "A. Director", "job": "Director"}],
        },
        "keywords": {"keywords": [{"id": 1, "name": "lighthouse"}, {"id": 2, "name": "counting"}]},
        "release_dates": {"results": [releases("US", "PG-13")]},
        "reviews": {"page": 1, "results": [{"id": "a", "author": "x", "content": f"Steady.\nRead {tmdb_id} twice."}]},
        "images": {"posters": [{"file_path": "/other.jpg", "iso_639_1": "en"}]},
        "videos": {"results": [{"key": "abcdefghijk", "site": "YouTube", "type": "Trailer", "official": True}]},
        **changed,
    }


def releases(country: str, *certifications: str, kind: int = 3) -> dict[str, Any]:
    """A country's releases of one kind, one a certification."""
    dates = [
        {"certification": said, "release_date": "1999-10-15T00:00:00.000Z", "type": kind} for said in certifications
    ]
    return {"iso_3166_1": country, "release_dates": dates}


@dataclass(frozen=True, slots=True)
class Fault:
    """What one request gets instead of its answer: a status with headers and a body, half an answer, a connection that
    closes without a word, or nothing until the server ends."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    truncated: bool = False
    dropped: bool = False
    silent: bool = False


class TmdbServer:
    """Answers by path. `faults` are given out first, one a request; `asked` counts requests by path.

    With a `gate`, films past that many answers wait: `reached` says that so many are waiting.
    """

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = {"/configuration": CONFIGURATION, "/genre/movie/list": GENRES, **answers}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.asked: Counter[str] = Counter()
        self.queries: list[tuple[str, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.gate: int | None = None
        self._waiting = 0
        self._served = 0
        self._changed = threading.Condition()
        self.ended = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.block_on_close = False
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/3"

    @contextmanager
    def running(self) -> Iterator["TmdbServer"]:
        """Serves until the block ends."""
        thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.open_gate()
            self.ended.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()

    def close_gate(self, after: int) -> None:
        """Lets so many films through; the next ones wait."""
        with self._changed:
            self.gate, self._served = after, 0

    def open_gate(self) -> None:
        with self._changed:
            self.gate = None
            self._changed.notify_all()

    def reached(self, waiting: int) -> bool:
        """Whether, before long, so many requests wait at the gate."""
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting >= waiting, timeout=_LATE_S)

    def paths(self, start: str) -> dict[str, int]:
        """How often each path that begins so was asked for."""
        return {path: count for path, count in self.asked.items() if path.startswith(start)}

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        path = parts.path.removeprefix("/3")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._changed:
            self.asked[path] += 1
            self.queries.append((path, query))
            self.headers.append(dict(request.headers))
            fault = self.faults[path].popleft() if self.faults[path] else None
        if fault is not None:
            self._misbehave(request, fault, path)
            return
        if path.startswith("/movie/"):
            self._pass_gate()
        if query.get("api_key") != KEY and request.headers.get("Authorization") != f"Bearer {TOKEN}":
            _send(request, 401, json.dumps(_REFUSED))
            return
        answer = self.answers.get(f"{path}?page={query.get('page')}", self.answers.get(path))
        if answer is None:
            _send(request, 404, json.dumps(_MISSING))
        else:
            _send(request, 200, answer if isinstance(answer, str) else json.dumps(answer))

    def _misbehave(self, request: BaseHTTPRequestHandler, fault: Fault, path: str) -> None:
        if fault.silent:
            self.ended.wait(_LATE_S)
        if fault.silent or fault.dropped:
            request.close_connection = True
            request.connection.close()
            return
        body = fault.body
        if body is None:
            body = json.dumps(self.answers.get(path, _MISSING))
        _send(request, fault.status, body[: len(body) // 2] if fault.truncated else body, fault.headers)

    def _pass_gate(self) -> None:
        with self._changed:
            self._served += 1
            if self.gate is not None and self._served > self.gate:
                self._waiting += 1
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.gate is None, timeout=_LATE_S)
                self._waiting -= 1


def _send(request: BaseHTTPRequestHandler, status: int, body: str, headers: Mapping[str, str] | None = None) -> None:
    content = body.encode()
    try:
        request.send_response(status)
        for name, value in {"Content-Type": "application/json;charset=utf-8", **(headers or {})}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)
    except OSError:
        request.close_connection = True  # who asked has gone
