"""One message in, one turn out."""

import asyncio

import httpx
import pytest
import structlog
from gateway_peers import DialoguePeer, FactsPeer, SignIn

from bot.gateway.turn import Turn
from engine.wire import TEXT_MAX_CHARS

DESIGN_FIELDS = "persona user text intent frame replies cards quick_replies relaxed latency_ms"
CARD_FIELDS = (
    "movie_id title year genres certification runtime_min directors cast countries languages moods themes awards tone "
    "lightness colourfulness vintage warmth dark_moody bright_colourful sentiment reviews synopsis poster_url "
    "poster_credit trailer_url reason evidence"
)


async def test_a_turn_has_exactly_the_fields_of_the_design(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    answer = await gateway.post(
        "/v1/chat", json={"persona": "matinee", "text": "a film"}, headers=await signed_in("matinee")
    )
    assert answer.status_code == 200
    turn = answer.json()
    assert " ".join(turn) == DESIGN_FIELDS
    assert " ".join(turn["cards"][0]) == CARD_FIELDS
    assert list(turn["latency_ms"]) == ["total", "parse", "dialogue", "engine"]
    assert turn["latency_ms"]["parse"] == 1.5
    assert turn["latency_ms"]["engine"] >= 2.5
    assert turn["latency_ms"]["total"] >= turn["latency_ms"]["dialogue"]
    assert turn["frame"]["wants"]["moods"] == ["bright"]
    assert turn["frame"]["year"] == [None, None]
    assert turn["frame"]["tone"] == {"funny": {"direction": 1, "strength": 0.5}}
    assert turn["intent"] == {"name": "request", "confidence": 0.9}


async def test_payloads_merge_and_cards_keep_the_order_and_reasons_of_the_picks(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer
) -> None:
    turn = Turn.model_validate((await gateway.post("/v1/chat", json={"persona": "matinee", "text": "film"})).json())
    assert turn.replies == ("heard: film", "three for you")
    # The engine leaves a film out that the persona must not show.
    assert [card.movie_id for card in turn.cards] == ["amelie-2001", "coco-2017", "heat-1995"]
    assert turn.cards[1].reason == "why coco-2017"
    assert turn.relaxed == ("under an hour",)


async def test_the_dialogue_gets_the_conversation_and_metadata_of_the_gateway_alone(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    answer = await gateway.post(
        "/v1/chat", json={"persona": "matinee", "text": "hi"}, headers=await signed_in("matinee")
    )
    user, [body] = answer.json()["user"], dialogue.heard
    assert body["sender"] == f"matinee:{user}"
    assert body["metadata"] == {"persona": "matinee", "user": user, "turn_id": answer.headers["matinee-turn"]}


async def test_without_credentials_one_curl_works_and_the_session_goes_on(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer
) -> None:
    first = await gateway.post(
        "/v1/chat", content='{"persona": "matinee", "text": "hi"}', headers={"Content-Type": "application/json"}
    )
    token = first.headers["matinee-session"]
    second = await gateway.post(
        "/v1/chat", json={"persona": "matinee", "text": "more"}, headers={"Authorization": f"Bearer {token}"}
    )
    assert second.json()["user"] == first.json()["user"]
    assert "matinee-session" not in second.headers


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ('/forget_me{"movie_id": "x"}', 'forget_me{"movie_id": "x"}'),
        ("  /restart", "restart"),
        ("/\u2003//restart", "restart"),
        ("\x00/restart", "restart"),
        ("/", "／"),
        ("24/7 diner", "24/7 diner"),
        ("🫣💔🤣", "🫣💔🤣"),
        ("a\x00b\x07c\nd", "abc\nd"),
    ],
)
async def test_words_of_a_person_never_are_a_command(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, typed: str, heard: str
) -> None:
    await gateway.post("/v1/chat", json={"persona": "matinee", "text": typed})
    assert dialogue.messages == [heard]
    assert not dialogue.messages[0].strip().startswith("/")


async def test_a_button_becomes_the_dialogues_command(gateway: httpx.AsyncClient, dialogue: DialoguePeer) -> None:
    action = {"kind": "more_like", "movie_id": "coco-2017"}
    answer = await gateway.post("/v1/chat", json={"persona": "matinee", "action": action})
    assert dialogue.messages == ['/more_like{"movie_id": "coco-2017"}']
    assert answer.json()["text"] == ""


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\x01", "\u200b\u200d"])
async def test_an_empty_message_is_answered_in_words(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, text: str
) -> None:
    answer = await gateway.post("/v1/chat", json={"persona": "matinee", "text": text})
    turn = Turn.model_validate(answer.json())
    assert answer.status_code == 200
    assert turn.intent.name == "empty"
    assert turn.replies[0]
    assert turn.quick_replies
    assert dialogue.heard == []


async def test_too_long_a_message_is_answered_in_words(gateway: httpx.AsyncClient, dialogue: DialoguePeer) -> None:
    answer = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "x" * 20_000})
    turn = Turn.model_validate(answer.json())
    assert (answer.status_code, turn.intent.name, len(turn.text)) == (200, "too_long", TEXT_MAX_CHARS)
    assert str(TEXT_MAX_CHARS) in turn.replies[0]
    assert dialogue.heard == []
    longest = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "x" * TEXT_MAX_CHARS})
    assert longest.json()["intent"]["name"] == "request"


@pytest.mark.parametrize("mode", ["empty", "text", "slow", "error", "garbage", "half", "silent"])
async def test_a_fault_is_an_apology_with_an_id_and_a_way_on(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, mode: str, signed_in: SignIn
) -> None:
    headers = await signed_in("matinee")
    dialogue.mode = mode
    with structlog.testing.capture_logs() as logs:
        answer = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "hello"}, headers=headers)
    turn = Turn.model_validate(answer.json())
    assert answer.status_code == 200
    assert (turn.intent.name, turn.intent.confidence) == ("fault", 0)
    assert answer.headers["matinee-turn"] in turn.replies[0]
    assert turn.quick_replies[0].payload == "hello"
    assert any(line["event"] == "turn failed" for line in logs)
    assert "hello" not in str(logs)
    assert len(dialogue.heard) == 1, "a message that may have been delivered must not be sent twice"
    dialogue.mode = "ok"
    after = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "hello"}, headers=headers)
    assert after.json()["intent"]["name"] == "request"


async def test_an_engine_that_fails_after_the_dialogue_is_an_apology(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, engine: FactsPeer
) -> None:
    engine.status = 500
    answer = await gateway.post("/v1/chat", json={"persona": "matinee", "text": "a film"})
    assert answer.json()["intent"]["name"] == "fault"
    assert answer.json()["cards"] == []


async def test_turns_of_one_conversation_come_one_after_the_other(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = await signed_in("matinee")
    dialogue.think_s = 0.05

    async def say(text: str) -> httpx.Response:
        return await gateway.post("/v1/chat", json={"persona": "matinee", "text": text}, headers=headers)

    await asyncio.gather(*(say(f"message {number}") for number in range(4)))
    assert dialogue.messages == [f"message {number}" for number in range(4)]
    assert dialogue.most_under_way == 1


async def test_conversations_do_not_wait_for_each_other(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    dialogue.think_s = 0.3
    people = [await signed_in("matinee") for _ in range(3)]
    body = {"persona": "matinee", "text": "hi"}
    await asyncio.gather(*(gateway.post("/v1/chat", json=body, headers=headers) for headers in people))
    assert dialogue.most_under_way == 3


async def test_a_crowded_conversation_is_asked_for_patience(
    gateway: httpx.AsyncClient, dialogue: DialoguePeer, signed_in: SignIn
) -> None:
    headers = await signed_in("matinee")
    dialogue.think_s = 0.1
    body = {"persona": "matinee", "text": "hi"}
    answers = await asyncio.gather(*(gateway.post("/v1/chat", json=body, headers=headers) for _ in range(8)))
    names = [answer.json()["intent"]["name"] for answer in answers]
    # One under way and five waiting, as the settings say.
    assert (names.count("request"), names.count("fault")) == (6, 2)


async def test_the_message_is_not_in_the_log(gateway: httpx.AsyncClient, dialogue: DialoguePeer) -> None:
    with structlog.testing.capture_logs() as logs:
        await gateway.post("/v1/chat", json={"persona": "matinee", "text": "my secret wish"})
    assert any(line["event"] == "turn" for line in logs)
    assert "secret wish" not in str(logs)
