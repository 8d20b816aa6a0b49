"""Buttons that take a mark back: the engine is told, the dialogue is not."""

import httpx
import pytest
from gateway_peers import DialoguePeer, FactsPeer, SignIn

from bot.gateway.turn import Turn
from persona_configs import Persona, Phrase
from persona_configs.phrases import variants


async def pressed(gateway: httpx.AsyncClient, kind: str, movie_id: str, headers: dict[str, str]) -> Turn:
    body = {"persona": "matinee", "action": {"kind": kind, "movie_id": movie_id}}
    answer = await gateway.post("/v1/chat", json=body, headers=headers)
    assert answer.status_code == 200
    return Turn.model_validate(answer.json())


@pytest.mark.parametrize("kind", ["unlike", "undislike", "unseen"])
async def test_a_mark_is_taken_back_by_the_engine_alone(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, engine: FactsPeer, signed_in: SignIn, kind: str
) -> None:
    engine.fed_back.clear()
    turn = await pressed(gateway, kind, "coco-2017", await signed_in("matinee"))
    assert turn.intent.name == kind
    assert turn.replies == (f"{kind}: noted",)
    assert turn.latency_ms.engine >= 1.5
    assert dialogue.heard == []
    [told] = engine.fed_back
    assert told["kind"] == kind
    assert told["movie_ids"] == ["coco-2017"]
    assert (told["persona"], told["user"]) == ("matinee", turn.user)
    assert told["turn_id"]


async def test_a_film_that_is_not_there_is_answered_in_words(
    gateway: httpx.AsyncClient,
    dialogue: DialoguePeer,
    engine: FactsPeer,
    signed_in: SignIn,
    shipped: dict[str, Persona],
) -> None:
    turn = await pressed(gateway, "unlike", "nothing-1900", await signed_in("matinee"))
    assert turn.replies[0] in variants(shipped["matinee"], Phrase.NO_SUCH_PICK)
    assert turn.intent.name == "unlike"


async def test_an_engine_that_fails_is_an_apology(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, engine: FactsPeer, signed_in: SignIn
) -> None:
    headers = await signed_in("matinee")
    engine.status = 500
    turn = await pressed(gateway, "unseen", "coco-2017", headers)
    assert turn.intent.name == "fault"
    assert turn.replies[0]


async def test_the_same_key_takes_back_once(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, engine: FactsPeer, signed_in: SignIn
) -> None:
    engine.fed_back.clear()
    headers = {**await signed_in("matinee"), "Idempotency-Key": "0123456789abcdef"}
    first = await pressed(gateway, "unlike", "coco-2017", headers)
    again = await pressed(gateway, "unlike", "coco-2017", headers)
    assert first == again
    assert len(engine.fed_back) == 1


async def test_the_public_face_has_the_persona_s_labels(gateway: httpx.AsyncClient) -> None:
    vibe = (await gateway.get("/v1/personas/vibe")).json()["strings"]
    matinee = (await gateway.get("/v1/personas/matinee")).json()["strings"]
    assert set(vibe) == set(matinee)
    assert vibe["source_tone"] != matinee["source_tone"]
    assert "{words}" in vibe["look"]
    assert all(part in vibe["viewers"] for part in ("{verdict}", "{count}"))
