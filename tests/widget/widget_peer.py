"""A small gateway for the widget alone: the real endpoints, canned turns, and the ways in which a network fails.

Words in a message choose how it is answered (the first time; a repeat under the same key is answered well):
`busy` 429, `fault` 500, `cut` the stream ends after one reply, `expired` 401, `slow` late, `nothing` an empty stream.
Run by hand: `python tests/widget/widget_peer.py PORT`.
"""

import json
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from widget_turns import BRIGHT, BY_WORD, turn

import bot
from bot.gateway.border import PAGE_POLICY
from bot.gateway.routes.personas import theme
from persona_configs import load_personas

_WIDGET = Path(bot.__file__).parent / "widget"
_PERSONAS = Path(bot.__file__).parent.parent / "persona_configs"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_HEAD = (
    '<!doctype html><html lang="en"{dir}><meta charset="utf-8"><title>Widget</title>'
    '<meta name="viewport" content="width=device-width"><link rel="icon" href="/widget/favicon.svg">{script}'
)
_SCRIPT = '<script type="module" src="{origin}/widget/matinee-chat.js"></script>'
SLOW_S = 1.5
WAIT_S = 2

_PAGES = {
    "/two.html": '<matinee-chat id="one" persona="lantern"></matinee-chat>'
    '<matinee-chat id="two" persona="lantern"></matinee-chat><matinee-chat persona="vibe"></matinee-chat>',
    "/launcher.html": '<h1>A page of a client</h1><matinee-chat persona="lantern" mode="launcher"></matinee-chat>',
    "/rtl.html": '<matinee-chat persona="vibe" strings=\'{"send":"أرسل","like":"أعجبني"}\'></matinee-chat>',
    "/local.html": '<matinee-chat persona="lantern" persist="local"></matinee-chat>',
    "/none.html": '<matinee-chat persona="lantern" persist="none"></matinee-chat>',
    "/nobody.html": '<matinee-chat persona="nobody"></matinee-chat>',
}
_POSTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="300">'
    '<rect width="200" height="300" fill="#357"/></svg>'
)


class Peer(ThreadingHTTPServer):
    """The server with what it was asked: `said` holds each message's body and key, in order."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.themes = [json.loads(theme(one).model_dump_json()) for _, one in sorted(load_personas(_PERSONAS).items())]
        self.said: list[dict[str, Any]] = []
        self.sessions: list[str] = []
        self.failed_keys: set[str] = set()
        self.taste: dict[str, list[str]] = {"liked": [], "disliked": [], "seen": [], "saved": [], "shown": []}
        self.fails_actions = False
        self.streams = True
        self.down = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> "Peer":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in mid-answer is no fault of ours."""


class _Handler(BaseHTTPRequestHandler):
    server: Peer
    protocol_version: ClassVar[str] = "HTTP/1.0"

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_OPTIONS(self) -> None:
        self._send(HTTPStatus.NO_CONTENT, b"", "text/plain")

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if self.server.down and path.startswith("/v1/"):
            self._problem(503, "The house is closed.")
        elif path == "/v1/personas":
            self._json(self.server.themes)
        elif path.startswith("/v1/personas/"):
            found = [one for one in self.server.themes if one["name"] == path.rsplit("/", 1)[1]]
            self._json(found[0]) if found else self._problem(404, "There is no such persona.")
        elif path in _PAGES:
            origin = self.path.partition("?from=")[2]
            head = _HEAD.format(dir=' dir="rtl"' if "rtl" in path else "", script=_SCRIPT.format(origin=origin))
            self._send(HTTPStatus.OK, (head + _PAGES[path]).encode(), "text/html", page=not origin)
        elif path == "/v1/me":
            self._json({"persona": "lantern", "user": "u", "taste": self.server.taste})
        elif path == "/poster.svg":
            self._send(HTTPStatus.OK, _POSTER.encode(), "image/svg+xml")
        else:
            self._file(path)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v1/sessions":
            session = f"s{len(self.server.sessions)}.{body['persona']}"
            self.server.sessions.append(session)
            self._json({"session": session, "user": "u", "persona": body["persona"], "expires_s": 3600}, status=201)
        elif self.path == "/v1/chat/stream" and not self.server.streams:
            self._problem(404, "There is nothing here.")
        else:
            self._chat(body, streamed=self.path == "/v1/chat/stream")

    def _chat(self, body: dict[str, Any], *, streamed: bool) -> None:
        key = self.headers["Idempotency-Key"]
        session = self.headers["Authorization"].removeprefix("Bearer ")
        self.server.said.append({"body": body, "key": key, "session": session, "streamed": streamed})
        text = body.get("text") or ""
        if "action" in body and self.server.fails_actions:
            self._problem(500, "Something went wrong here.")
            return
        failure = "" if key in self.server.failed_keys else next((w for w in _FAILURES if w in text), "")
        if failure:
            self.server.failed_keys.add(key)
        if failure == "expired":
            self._problem(401, "The session has expired.")
        elif failure == "busy":
            self._problem(429, "One at a time, please.", retry_after_s=WAIT_S)
        elif failure == "fault":
            self._problem(500, "Something went wrong here.")
        elif streamed:
            self._stream(_answer(body), failure=failure)
        else:
            self._json(_answer(body))

    def _stream(self, answer: dict[str, Any], *, failure: str) -> None:
        self._head(HTTPStatus.OK, "text/event-stream")
        if failure == "nothing":
            return
        self._event("started", {"turn_id": "0123456789abcdef"})
        self._event("typing", {})
        self.wfile.write(b": ping\r\n\r\n")
        if failure == "slow":
            time.sleep(SLOW_S)
        for reply in answer["replies"]:
            self._event("reply", {"text": reply})
            if failure == "cut":
                return
        for card in answer["cards"]:
            self._event("card", card)
        self._event("turn", answer)

    def _event(self, name: str, data: dict[str, Any]) -> None:
        self.wfile.write(f"event: {name}\r\ndata: {json.dumps(data)}\r\n\r\n".encode())
        self.wfile.flush()

    def _file(self, path: str) -> None:
        name = "index.html" if path == "/" else path.removeprefix("/widget/")
        file = (_WIDGET / name).resolve()
        if file.is_file() and file.is_relative_to(_WIDGET):
            self._send(HTTPStatus.OK, file.read_bytes(), _TYPES[file.suffix], page=file.suffix == ".html")
        else:
            self._problem(404, "There is nothing here.")

    def _json(self, value: Any, *, status: int = 200) -> None:
        self._send(status, json.dumps(value).encode(), "application/json")

    def _problem(self, status: int, detail: str, *, retry_after_s: int = 0) -> None:
        told = {"type": "/problems/canned", "title": "Canned", "status": status, "detail": detail}
        extra = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
        self._send(status, json.dumps(told).encode(), "application/problem+json", extra=extra)

    def _send(
        self, status: int, content: bytes, kind: str, *, page: bool = False, extra: dict[str, str] | None = None
    ) -> None:
        self._head(status, kind, {"Content-Length": str(len(content)), **(extra or {})}, page=page)
        self.wfile.write(content)

    def _head(self, status: int, kind: str, extra: dict[str, str] | None = None, *, page: bool = False) -> None:
        self.send_response(status)
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        headers = {
            "Content-Type": kind + charset,
            "Cache-Control": "no-store",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
            "Access-Control-Expose-Headers": "Retry-After",
            **({"Content-Security-Policy": PAGE_POLICY} if page else {}),
            **(extra or {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


_FAILURES = ("expired", "busy", "fault", "cut", "nothing", "slow")


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    if action := body.get("action"):
        answer = turn(f"Noted: {action['kind']}.", chips=["Something brighter"])
    else:
        text = body["text"].lower()
        answer = next((canned for word, canned in BY_WORD if word in text), BRIGHT)
    return {**answer, "persona": body["persona"], "text": body.get("text") or ""}


if __name__ == "__main__":
    peer = Peer(int(sys.argv[1]))
    print(peer.url, flush=True)
    peer.serve_forever()
