"""What happens with a message: it is heard, answered by a turn, and shown.

```mermaid
flowchart LR
    update --> hear{"for us?"}
    hear -- no --> silence
    hear -- yes --> order["wait for this chat's turn"] --> once{"seen before?"}
    once -- yes --> silence
    once -- no --> kind{"what is it?"}
    kind -- "/start" --> welcome
    kind -- "no words" --> only_words["a kind word"]
    kind -- "words, command, link" --> turn["typing… the turn"] --> show
```
"""

import contextlib

import structlog
from telegram import Bot, Update

from bot.gateway.conversations import Conversations, TooManyWaiting
from bot.gateway.turn import CardAction
from bot.telegram.deeplinks import wish_of
from bot.telegram.desk import Desk, Wish
from bot.telegram.faults import ChatClosed, NotTaken, TelegramFault
from bot.telegram.hearing import Heard, Kind, hear
from bot.telegram.identity import person_of, turn_id_of
from bot.telegram.once import Once
from bot.telegram.outbox import Outbox
from bot.telegram.pictures import Pictures
from bot.telegram.showing import Showing
from bot.telegram.typing_action import typing
from bot.telegram.words import Words
from engine.wire import QuickReply
from persona_configs import Phrase, say

_LOG = structlog.get_logger("gateway.telegram")
_START = "start"
#: Commands in words that the dialogue knows; the others of the menu are the persona's own chips.
_SAID = {"help": "help", "forget": "forget me"}
_CHIPS = {"saved": Phrase.CHIP_SAVED, "surprise": Phrase.CHIP_SURPRISE}


class Chats:
    """Answers the messages of one bot, those of one chat one after the other."""

    def __init__(
        self, desk: Desk, *, once: Once, showing: Showing, pictures: Pictures, words: Words, order: Conversations
    ) -> None:
        self._desk = desk
        self._once = once
        self._showing = showing
        self._pictures = pictures
        self._words = words
        self._order = order
        self._crowded: set[int] = set()

    async def on_message(self, update: Update, bot: Bot) -> None:
        """Answers one update. Never raises: a fault of ours is an apology in the chat, and a trace in the log."""
        if (heard := hear(update, bot=bot.bot)) is None:
            return
        outbox = Outbox(bot, heard.place, self._pictures)
        persona = self._desk.persona
        turn_id = turn_id_of(persona, update.update_id)
        structlog.contextvars.bind_contextvars(persona=persona.name, turn_id=turn_id)
        try:
            async with self._order.turn_of(f"chat:{heard.place.chat_id}"):
                if await self._once.first_time(persona.name, update.update_id):
                    await self._answer(heard, update.update_id, bot, outbox)
            self._crowded.discard(heard.place.chat_id)
        except TooManyWaiting:
            await self._beg_patience(heard, outbox)
        except ChatClosed as error:
            _LOG.info("chat closed", fault=str(error))
        except NotTaken as error:
            _LOG.warning("answer not delivered", fault=str(error))
        except Exception:
            _LOG.exception("message not answered", fault="unknown")
            with contextlib.suppress(TelegramFault):
                await outbox.words(say(persona, Phrase.APOLOGY, seed=turn_id, id=turn_id))

    async def _answer(self, heard: Heard, update_id: int, bot: Bot, outbox: Outbox) -> None:
        user = person_of(bot.id, heard.telegram_user)
        wish = self._wish(heard)
        if wish is None:
            await self._open(heard, user, outbox)
            return
        async with typing(bot, heard.place):
            answer = await self._desk.turn(wish, user=user, update_id=update_id)
        await self._showing.show(answer, outbox, place=heard.place, user=user)

    def _wish(self, heard: Heard) -> Wish | None:
        """What a turn is asked for; None for a bare /start and for messages without words."""
        if heard.kind is Kind.NO_WORDS:
            return None
        if heard.kind is Kind.WORDS:
            return self._showing.meant(heard.place, heard.words)
        persona = self._desk.persona
        if heard.command == _START:
            wish: CardAction | str | None = wish_of(heard.words, starters=persona.starters)
            return wish
        if heard.command in _CHIPS:
            return say(persona, _CHIPS[heard.command], seed=persona.name)
        # An unknown command is what it says: /something_funny.
        return _SAID.get(heard.command) or f"{heard.command.replace('_', ' ')} {heard.words}".strip()

    async def _open(self, heard: Heard, user: str, outbox: Outbox) -> None:
        """Says where one can begin."""
        if (refused := await self._desk.admit(user)) is not None:
            await outbox.words(refused.words)
            return
        persona = self._desk.persona
        welcome = say(persona, Phrase.WELCOME, seed=persona.name)
        text = self._words.only_words if heard.kind is Kind.NO_WORDS else welcome
        starters = [QuickReply(title=starter, payload=starter) for starter in persona.starters]
        await self._showing.say(text, starters, outbox, place=heard.place)

    async def _beg_patience(self, heard: Heard, outbox: Outbox) -> None:
        """Says once that a crowd of messages is too much; those that wait are answered."""
        _LOG.warning("chat crowded")
        if heard.place.chat_id in self._crowded:
            return
        self._crowded.add(heard.place.chat_id)
        with contextlib.suppress(TelegramFault):
            await outbox.words(say(self._desk.persona, Phrase.APOLOGY_BUSY, seed=str(heard.place.chat_id)))
