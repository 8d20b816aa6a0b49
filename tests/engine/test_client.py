"""The typed client against an engine that misbehaves: every fault is an `EngineError`, and none takes long."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI, Response

from engine.client import EngineClient, EngineError, EngineRefused, EngineUnreachable
from tests.peers import serving


def answering(content: bytes, *, status: int = 200, kind: str = "application/json") -> FastAPI:
    app = FastAPI()

    @app.get("/v1/taste/matinee/ann")
    def taste() -> Response:
        return Response(content, status_code=status, media_type=kind, headers={"location": "/elsewhere"})

    return app


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"null", b"[]", b'{"liked": "a"}', b"<html>not an engine</html>"]
)
async def test_an_answer_outside_the_contract_is_an_engine_error(content: bytes) -> None:
    with serving(answering(content)) as address:
        async with EngineClient(address) as engine:
            with pytest.raises(EngineError, match="outside the contract"):
                await engine.taste("matinee", "ann")


async def test_a_redirect_is_not_followed() -> None:
    with serving(answering(b"", status=307)) as address:
        async with EngineClient(address) as engine:
            with pytest.raises(EngineError, match="outside the contract"):
                await engine.taste("matinee", "ann")


@pytest.mark.parametrize("status", [429, 500, 502, 503])
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"\xff", b"<html>bad gateway</html>", b'{"title": "no type"}']
)
async def test_a_refusal_without_a_problem_keeps_its_status(status: int, content: bytes) -> None:
    with serving(answering(content, status=status, kind="text/html")) as address:
        async with EngineClient(address) as engine:
            with pytest.raises(EngineRefused) as caught:
                await engine.taste("matinee", "ann")
    assert (caught.value.status, caught.value.kind) == (status, "about:blank")


async def test_a_problem_keeps_its_type_and_detail() -> None:
    problem = b'{"type": "/problems/store", "title": "x", "status": 503, "detail": "the disk is full"}'
    with serving(answering(problem, status=503)) as address:
        async with EngineClient(address) as engine:
            with pytest.raises(EngineRefused) as caught:
                await engine.taste("matinee", "ann")
    assert (caught.value.kind, caught.value.detail) == ("/problems/store", "the disk is full")


async def test_an_engine_that_never_answers_is_given_up() -> None:
    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hung.append(writer)

    hung: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with EngineClient(address, timeout=httpx.Timeout(0.2)) as engine:
        with pytest.raises(EngineUnreachable, match="ReadTimeout"):
            await engine.taste("matinee", "ann")
    assert len(hung) == 1
    hung[0].close()
    server.close()
