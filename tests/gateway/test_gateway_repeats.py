"""The same Idempotency-Key: the same turn, done once."""

import asyncio
from functools import partial

import httpx
import pytest
from gateway_peers import DialoguePeer, SignIn

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.repeats import REMEMBERED_S, Repeats
from bot.gateway.turn import Latency, Turn
from engine.wire import Intent
from nlu.frame import Frame

BODY = {"persona": "matinee", "text": "hi"}


async def test_a_repeat_is_answered_and_not_done(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = {**await signed_in("matinee"), "Idempotency-Key": "k-1"}
    first = await gateway.post("/v1/chat", json=BODY, headers=headers)
    again = await gateway.post("/v1/chat", json=BODY, headers=headers)
    assert again.json() == first.json()
    assert again.headers["matinee-turn"] == first.headers["matinee-turn"]
    assert len(dialogue.heard) == 1


async def test_a_repeat_while_the_first_is_under_way_waits_for_it(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = {**await signed_in("matinee"), "Idempotency-Key": "k-1"}
    dialogue.think_s = 0.1
    first, again = await asyncio.gather(*(gateway.post("/v1/chat", json=BODY, headers=headers) for _ in range(2)))
    assert first.json() == again.json()
    assert len(dialogue.heard) == 1


async def test_the_key_of_one_person_means_nothing_for_another(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    for _ in range(2):
        await gateway.post("/v1/chat", json=BODY, headers={**await signed_in("matinee"), "Idempotency-Key": "k-1"})
    assert len(dialogue.heard) == 2


async def test_a_key_with_another_message_is_refused(gateway: httpx.AsyncClient, signed_in: SignIn) -> None:
    headers = {**await signed_in("matinee"), "Idempotency-Key": "k-1"}
    await gateway.post("/v1/chat", json=BODY, headers=headers)
    answer = await gateway.post("/v1/chat", json={**BODY, "text": "other"}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-key-reused")


async def test_after_an_apology_the_same_key_tries_again(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = {**await signed_in("matinee"), "Idempotency-Key": "k-1"}
    dialogue.mode = "error"
    await gateway.post("/v1/chat", json=BODY, headers=headers)
    dialogue.mode = "ok"
    answer = await gateway.post("/v1/chat", json=BODY, headers=headers)
    assert answer.json()["intent"]["name"] == "request"


def _turn(text: str) -> Turn:
    return Turn(
        persona="matinee",
        user="ada",
        text=text,
        intent=Intent(name="greet", confidence=1.0),
        frame=Frame(),
        replies=(),
        cards=(),
        quick_replies=(),
        relaxed=(),
        latency_ms=Latency(),
    )


async def _answered(text: str) -> Turn:
    return _turn(text)


async def test_repeats_are_forgotten_by_age_and_by_number() -> None:
    now_s = 0.0
    repeats = Repeats(kept=2, clock=lambda: now_s)
    for key in ("a", "b", "c"):
        await repeats.once(key, "f", partial(_answered, key))
    assert await repeats.is_known("c", "f")
    assert not await repeats.is_known("a", "f")
    with pytest.raises(Problem) as refused:
        await repeats.is_known("c", "other")
    assert refused.value.kind is ProblemKind.KEY_REUSED
    now_s = REMEMBERED_S + 1
    assert not await repeats.is_known("c", "f")
