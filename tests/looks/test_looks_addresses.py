"""Posters by address, from a server that also misbehaves."""

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from index.looks.addresses import MOST_BYTES, Patience, download_posters, fetch
from index.looks.errors import PictureError

QUICK = Patience(timeout_s=0.3, tries=3, pause_s=0.01)
POSTER = b"a poster" * 1000


class Peer(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    asked: Counter[str]

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        if self.path == "/slow":
            time.sleep(1)
        status = {"/missing": 404, "/down": 503, "/busy": 429}.get(self.path, 200)
        if self.path == "/once-down" and self.asked[self.path] == 1:
            status = 500
        if self.path in ("/moved", "/round", "/to-a-file"):
            status = 302
        self.send_response(status)
        target = {"/moved": "poster.jpg", "/round": "/round", "/to-a-file": "file:///etc/hostname"}.get(self.path)
        if target:
            self.send_header("location", target)
        content = bytes(MOST_BYTES + 1) if self.path == "/large" else POSTER
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content[:100] if self.path == "/cut-short" else content)

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@pytest.fixture
def peer() -> Iterator[str]:
    Peer.asked = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def download(peer: str, path: str, folder: Path, client: httpx.Client) -> tuple[dict[str, Path], list[str]]:
    address = path if "://" in path else peer + path
    return download_posters({"tt1": address}, folder, client=client, patience=QUICK)


@pytest.mark.parametrize("path", ["/poster.jpg", "/once-down", "/moved"])
def test_a_poster_is_fetched_once(peer: str, client: httpx.Client, tmp_path: Path, path: str) -> None:
    files, faults = download(peer, path, tmp_path / "posters", client)
    assert files["tt1"].read_bytes() == POSTER
    assert faults == []
    before = Peer.asked.total()
    assert download(peer, path, tmp_path / "posters", client) == (files, [])
    assert Peer.asked.total() == before


@pytest.mark.parametrize(
    ("path", "tries", "why"),
    [
        ("/missing", 1, "404"),
        ("/down", 3, "503, 3 times"),
        ("/busy", 3, "429, 3 times"),
        ("/slow", 3, "cannot be reached"),
        ("/cut-short", 3, "cannot be reached"),
        ("/large", 1, "larger than"),
        ("/round", 6, "redirects"),
        ("/to-a-file", 1, "no http or https"),
    ],
)
def test_what_cannot_be_had_is_told(peer: str, client: httpx.Client, path: str, tries: int, why: str) -> None:
    with pytest.raises(PictureError, match=why):
        fetch(peer + path, client=client, patience=QUICK)
    assert Peer.asked[path] == tries


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://127.0.0.1/a.jpg", "poster.jpg", "http://[::1", "http://"]
)
def test_only_web_addresses_are_asked(client: httpx.Client, tmp_path: Path, address: str) -> None:
    files, faults = download_posters({"tt1": address}, tmp_path, client=client, patience=QUICK)
    assert files == {}
    assert len(faults) == 1


def test_one_fault_stops_no_other_poster(peer: str, client: httpx.Client, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    wanted = {"tt1": f"{peer}/missing", "tt2": f"{peer}/poster.jpg"}
    files, faults = download_posters(
        wanted, tmp_path, client=client, patience=QUICK, progress=lambda *step: steps.append(step)
    )
    assert list(files) == ["tt2"]
    assert faults == [f"tt1: {peer}/missing answered 404"]
    assert list(tmp_path.iterdir()) == list(files.values())
    assert steps == [(0, 2), (1, 2), (2, 2)]
