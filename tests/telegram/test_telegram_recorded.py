"""Updates as other projects recorded them: none is a fault, and what is for us is heard."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, User

from bot.telegram.hearing import Heard, Kind, hear, read_update

DATA = Path(os.environ.get("MATINEE_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data") / "telegram_updates"
ME = User(id=111111111, is_bot=True, first_name="Superbot", username="thebot")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no recorded updates at {DATA} (set MATINEE_TEST_DATA)")


def _recorded() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(DATA.rglob("*.json")):
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        bodies = body if isinstance(body, list) else [body]
        yield from ((path.name, one) for one in bodies if isinstance(one, dict) and "update_id" in one)


def _heard(body: dict[str, Any], bot: Bot) -> Heard | None:
    update = read_update(body, bot)
    return hear(update, bot=ME) if update else None


@pytest.mark.filterwarnings("default")
def test_every_recorded_update_is_read() -> None:
    bot = Bot("1:token")
    heard = [(name, _heard(body, bot)) for name, body in _recorded()]
    assert len(heard) > 100
    kinds = {kind: {name for name, one in heard if one is not None and one.kind is kind} for kind in Kind}
    assert {"text.json", "entities.json", "photo.json", "sticker.json", "not_command.json"} <= kinds[Kind.WORDS]
    assert {"command.json", "command_with_parameters.json"} <= kinds[Kind.COMMAND]
    assert {"voice.json", "location.json", "document.json", "contact.json", "dice.json"} <= kinds[Kind.NO_WORDS]
    silent = {name for name, one in heard if one is None}
    assert {
        "edited_message.json",
        "channel_post.json",
        "inline_query.json",
        "poll.json",
        "callback_query.json",
    } <= silent
    assert {"pinned_message.json", "new_chat_members.json", "migrate_to_chat_id.json"} <= silent
