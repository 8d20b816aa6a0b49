import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from evaluation_pieces import a_card, a_turn
from typer.testing import CliRunner

from bot.evaluation.cli import app

GOOD = """\
name: Hello
persona: matinee
why: A start.
turns:
  - say: hello
    expect: {cards: 1, every_card: {genres_any: [Comedy]}}
"""
BAD = GOOD.replace("Hello", "War").replace("Comedy", "War").replace("matinee", "lantern")


class OneTurnGateway(BaseHTTPRequestHandler):
    """A gateway that answers everything with the same film."""

    def do_GET(self) -> None:
        self._send(200, {"name": "matinee", "starters": []})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/sessions":
            self._send(201, {"session": "token", "user": "someone"})
        else:
            self._send(200, a_turn(a_card()).model_dump(mode="json"))

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _send(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def gateway() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), OneTurnGateway) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "conversations"
    home.mkdir()
    (home / "good.yaml").write_text(GOOD)
    (home / "bad.yaml").write_text(BAD)
    return home


def test_as_expected_is_exit_code_0(gateway: str, folder: Path) -> None:
    result = CliRunner().invoke(app, ["dialogue", str(folder / "good.yaml"), "--url", gateway])
    assert result.exit_code == 0, result.output
    assert "1 of 1 conversations as expected" in result.output


def test_a_miss_is_exit_code_1_and_the_turn_is_shown_as_it_was(gateway: str, folder: Path) -> None:
    result = CliRunner().invoke(app, ["dialogue", str(folder), "--url", gateway])
    assert result.exit_code == 1
    assert "turn 1 › hello" in result.output
    assert "every_card: The Kite (1994, PG): genres_any [War]: it has Comedy, Family" in result.output
    assert "It feels cosy." in result.output
    assert "1 of 2 conversations as expected" in result.output


def test_figures_go_into_a_file(gateway: str, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    CliRunner().invoke(app, ["dialogue", str(folder), "--url", gateway, "--json", str(file)])
    figures = json.loads(file.read_text())
    assert (figures["eval"], figures["passed"], figures["failed"]) == ("dialogue", 1, 1)
    failed = next(one for one in figures["conversations"] if not one["passed"])
    assert failed["turns"][0]["misses"][0]["expectation"] == "every_card"
    assert failed["turns"][0]["turn"]["cards"][0]["title"] == "The Kite"


def test_the_personas_can_be_chosen(gateway: str, folder: Path) -> None:
    result = CliRunner().invoke(app, ["dialogue", str(folder), "--url", gateway, "--persona-filter", "matinee"])
    assert result.exit_code == 0
    assert "lantern" not in result.output


def test_no_conversation_with_the_persona_is_exit_code_2(folder: Path) -> None:
    result = CliRunner().invoke(app, ["dialogue", str(folder), "--persona-filter", "vibe"])
    assert result.exit_code == 2
    assert "no conversation with vibe" in result.stderr


def test_a_faulty_file_is_exit_code_2(folder: Path) -> None:
    (folder / "bad.yaml").write_text("name: 1\n")
    result = CliRunner().invoke(app, ["dialogue", str(folder)])
    assert result.exit_code == 2
    assert "bad.yaml:1" in result.stderr


def test_a_gateway_that_is_not_there_is_exit_code_1(folder: Path) -> None:
    result = CliRunner().invoke(app, ["dialogue", str(folder), "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "make run" in result.stderr
