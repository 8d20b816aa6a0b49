"""A bot among several people: it speaks when spoken to."""

from typing import Any

import pytest
from fastapi import FastAPI
from telegram_api import BOT, BotApi, Refusal
from telegram_peers import Behind, Person, eventually

CLUB: dict[str, Any] = {"id": -100200, "type": "supergroup", "title": "Film club"}


@pytest.fixture
def member(api: BotApi) -> Person:
    return Person(api, telegram_user=1, chat=CLUB)


async def test_talk_between_others_is_not_heard(polling: FastAPI, api: BotApi, behind: Behind, member: Person) -> None:
    member.says("a film tonight, anyone?")
    member.says("/help")
    member.says("/help@other_bot")
    member.says("@someone_else a film")
    member.sends(photo=[])
    member.says("@usher_bot a calm evening")
    await eventually(lambda: api.messages)
    assert behind.messages == ["a calm evening"]


async def test_mentions_replies_and_addressed_commands_are(
    polling: FastAPI, api: BotApi, behind: Behind, member: Person
) -> None:
    member.says("hello @usher_bot, brighter")
    await eventually(lambda: len(behind.messages) == 1)
    member.says("funnier", reply_to_message={"message_id": 1, "from": BOT, "chat": CLUB, "date": 1, "text": "x"})
    await eventually(lambda: len(behind.messages) == 2)
    member.says("/surprise@usher_bot")
    await eventually(lambda: len(behind.messages) == 3)
    assert behind.messages == ["hello brighter", "funnier", "Surprise me"]


async def test_the_answer_is_a_reply_and_chips_are_buttons(
    polling: FastAPI, api: BotApi, behind: Behind, member: Person
) -> None:
    asked = member.says("@usher_bot a film", message_thread_id=7, is_topic_message=True)
    await eventually(lambda: len(api.messages) == 4)
    words, *films = api.messages
    assert words.params["reply_parameters"]["message_id"] == asked["message"]["message_id"]
    assert words.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "say:brighter"
    assert all("reply_parameters" not in film.params for film in films)
    assert all(call.params["message_thread_id"] == "7" for call in api.messages)
    member.presses("Something brighter", message=0)
    await eventually(lambda: len(behind.messages) == 2)
    assert behind.messages[1] == "brighter"


async def test_each_member_has_a_conversation_and_cards_show_nobody_s_marks(
    polling: FastAPI, api: BotApi, behind: Behind, member: Person
) -> None:
    other = Person(api, telegram_user=2, chat=CLUB)
    member.says("@usher_bot a film")
    await eventually(lambda: len(api.messages) == 4)
    other.presses("Like", message=1)
    await eventually(lambda: api.of("answerCallbackQuery"))
    assert len({body["sender"] for body in behind.heard}) == 2
    assert not api.of("editMessageReplyMarkup")


async def test_a_group_that_became_a_supergroup_is_followed(polling: FastAPI, api: BotApi, member: Person) -> None:
    moved = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100999)
    api.faults["sendMessage"].append(moved)
    member.says("@usher_bot hello")
    await eventually(lambda: api.messages)
    assert api.messages[0].params["chat_id"] == "-100999"
