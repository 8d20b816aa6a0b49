"""From a Telegram message to what was said, or to silence where it is not for us."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Bot, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType, MessageEntityType
from telegram.ext import filters


class Kind(StrEnum):
    """What a message amounts to."""

    WORDS = "words"
    COMMAND = "command"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where answers go. In a group they are replies to `message_id`, within the topic if there is one."""

    chat_id: int
    message_id: int
    is_group: bool
    topic_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message for us.

    `words` are those of the person, of a caption, or a sticker's emoji; of a command, what follows it.
    """

    kind: Kind
    place: Place
    telegram_user: int
    words: str = ""
    command: str = ""


def read_update(body: dict[str, Any], bot: Bot) -> Update | None:
    """The update in Telegram's JSON; None where it is of a shape that the library does not know."""
    try:
        return Update.de_json(body, bot)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def hear(update: Update, *, bot: User) -> Heard | None:
    """The update's message as heard by this bot.

    None for edits, channels, other bots, service messages, and talk in a group between others.
    """
    message = update.message
    sender = message.from_user if message else None
    if message is None or sender is None or sender.is_bot or filters.StatusUpdate.ALL.check_update(update):
        return None
    place = place_of(message)
    if place.is_group and not _is_for(message, bot):
        return None
    spoken = message.text or message.caption or (message.sticker.emoji if message.sticker else "") or ""
    if (command := _command(spoken, bot)) is not None:
        name, words = command
        return Heard(kind=Kind.COMMAND, place=place, telegram_user=sender.id, command=name, words=words)
    words = _without_mention(spoken, bot)
    # A bare mention is a message without words too, but one that the turn itself answers: with where to begin.
    kind = Kind.WORDS if spoken else Kind.NO_WORDS
    return Heard(kind=kind, place=place, telegram_user=sender.id, words=words)


def place_of(message: MaybeInaccessibleMessage) -> Place:
    """Where a message stands, even one of which Telegram tells nothing else any more."""
    return Place(
        chat_id=message.chat.id,
        message_id=message.message_id,
        is_group=message.chat.type != ChatType.PRIVATE,
        topic_id=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
    )


def _is_for(message: Message, bot: User) -> bool:
    """Whether a message in a group names the bot or answers it."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == bot.id:
        return True
    named = {**message.parse_entities(), **message.parse_caption_entities()}
    for entity, text in named.items():
        match entity.type:
            case MessageEntityType.MENTION if text.lower() == f"@{bot.username}".lower():
                return True
            case MessageEntityType.TEXT_MENTION if entity.user is not None and entity.user.id == bot.id:
                return True
            case MessageEntityType.BOT_COMMAND if text.lower().endswith(f"@{bot.username}".lower()):
                return True
    return False


def _command(text: str, bot: User) -> tuple[str, str] | None:
    """The command at the start of a text and what follows it; one that is meant for another bot is plain words."""
    if not text.startswith("/"):
        return None
    head, _, tail = text[1:].partition(" ")
    name, _, addressee = head.partition("@")
    if not name.isidentifier() or (addressee and addressee.lower() != (bot.username or "").lower()):
        return None
    return name.lower(), tail.strip()


def _without_mention(text: str, bot: User) -> str:
    """The text without the bot's name, wherever it stands."""
    name = f"@{bot.username}".lower()
    return " ".join(part for part in text.split(" ") if part.lower().rstrip(",:") != name).strip()
