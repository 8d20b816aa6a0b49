"""Two gateways that share a real Redis; and what becomes of their turns where Redis is gone, or hangs."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI
from gateway_peers import DialoguePeer, FactsPeer
from structlog.testing import capture_logs

from bot.gateway import create_app
from bot.gateway.commons import commons_of
from bot.gateway.conversations import Conversations, TooManyWaiting
from bot.gateway.counts import Counts, CountsError
from bot.gateway.leases import LEASE_S, Leases
from bot.gateway.redis_link import REST_S, RedisGone, RedisLink
from bot.settings import Settings
from persona_configs import Persona
from tests.peers import free_port
from tests.scale.servers import Redis, redis

BODY = {"persona": "matinee", "text": "hi"}


@pytest.fixture(scope="module")
def redis_server() -> Iterator[Redis]:
    with redis() as running:
        yield running


@dataclass
class Pair:
    """Two gateways, each with a client of its own, and one person's headers that are good at both."""

    left: httpx.AsyncClient
    right: httpx.AsyncClient
    headers: dict[str, str]

    async def say(self, side: httpx.AsyncClient, text: str = "hi", *, key: str | None = None) -> httpx.Response:
        keyed = {"Idempotency-Key": key} if key else {}
        body = {"persona": "matinee", "text": text}
        return await side.post("/v1/chat", json=body, headers={**self.headers, **keyed})


def _app(settings: Settings, personas: dict[str, Persona], url: str) -> FastAPI:
    return create_app(settings.model_copy(update={"redis_url": url}), personas)


@pytest.fixture
async def pair(
    settings: Settings,
    personas: dict[str, Persona],
    redis_server: Redis,
    dialogue: DialoguePeer,
    engine: FactsPeer,
) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as opened:
        clients = []
        for _side in range(2):
            app = _app(settings, personas, redis_server.url)
            opened.push_async_callback(app.state.services.close)
            transport = httpx.ASGITransport(app)
            clients.append(
                await opened.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://g"))
            )
        session = (await clients[0].post("/v1/sessions", json={"persona": "matinee"})).json()["session"]
        yield Pair(*clients, headers={"Authorization": f"Bearer {session}"})


async def test_a_session_of_one_gateway_is_good_at_the_other(pair: Pair) -> None:
    first, second = await pair.say(pair.left), await pair.say(pair.right)
    assert first.json()["user"] == second.json()["user"]


async def test_a_repeat_at_the_other_gateway_is_answered_and_not_done(pair: Pair, dialogue: DialoguePeer) -> None:
    first = await pair.say(pair.left, "a film", key="k")
    again = await pair.say(pair.right, "a film", key="k")
    assert again.json() == first.json()
    assert again.json()["cards"]
    assert again.headers["matinee-turn"] == first.headers["matinee-turn"]
    assert len(dialogue.heard) == 1


async def test_a_repeat_at_the_other_gateway_waits_for_the_turn_under_way(pair: Pair, dialogue: DialoguePeer) -> None:
    dialogue.think_s = 0.3
    first, again = await asyncio.gather(pair.say(pair.left, key="k"), pair.say(pair.right, key="k"))
    assert first.json() == again.json()
    assert len(dialogue.heard) == 1


async def test_a_key_with_another_message_is_refused_at_the_other_gateway(pair: Pair, dialogue: DialoguePeer) -> None:
    await pair.say(pair.left, key="k")
    refused = await pair.say(pair.right, "something else", key="k")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert len(dialogue.heard) == 1


async def test_after_an_apology_the_other_gateway_tries_again(pair: Pair, dialogue: DialoguePeer) -> None:
    dialogue.mode = "error"
    assert (await pair.say(pair.left, key="k")).json()["intent"]["name"] == "fault"
    dialogue.mode = "ok"
    assert (await pair.say(pair.right, key="k")).json()["intent"]["name"] == "request"


async def test_turns_of_one_conversation_run_one_at_a_time_across_gateways(pair: Pair, dialogue: DialoguePeer) -> None:
    dialogue.think_s = 0.1
    answers = await asyncio.gather(*(pair.say(side, f"n {n}") for n in range(3) for side in (pair.left, pair.right)))
    assert [answer.json()["intent"]["name"] for answer in answers] == ["request"] * 6
    assert dialogue.most_under_way == 1


async def test_turns_of_different_conversations_do_not_wait_for_each_other(pair: Pair, dialogue: DialoguePeer) -> None:
    dialogue.think_s = 0.3
    answers = await asyncio.gather(*(side.post("/v1/chat", json=BODY) for side in (pair.left, pair.right)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert dialogue.most_under_way == 2


async def test_a_limit_holds_for_both_gateways_together(pair: Pair) -> None:
    opened = (await pair.left.post("/v1/sessions", json={"persona": "vibe"})).json()["session"]
    headers = {"Authorization": f"Bearer {opened}"}
    sides = (pair.left, pair.right, pair.left)
    statuses = [
        (await side.post("/v1/chat", json={"persona": "vibe", "text": "hi"}, headers=headers)).status_code
        for side in sides
    ]
    assert statuses == [200, 200, 429]


async def test_a_repeat_at_the_other_gateway_is_not_charged(pair: Pair) -> None:
    opened = (await pair.left.post("/v1/sessions", json={"persona": "vibe"})).json()["session"]
    headers = {"Authorization": f"Bearer {opened}", "Idempotency-Key": "once"}
    sides = (pair.left, pair.right, pair.right, pair.left, pair.right)
    answers = [await side.post("/v1/chat", json={"persona": "vibe", "text": "hi"}, headers=headers) for side in sides]
    assert [answer.status_code for answer in answers] == [200] * 5


async def test_what_redis_holds_names_nobody_in_its_keys_and_goes_by_itself(pair: Pair, redis_server: Redis) -> None:
    user = (await pair.say(pair.left, key="my-own-key")).json()["user"]
    link = RedisLink(redis_server.url)
    with link.asking() as client:
        keys = [key.decode() for key in await client.keys("matinee:*")]
        lifetimes_s = [await client.ttl(key) for key in keys]
    await link.close()
    assert keys
    assert not [key for key in keys if user in key or "my-own-key" in key]
    assert all(0 < lifetime_s <= 600 for lifetime_s in lifetimes_s)


async def test_what_another_version_has_kept_is_as_good_as_not_there(pair: Pair, redis_server: Redis) -> None:
    first = await pair.say(pair.left, key="k")
    link = RedisLink(redis_server.url)
    with link.asking() as client:
        for key in await client.keys("matinee:turn:*"):
            await client.set(key, b"\x00{")
    await link.close()
    again = await pair.say(pair.right, key="k")
    assert again.json()["replies"] == first.json()["replies"]


@pytest.mark.parametrize("how", ["stopped", "hanging", "never there"])
async def test_without_redis_turns_go_on_at_once_and_the_log_says_so_once(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer, engine: FactsPeer, how: str
) -> None:
    with redis() as own:
        app = _app(settings, personas, own.url if how != "never there" else f"redis://127.0.0.1:{free_port()}/0")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://g") as gateway:
            if how != "never there":
                assert (await gateway.post("/v1/chat", json=BODY)).status_code == 200
            own.server.pause() if how == "hanging" else own.server.kill()
            with capture_logs() as logs:
                began_s = time.monotonic()
                answers = [await gateway.post("/v1/chat", json=BODY, headers={"Idempotency-Key": "k"}) for _ in "123"]
                took_s = time.monotonic() - began_s
        await app.state.services.close()
    assert [answer.json()["intent"]["name"] for answer in answers] == ["request"] * 3
    assert took_s < 3.0
    assert len([line for line in logs if line["event"] == "redis gone"]) == 1


async def test_without_redis_one_gateway_still_answers_repeats_and_keeps_order(
    settings: Settings, personas: dict[str, Persona], dialogue: DialoguePeer, engine: FactsPeer
) -> None:
    dialogue.think_s = 0.05
    app = _app(settings, personas, f"redis://127.0.0.1:{free_port()}/0")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://g") as gateway:
        session = (await gateway.post("/v1/sessions", json={"persona": "matinee"})).json()["session"]
        headers = {"Authorization": f"Bearer {session}"}
        keyed = {**headers, "Idempotency-Key": "k"}
        await asyncio.gather(*(gateway.post("/v1/chat", json=BODY, headers=keyed) for _ in "12"))
        await asyncio.gather(*(gateway.post("/v1/chat", json=BODY, headers=headers) for _ in "123"))
    await app.state.services.close()
    assert len(dialogue.heard) == 4
    assert dialogue.most_under_way == 1


async def test_a_redis_that_comes_back_is_used_again() -> None:
    now_s = 0.0
    with redis() as own:
        link = RedisLink(own.url, clock=lambda: now_s)
        with link.asking() as client:
            await client.set("a", "1")
        own.server.kill()
        with pytest.raises(RedisGone), link.asking() as client:
            await client.get("a")
        own.server.start()
        with pytest.raises(RedisGone), link.asking():
            raise AssertionError("it is left alone for a while")
        now_s = REST_S
        with capture_logs() as logs, link.asking() as client:
            await client.set("a", "2")
        await link.close()
    assert [line["event"] for line in logs] == ["redis back"]


async def test_a_redis_that_was_started_anew_in_between_costs_nothing(redis_server: Redis) -> None:
    with redis() as own:
        link = RedisLink(own.url)
        with link.asking() as client:
            await client.set("a", "1")
        own.server.kill()
        own.server.start()
        with link.asking() as client:  # over a connection that was cut
            assert await client.get("a") is None
        await link.close()


async def test_a_lease_outlives_its_time_while_its_holder_lives(
    redis_server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.gateway.leases.LEASE_S", 0.2)
    monkeypatch.setattr("bot.gateway.leases._RENEWED_EVERY_S", 0.05)
    links = [RedisLink(redis_server.url) for _ in range(2)]
    mine, theirs = (
        Leases(links[0], patience_s=5.0),
        Conversations(waiting_max=1, leases=Leases(links[1], patience_s=0.5)),
    )
    async with mine.held("turn:ann"):
        with pytest.raises(TooManyWaiting):
            async with theirs.turn_of("ann"):
                raise AssertionError("held twice")
    async with theirs.turn_of("ann"):
        pass
    for link in links:
        await link.close()


async def test_what_a_dead_gateway_held_is_free_after_its_time(redis_server: Redis) -> None:
    link = RedisLink(redis_server.url)
    leases = Leases(link, patience_s=2.0)
    dead = await leases._taken("turn:bob")  # and never renewed, nor let go
    assert dead is not None
    with link.asking() as client:
        left_ms = await client.pttl(dead.name)
        assert 0 < left_ms <= LEASE_S * 1000
        await client.pexpire(dead.name, 100)
    async with leases.held("turn:bob"):
        pass
    await leases.close()
    await link.close()


@pytest.mark.parametrize("uri", ["nosuchstore://x", "memcached://127.0.0.1:1", "no address"])
def test_a_store_of_counts_that_cannot_be_is_said_with_its_setting(uri: str) -> None:
    with pytest.raises(CountsError, match="MATINEE_RATE_LIMIT_STORAGE"):
        Counts(uri)


async def test_counts_may_lie_in_a_redis_of_their_own(settings: Settings, redis_server: Redis) -> None:
    commons = commons_of(settings.model_copy(update={"rate_limit_storage": redis_server.url}))
    assert commons.link is None
    with commons.counts.counting():
        assert await commons.counts.storage.incr("a-count-of-its-own", 60) == 1
    await commons.close()


def test_an_address_with_a_password_is_not_repeated_in_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATINEE_REDIS_URL", "http://:very-secret@host")
    with pytest.raises(ValueError, match="redis_url") as refused:
        Settings()
    assert "very-secret" not in str(refused.value)
