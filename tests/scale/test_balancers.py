"""The nginx configurations as shipped, run by a real nginx before small real servers, some of which misbehave."""

import asyncio
import json
import re
import socket
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from tests.peers import serving
from tests.scale.balancers import DOCKER, configuration
from tests.scale.servers import free_ports, nginx, program

FILES = ("nginx.conf", "nginx-inside.conf")


@dataclass
class Peer:
    """A server behind the balancer: says who it is and what it was told. A call of /go lets a stream's second event
    out."""

    name: str
    heard: list[str] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/v1/chat/stream")
        async def stream() -> StreamingResponse:
            async def events() -> AsyncIterator[str]:
                yield "event: started\n\n"
                await self.go.wait()
                yield "event: turn\n\n"

            return StreamingResponse(events(), media_type="text/event-stream")

        @app.post("/go")
        async def go() -> None:
            self.go.set()

        @app.api_route("/{path:path}", methods=["GET", "POST"])
        async def echo(path: str, request: Request) -> dict[str, object]:
            body = await request.body()
            self.heard.append(path)
            return {"name": self.name, "headers": dict(request.headers), "bytes": len(body)}

        return app


class Cutter(threading.Thread):
    """Takes each request and cuts the connection without an answer, as a process does that is killed over one."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.heard = 0

    def run(self) -> None:
        while True:
            try:
                peer, _ = self._door.accept()
            except OSError:
                return
            with peer:
                if peer.recv(65536):
                    self.heard += 1

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.join(5)


@pytest.fixture
def cutter() -> Iterator[Cutter]:
    thread = Cutter()
    thread.start()
    yield thread
    thread.close()


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


@contextmanager
def _door(*gateways: int) -> Iterator[str]:
    (port,) = free_ports(1)
    with nginx(configuration("nginx.conf", upstreams={"gateway": gateways}, listen={8080: port}), port=port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _inside(*replicas: int) -> Iterator[dict[str, str]]:
    ports = dict(zip((8701, 8702, 8703), free_ports(3), strict=True))
    upstreams = dict.fromkeys(("engine", "dialogue", "actions"), replicas)
    with nginx(configuration("nginx-inside.conf", upstreams=upstreams, listen=ports), port=ports[8701]):
        yield {name: f"http://127.0.0.1:{ports[shipped]}" for name, shipped in
               (("engine", 8701), ("dialogue", 8702), ("actions", 8703))}  # fmt: skip


@pytest.fixture
def peers() -> Iterator[list[tuple[Peer, int]]]:
    left, right = Peer("left"), Peer("right")
    with serving(left.app()) as one, serving(right.app()) as other:
        yield [(left, _port(one)), (right, _port(other))]


def test_both_gateways_answer(peers: list[tuple[Peer, int]]) -> None:
    with _door(*(port for _, port in peers)) as door, httpx.Client(base_url=door, trust_env=False) as http:
        names = {http.post("/v1/chat", content=b"{}").json()["name"] for _ in range(8)}
    assert names == {"left", "right"}


def test_a_gateway_that_is_gone_is_not_noticed(peers: list[tuple[Peer, int]]) -> None:
    (nobody,) = free_ports(1)
    with _door(nobody, peers[0][1]) as door, httpx.Client(base_url=door, trust_env=False) as http:
        statuses = [http.post("/v1/chat", content=b"{}").status_code for _ in range(20)]
    assert statuses == [200] * 20


def test_a_message_that_reached_a_gateway_is_not_sent_to_another(peers: list[tuple[Peer, int]], cutter: Cutter) -> None:
    peer, port = peers[0]
    with _door(cutter.port, port) as door, httpx.Client(base_url=door, trust_env=False) as http:
        answers = [http.post("/v1/chat", content=b"{}") for _ in range(6)]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(refused) == cutter.heard >= 1
    assert {answer.json()["type"] for answer in refused} == {"/problems/unavailable"}
    assert len(peer.heard) == len(answers) - len(refused)


def test_inside_a_call_is_asked_again_where_that_is_safe(peers: list[tuple[Peer, int]], cutter: Cutter) -> None:
    with _inside(cutter.port, peers[0][1]) as addresses, httpx.Client(trust_env=False) as http:
        for service, again in (("engine", True), ("actions", True), ("dialogue", False)):
            before = cutter.heard
            statuses = [http.post(f"{addresses[service]}/x", content=b"{}").status_code for _ in range(6)]
            assert cutter.heard > before
            assert (statuses == [200] * 6) is again, service


def test_events_go_out_as_they_come(peers: list[tuple[Peer, int]]) -> None:
    with (
        _door(peers[0][1]) as door,
        httpx.Client(base_url=door, trust_env=False, timeout=5) as http,
        http.stream("POST", "/v1/chat/stream", json={}) as answer,
    ):
        lines = answer.iter_lines()
        assert next(lines) == "event: started"  # the second is not even sent yet
        httpx.post(f"{door}/go", trust_env=False)
        assert [line for line in lines if line] == ["event: turn"]


def test_a_gateway_learns_who_asks_and_for_which_host(peers: list[tuple[Peer, int]]) -> None:
    with _door(peers[0][1]) as door:
        transport = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=transport, trust_env=False) as http:
            told = http.get(f"{door}/v1/personas", headers={"X-Forwarded-For": "9.9.9.9"}).json()["headers"]
    assert told["host"] == door.removeprefix("http://")
    # What a caller claims comes first, and what the door saw comes last: the gateway believes the last.
    assert told["x-forwarded-for"] == "9.9.9.9, 127.0.0.2"
    assert told["x-forwarded-proto"] == "http"


def test_figures_are_not_for_the_public(peers: list[tuple[Peer, int]]) -> None:
    peer, port = peers[0]
    with _door(port) as door:
        assert httpx.get(f"{door}/metrics", trust_env=False).status_code == 404
    assert "metrics" not in peer.heard


def test_too_large_a_body_is_a_problem_and_one_that_a_gateway_would_refuse_reaches_it(
    peers: list[tuple[Peer, int]],
) -> None:
    with _door(peers[0][1]) as door, httpx.Client(base_url=door, trust_env=False) as http:
        refused = http.post("/v1/chat", content=b"x" * 300_000, headers={"Origin": "https://a.example"})
        assert http.post("/v1/chat", content=b"x" * 100_000).json()["bytes"] == 100_000
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
    assert refused.headers["access-control-allow-origin"] == "https://a.example"


def test_the_log_of_the_door_names_no_person(peers: list[tuple[Peer, int]]) -> None:
    (port,) = free_ports(1)
    conf = configuration("nginx.conf", upstreams={"gateway": [peers[0][1]]}, listen={8080: port})
    with nginx(conf, port=port) as door:
        transport = httpx.HTTPTransport(local_address="127.0.0.3")
        with httpx.Client(transport=transport, trust_env=False) as http:
            http.get(f"http://127.0.0.1:{port}/v1/me?user=somebody", headers={"Authorization": "Bearer secret"})
        lines = [json.loads(line) for line in door.log.read_text().splitlines() if line.startswith("{")]
    assert [(line["path"], line["status"]) for line in lines] == [("/v1/me", 200)]
    assert not {"somebody", "secret", "127.0.0.3"} & set(re.findall(r"[\w.]+", json.dumps(lines)))


@pytest.mark.parametrize("name", FILES)
def test_the_file_as_shipped_is_what_nginx_takes(name: str, tmp_path: Path) -> None:
    binary = program("nginx")
    told = subprocess.run([binary, "-v"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", told)
    assert found is not None
    if tuple(map(int, found.groups())) < (1, 27, 3):
        pytest.skip(f"{told.strip()} does not know `resolve`; the other tests run the file without it")
    done = subprocess.run(
        [binary, "-t", "-p", str(tmp_path), "-c", str(DOCKER / name)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
