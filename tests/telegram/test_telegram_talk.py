"""A conversation in a private chat, polled."""

import json

import pytest
from fastapi import FastAPI
from structlog.typing import EventDict
from telegram_api import BOT, TOKEN, BotApi
from telegram_peers import POSTER, Behind, Person, eventually

from bot.telegram.identity import person_of
from persona_configs import Persona, Phrase
from persona_configs.phrases import variants

WELCOME = "Good evening, and welcome to Matinee"


async def test_a_request_is_answered_with_words_chips_and_a_picture_a_film(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    person.says("a funny film")
    await eventually(lambda: len(api.messages) == 4)
    words, *films = api.messages
    assert words.params["text"] == "This way, please:"
    chips = words.params["reply_markup"]["keyboard"]
    assert [button["text"] for row in chips for button in row] == ["Something brighter", "More"]
    assert [film.method for film in films] == ["sendPhoto"] * 3
    assert films[0].files, "a drawn card is uploaded"
    assert films[1].params["photo"] == POSTER
    facts = "R · 2 h 2 min · Comedy, Romance · Jean-Pierre Jeunet\nLook: bright, colourful"
    caption = films[0].params["caption"]
    assert caption.startswith(f"1. <b>Amélie</b> (2001)\n{facts}\n\n<i>why &lt;tt0211915&gt;</i>")
    assert [film.params["caption"].endswith("\nPoster: TMDB") for film in films] == [False, True, False]
    assert "<b>Heat &amp; &lt;Fire&gt;</b>" in films[2].params["caption"]
    buttons = [one for row in films[0].params["reply_markup"]["inline_keyboard"] for one in row]
    assert [one["callback_data"].split(":")[0] for one in buttons] == [
        "like", "dislike", "seen", "save", "more_like", "explain",
    ]  # fmt: skip


async def test_the_dialogue_gets_an_opaque_person_of_this_persona(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    person.says("hello")
    await eventually(lambda: api.messages)
    user = person_of(int(str(BOT["id"])), person.telegram_user)
    assert behind.heard[0]["sender"] == f"matinee:{user}"
    assert str(person.telegram_user) not in json.dumps(behind.heard)
    assert len(behind.heard[0]["metadata"]["turn_id"]) == 16


async def test_typing_is_shown_before_the_answer_and_never_after(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    behind.think_s = 0.3
    person.says("hello")
    await eventually(lambda: api.messages)
    order = [call.method for call in api.of("sendChatAction", "sendMessage")]
    assert order == ["sendChatAction", "sendMessage"]


async def test_start_welcomes_with_the_starters_and_asks_nothing(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person, personas: dict[str, Persona]
) -> None:
    person.says("/start")
    await eventually(lambda: api.messages)
    [welcome] = api.messages
    assert welcome.params["text"].startswith(WELCOME)
    chips = [button["text"] for row in welcome.params["reply_markup"]["keyboard"] for button in row]
    assert tuple(chips) == personas["matinee"].starters
    assert not behind.heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/start ask-something_bright", "something bright"),
        ("/start starter-3", "a cosy mystery under two hours"),
        ("/start film-tt0211915", '/details{"movie_id": "tt0211915"}'),
        ("/start like-tt0211915", '/more_like{"movie_id": "tt0211915"}'),
        ("/help", "help"),
        ("/help@usher_bot", "help"),
        ("/saved", "Show my saved films"),
        ("/surprise", "Surprise me"),
        ("/forget", "forget me"),
        ("/something_funny tonight", "something funny tonight"),
        ("/restart{}", "restart{}"),
        ("🫣💔🤣", "🫣💔🤣"),
    ],
)
async def test_commands_and_links_become_words_or_actions(
    polling: FastAPI, *, api: BotApi, behind: Behind, person: Person, said: str, heard: str
) -> None:
    person.says(said)
    await eventually(lambda: api.messages)
    assert behind.messages == [heard]


@pytest.mark.parametrize("payload", ["nonsense", "film-", "film-a%20b", "starter-9", "starter-²", "ask-", "x" * 65])
async def test_a_link_that_means_nothing_welcomes(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person, payload: str
) -> None:
    person.says(f"/start {payload}")
    await eventually(lambda: api.messages)
    assert api.messages[0].params["text"].startswith(WELCOME)
    assert not behind.heard


async def test_the_label_of_a_chip_stands_for_what_it_means(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    person.says("a film")
    await eventually(lambda: len(api.messages) == 4)
    person.says("Something brighter")
    await eventually(lambda: len(behind.messages) == 2)
    assert behind.messages[1] == "brighter"


async def test_without_chips_those_of_before_are_taken_away(polling: FastAPI, api: BotApi, person: Person) -> None:
    person.says("hello")
    await eventually(lambda: api.messages)
    assert api.messages[0].params["reply_markup"] == {"remove_keyboard": True}


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"photo": [], "caption": "like this one"}, "like this one"),
        ({"sticker": {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1, "is_animated": False,
                      "is_video": False, "type": "regular", "emoji": "😂"}}, "😂"),
    ],
)  # fmt: skip
async def test_captions_and_stickers_are_words_too(
    polling: FastAPI, *, api: BotApi, behind: Behind, person: Person, content: dict[str, object], heard: str
) -> None:
    person.sends(**content)
    await eventually(lambda: api.messages)
    assert behind.messages == [heard]


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"longitude": 1.0, "latitude": 1.0}},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 3}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]},
        {"something_of_next_year": {"a": 1}},
    ],
)
async def test_a_message_without_words_gets_a_kind_one(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person, content: dict[str, object]
) -> None:
    person.sends(**content)
    await eventually(lambda: api.messages)
    assert api.messages[0].params["text"].startswith("I can read words and emoji")
    assert not behind.heard


async def test_edits_channels_bots_and_services_are_not_answered(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    person._give({"edited_message": {**person.message(text="edited"), "edit_date": 2}})
    person._give({"channel_post": {**person.message(text="post"), "chat": {"id": -5, "type": "channel", "title": "c"}}})
    person.sends(text="beep", **{"from": {"id": 9, "is_bot": True, "first_name": "Other"}})
    person.sends(pinned_message={"message_id": 1, "date": 0, "chat": {"id": 777, "type": "private"}})
    person.says("the last")
    await eventually(lambda: api.messages)
    assert behind.messages == ["the last"]


async def test_an_update_that_comes_twice_is_answered_once(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    update = person.says("once")
    await eventually(lambda: api.messages)
    line = polling.state.telegram.lines["matinee"]
    await line.feed(line.read(update))
    person.says("again")
    await eventually(lambda: len(api.messages) == 2)
    assert behind.messages == ["once", "again"]


async def test_messages_of_one_chat_are_answered_in_order(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    behind.think_s = 0.05
    for at in range(4):
        person.says(f"number {at}")
    await eventually(lambda: len(api.messages) == 4)
    assert [call.params["text"] for call in api.messages] == [f"heard: number {at}" for at in range(4)]


async def test_long_replies_are_split_and_nothing_is_lost(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    behind.long_words = "<b> & " * 1500
    person.says("hello")
    await eventually(lambda: len(api.messages) == 3)
    told = " ".join(call.params["text"] for call in api.messages)
    assert told.count("&lt;b&gt; &amp;") == 1500


async def test_a_silent_dialogue_is_an_apology_with_a_way_on(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    behind.is_silent = True
    person.says("hello")
    await eventually(lambda: api.messages)
    [apology] = api.messages
    assert "sorry" in apology.params["text"]
    assert apology.params["reply_markup"]["keyboard"][0][0]["text"] == "Try again"
    behind.is_silent = False
    person.says("Try again")
    await eventually(lambda: len(api.messages) == 2)
    assert behind.messages[-1] == "hello"


async def test_the_persona_s_limits_hold_here_too(
    app: FastAPI, api: BotApi, behind: Behind, person: Person, personas: dict[str, Persona]
) -> None:
    web = personas["matinee"].web.model_copy(update={"turns_per_minute": 2})
    object.__setattr__(personas["matinee"], "web", web)
    async with app.router.lifespan_context(app):
        for _ in range(3):
            person.says("hello")
        await eventually(lambda: len(api.messages) == 3)
    assert len(behind.heard) == 2
    refusals = [way.split("{")[0] for way in variants(personas["matinee"], Phrase.SLOW_DOWN)]
    assert api.messages[2].params["text"].startswith(tuple(refusals))


async def test_the_menu_is_set_and_other_personas_do_without(
    polling: FastAPI, api: BotApi, logged: list[EventDict]
) -> None:
    await eventually(lambda: api.of("setMyCommands"))
    [menu] = api.of("setMyCommands")
    assert [one["command"] for one in menu.params["commands"]] == ["start", "surprise", "saved", "help", "forget"]
    [absent] = [line for line in logged if line["event"] == "no telegram bot"]
    assert absent["persona"] == "lantern"
    assert "TOKEN_OF_NOBODY" in absent["remedy"]
    assert TOKEN not in repr(logged)
