"""A desk over a built catalogue and a real database, the service over it, and short ways to ask."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from engine.answers import Desk
from engine.catalogues import Catalogues
from engine.service import create_app
from engine.store import Database, TasteStore
from engine.wire import FeedbackRequest, Kind, Mode, PicksRequest
from index import Film, build
from nlu.frame import Frame, Parse
from nlu.gazetteer import Gazetteer
from persona_configs.schema import Leaning, Limits
from tests.engine.stage import persona
from tests.index.hash_encoder import HashEncoder

#: A family persona with limits that the small films can be held against, beside one without any.
STRICT = Limits(certification_max="PG", banned_genres=("Horror",), banned_themes=("war", "occult"))
PERSONAS = {
    "matinee": persona("matinee", leaning=Leaning()),
    "lantern": persona("lantern", limits=STRICT, leaning=Leaning()),
}


class WholeTextParser:
    """Reads a message as nothing but words: what the service needs of a parser, without a trained pipeline."""

    def parse(self, text: str, _names: Gazetteer) -> Parse:
        return Parse(text=text, frame=Frame(rest=text))


def built(root: Path, films: Sequence[Film]) -> Path:
    """The folder of the films' artefact, which is then the one in force."""
    return build(films, root=root, catalogue="starter", encoder=HashEncoder(), sources=["test"]).folder


def desk_over(root: Path, films: Sequence[Film], database: Database) -> Desk:
    built(root, films)
    return Desk(PERSONAS, Catalogues(root, HashEncoder()), TasteStore(database))


def asking(
    mode: Mode = Mode.FRESH,
    frame: Frame | None = None,
    *,
    turn_id: str = "t1",
    persona: str = "matinee",
    user: str = "ann",
    standing: Frame | None = None,
    anchors: tuple[str, ...] = (),
    number: int | None = None,
) -> PicksRequest:
    parse = Parse(text="", frame=frame or Frame(), number=number)
    return PicksRequest(
        persona=persona, user=user, turn_id=turn_id, mode=mode, parse=parse, standing=standing, anchors=anchors
    )


def saying(kind: Kind, *movie_ids: str, persona: str = "matinee", user: str = "ann") -> FeedbackRequest:
    return FeedbackRequest(persona=persona, user=user, turn_id="t", kind=kind, movie_ids=movie_ids)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of the app, served from a thread of its own until the block ends."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    give_up_at_s = time.monotonic() + 10
    while not server.started:
        assert thread.is_alive(), "the service died while starting"
        assert time.monotonic() < give_up_at_s, "the service did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        door.close()


def app_over(desk: Desk) -> FastAPI:
    return create_app(desk, WholeTextParser(), threads=4)
