"""A desk over a built catalogue and a real database, the service over it, and short ways to ask."""

from collections.abc import Sequence
from pathlib import Path

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


def app_over(desk: Desk) -> FastAPI:
    return create_app(desk, WholeTextParser(), threads=4)
