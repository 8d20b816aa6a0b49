"""The extractor against engines that answer, dawdle, fail, babble or are not there.

Runs in the dialogue environment: `python -m unittest discover -s tests -t .` in bot/dialogue.
"""

from __future__ import annotations

import json
import threading
import time
import unittest
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator

from components.spacy_frame_extractor import ENTITY, SpacyFrameExtractor, sparse
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

TIMEOUT_S = 0.3
EMPTY_WISHES: dict[str, list[str]] = {"moods": [], "themes": [], "genres": []}
PARSE = {
    "text": "brighter",
    "frame": {
        "wants": {**EMPTY_WISHES, "visual": ["bright"]},
        "avoids": EMPTY_WISHES,
        "like": [],
        "year": [None, None],
        "runtime_min": [None, 120],
        "certification_max": None,
        "tone": {"scary": {"direction": -1, "strength": 0.0}},
        "rest": "",
    },
    "references": [{"kind": "ordinal", "ordinal": 0, "movie_id": None}],
    "spans": [{"start": 0, "end": 8, "slot": "wants.visual", "value": "bright", "by": "lexicon"}],
    "number": None,
    "refines": True,
    "language": "en",
    "latency_ms": 3.0,
}


@contextmanager
def engine(
    *, body: bytes = b"", status: int = 200, delay_s: float = 0.0, turns: list[str | None] | None = None
) -> Iterator[tuple[str, list[Any]]]:
    """The address of a small engine and the requests that it has had; `turns` takes the turn ids that they named."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            if turns is not None:
                turns.append(self.headers["matinee-turn"])
            asked.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
            time.sleep(delay_s)
            try:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the extractor has hung up, as it should

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read(url: str, text: str = "brighter", *, metadata: Any = None) -> list[dict[str, Any]]:
    """The entities of a message after the extractor saw it."""
    who = {"persona": "lantern"} if metadata is None else metadata
    message = Message({TEXT: text, "metadata": who})
    SpacyFrameExtractor(engine_url=url, timeout_s=TIMEOUT_S).process([message])
    entities: list[dict[str, Any]] = message.get(ENTITIES, [])
    return entities


def value(url: str, **more: Any) -> Any:
    """What the one entity of a message holds."""
    (entity,) = read(url, **more)
    return entity["value"]


class Reading(unittest.TestCase):
    """What a message carries after it was read."""

    def test_the_parse_is_one_sparse_entity(self) -> None:
        with engine(body=json.dumps(PARSE).encode()) as (url, asked):
            (entity,) = read(url)
        latency_ms = entity["value"].pop("latency_ms")
        self.assertGreater(latency_ms, 0)
        self.assertEqual(
            entity,
            {
                "entity": ENTITY,
                "start": 0,
                "end": 8,
                "extractor": "SpacyFrameExtractor",
                "value": {
                    "text": "brighter",
                    "frame": {
                        "wants": {"visual": ["bright"]},
                        "runtime_min": [None, 120],
                        "tone": {"scary": {"direction": -1, "strength": 0.0}},
                    },
                    "references": [{"kind": "ordinal", "ordinal": 0}],
                    "refines": True,
                    "language": "en",
                },
            },
        )
        self.assertEqual(asked, [("/v1/parse", {"persona": "lantern", "text": "brighter", "meaning": True})])

    def test_the_engine_is_told_whose_turn_it_is(self) -> None:
        turns: list[str | None] = []
        with engine(body=json.dumps(PARSE).encode(), turns=turns) as (url, _):
            for turn_id in ("feedfacefeedface", None, "two\r\nlines", "x" * 65):
                read(url, metadata={"persona": "lantern", "turn_id": turn_id})
        self.assertEqual(turns, ["feedfacefeedface", None, None, None])

    def test_a_frame_that_asks_for_nothing_takes_no_room(self) -> None:
        with engine(body=b'{"text": "hi", "frame": {"rest": ""}}') as (url, _):
            self.assertEqual(set(value(url)), {"text", "latency_ms"})

    def test_buttons_are_left_to_rasa(self) -> None:
        with engine() as (url, asked):
            for text in ("/like", '/like{"movie_id": "heat-1995"}', "/greet@0.9"):
                self.assertEqual(read(url, text), [])
            self.assertEqual(asked, [])

    def test_without_a_persona_nobody_is_asked(self) -> None:
        with engine() as (url, asked):
            for metadata in ({}, {"persona": None}, {"persona": 7}):
                self.assertEqual(value(url, metadata=metadata), {"failed": "no persona"})
            self.assertEqual(asked, [])


class Faults(unittest.TestCase):
    """An engine that does not answer as it should costs the frame, and nothing else."""

    def test_a_slow_engine_is_not_waited_for(self) -> None:
        with engine(body=json.dumps(PARSE).encode(), delay_s=3 * TIMEOUT_S) as (url, asked):
            started = time.perf_counter()
            self.assertEqual(value(url), {"failed": "timeout"})
            self.assertLess(time.perf_counter() - started, 2 * TIMEOUT_S)
            self.assertEqual(len(asked), 1)

    def test_a_failing_engine(self) -> None:
        for status in (400, 429, 500, 503):
            with self.subTest(status=status), engine(status=status, body=b"{}") as (url, _):
                self.assertEqual(value(url), {"failed": f"status {status}"})

    def test_a_babbling_engine(self) -> None:
        said = {
            b"": "not JSON",
            b"<html>": "not JSON",
            b"\xff\xfe": "not JSON",
            b"[]": "not a parse",
            b'{"frame": 3}': "not a parse",
            b" " * (256 * 1024 + 1): "too large",
        }
        for body, reason in said.items():
            with self.subTest(reason=reason, body=body[:10]), engine(body=body) as (url, _):
                self.assertEqual(value(url), {"failed": reason})

    def test_no_engine(self) -> None:
        with engine() as (url, _):
            pass
        self.assertEqual(value(url), {"failed": "unreachable"})


class Sparse(unittest.TestCase):
    """What is left out of a parse."""

    def test_only_what_is_empty_goes(self) -> None:
        self.assertEqual(
            sparse({"a": None, "b": [], "c": {}, "d": "", "e": False, "f": [None, None], "g": {"h": None}}), {}
        )
        kept = {"a": 0, "b": 0.0, "c": True, "d": [None, 3], "e": {"f": [0]}}
        self.assertEqual(sparse(kept), kept)


if __name__ == "__main__":
    unittest.main()
