"""Buttons under films."""

import time

from fastapi import FastAPI
from structlog.typing import EventDict
from telegram_api import BLOCKED, BOT, BotApi, Refusal
from telegram_peers import Behind, Person, eventually

from bot.telegram.identity import person_of

FILM = "tt0211915"


def _labels(api: BotApi, message: int) -> list[str]:
    markup = list(api.markups.values())[message]
    return [button["text"] for row in markup["inline_keyboard"] for button in row]


async def _films(api: BotApi, person: Person) -> None:
    person.says("a film")
    await eventually(lambda: len(api.markups) == 3)


async def test_a_mark_is_answered_over_the_chat_kept_and_shown_in_place(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    person.presses("Like", message=0)
    await eventually(lambda: api.of("editMessageReplyMarkup"))
    [answer] = api.of("answerCallbackQuery")
    assert answer.params["text"] == f"like: {FILM}"
    assert behind.messages[-1] == f'/like{{"movie_id": "{FILM}"}}'
    assert _labels(api, 0)[0] == "✅ Liked"
    assert len(api.messages) == 4, "a mark sends no message"


async def test_like_and_dislike_exclude_each_other_and_each_mark_goes_both_ways(
    polling: FastAPI, api: BotApi, person: Person
) -> None:
    await _films(api, person)
    for at, (press, shown) in enumerate(
        [
            ("Like", "✅ Liked 👎 Not for me 👀 Seen it 🔖 Save"),
            ("Not for me", "👍 Like ✅ Not for me 👀 Seen it 🔖 Save"),
            ("Save", "👍 Like ✅ Not for me 👀 Seen it ✅ Saved"),
            ("Saved", "👍 Like ✅ Not for me 👀 Seen it 🔖 Save"),
            ("Seen", "👍 Like ✅ Not for me ✅ Seen 🔖 Save"),
            ("✅ Not for me", "👍 Like 👎 Not for me ✅ Seen 🔖 Save"),
            ("✅ Seen", "👍 Like 👎 Not for me 👀 Seen it 🔖 Save"),
        ],
        start=1,
    ):
        person.presses(press, message=0)
        await eventually(lambda at=at: len(api.of("editMessageReplyMarkup")) == at)
        assert " ".join(_labels(api, 0)[:4]) == shown


async def test_a_mark_is_taken_back_without_a_word_to_the_dialogue(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    person.presses("Like", message=0)
    await eventually(lambda: len(api.of("editMessageReplyMarkup")) == 1)
    person.presses("✅ Liked", message=0)
    await eventually(lambda: len(api.of("editMessageReplyMarkup")) == 2)
    assert api.of("answerCallbackQuery")[-1].params["text"] == f"unlike: {FILM}"
    assert _labels(api, 0)[0] == "👍 Like"
    assert len(behind.messages) == 2


async def test_an_old_button_for_what_is_set_edits_nothing(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    person.presses("Like", message=0)
    await eventually(lambda: len(api.of("editMessageReplyMarkup")) == 1)
    place = next(iter(api.markups))
    card = {"message_id": place[1], "from": BOT, "chat": {**person._chat, "id": place[0]}, "date": 1, "photo": []}
    person.presses_data(f"like:{FILM}", {**card, "reply_markup": api.markups[place]})
    await eventually(lambda: not api.queries)
    person.presses("Seen", message=1)
    await eventually(lambda: len(api.of("editMessageReplyMarkup")) == 2)
    assert len(behind.messages) == 4


async def test_films_shown_again_carry_their_marks(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    kept = behind.kept[f"matinee:{person_of(int(str(BOT['id'])), person.telegram_user)}"]
    kept["saved"].append(FILM)
    await _films(api, person)
    assert "✅ Saved" in _labels(api, 0)
    assert "🔖 Save" in _labels(api, 1)


async def test_asking_why_and_for_more_answers_at_once_and_then_in_the_chat(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    behind.think_s = 0.3
    person.presses("Why", message=0)
    await eventually(lambda: len(api.messages) == 5)
    [answer] = api.of("answerCallbackQuery")
    assert "text" not in answer.params
    assert api.messages[4].params["text"] == f"explain {FILM}"
    assert api.messages[4].at_s - answer.at_s > 0.2
    person.presses("More like it", message=0)
    await eventually(lambda: len(api.messages) == 7)
    caption = api.messages[6].params["caption"]
    assert caption.startswith("<b>Heat"), "a film alone has no number"


async def test_a_button_does_not_spin_while_the_dialogue_thinks(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    behind.think_s = 1.6
    pressed_s = time.monotonic()
    person.presses("Save", message=0)
    await eventually(lambda: len(api.messages) == 5)
    [answer] = api.of("answerCallbackQuery")
    assert "text" not in answer.params
    assert answer.at_s - pressed_s < 1.5
    assert api.messages[4].params["text"] == f"save: {FILM}", "what came too late for the toast is said"


async def test_a_fault_is_an_alert_and_marks_nothing(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    await _films(api, person)
    behind.is_silent = True
    person.presses("Like", message=0)
    await eventually(lambda: api.of("answerCallbackQuery"))
    [answer] = api.of("answerCallbackQuery")
    assert answer.params["show_alert"] == "true"
    assert "sorry" in answer.params["text"]
    assert not api.of("editMessageReplyMarkup")


async def test_a_press_that_telegram_no_longer_waits_for_is_said_in_the_chat(
    polling: FastAPI, api: BotApi, person: Person
) -> None:
    await _films(api, person)
    person.presses("Like", message=0)
    api.queries.clear()
    await eventually(lambda: len(api.messages) == 5)
    assert api.messages[4].params["text"] == f"like: {FILM}"
    await eventually(lambda: api.of("editMessageReplyMarkup"))


async def test_forged_and_outdated_data_is_refused_kindly(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    for data in ("", "like:", "like:a b", "erase:tt1", 'like:x"}', "say:", "nothing"):
        person.presses_data(data, person.message(text="old"))
    await eventually(lambda: len(api.of("answerCallbackQuery")) == 7)
    assert {call.params["text"] for call in api.of("answerCallbackQuery")} == {
        "That button is out of date. Ask me again, please."
    }
    assert not behind.heard


async def test_a_message_that_telegram_forgot_is_answered_but_not_edited(
    polling: FastAPI, api: BotApi, behind: Behind, person: Person
) -> None:
    gone = {"message_id": 5, "chat": {"id": person.telegram_user, "type": "private", "first_name": "P"}, "date": 0}
    person.presses_data(f"save:{FILM}", gone)
    await eventually(lambda: api.of("answerCallbackQuery"))
    assert behind.messages == [f'/save{{"movie_id": "{FILM}"}}']
    person.presses_data(f"save:{FILM}", None)
    await eventually(lambda: len(api.of("answerCallbackQuery")) == 2)
    assert not api.of("editMessageReplyMarkup")


async def test_a_deleted_card_is_no_fault(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    await _films(api, person)
    api.faults["editMessageReplyMarkup"].append(Refusal(400, "Bad Request: message to edit not found"))
    person.presses("Like", message=0)
    await eventually(lambda: any(line["event"] == "keyboard not edited" for line in logged))
    assert not [line for line in logged if line["log_level"] == "error"]


async def test_a_person_who_blocked_the_bot_is_left_alone(
    polling: FastAPI, api: BotApi, person: Person, logged: list[EventDict]
) -> None:
    api.faults["sendMessage"].append(BLOCKED)
    person.says("a film")
    await eventually(lambda: any(line["event"] == "chat closed" for line in logged))
    assert not api.messages, "the films are not sent after the words were refused"
    assert not [line for line in logged if line["log_level"] in ("error", "critical")]
