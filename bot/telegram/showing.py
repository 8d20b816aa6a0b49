"""A turn as Telegram shows it: the replies as one message with chips, then one picture a film."""

from collections import OrderedDict
from collections.abc import Sequence

from bot.gateway.turn import Turn
from bot.telegram.buttons import Button, chip, film_rows_of
from bot.telegram.captions import caption, credit_line
from bot.telegram.desk import Desk, Refused, marks_or_none
from bot.telegram.hearing import Place
from bot.telegram.limits import CHIP_MAX_UNITS
from bot.telegram.outbox import Markup, Outbox, chips_below, keyboard
from bot.telegram.texts import cut
from bot.telegram.words import Words
from engine.wire import QuickReply

#: Chats whose chips are remembered, where a chip's label is not what it stands for.
_CHATS_KEPT = 10_000


class Showing:
    """Shows turns of one persona."""

    def __init__(self, desk: Desk, words: Words) -> None:
        self._desk = desk
        self._words = words
        self._meant: OrderedDict[int, dict[str, str]] = OrderedDict()

    async def show(self, answer: Turn | Refused, outbox: Outbox, *, place: Place, user: str) -> None:
        """Sends the answer to where it was asked. Raises `TelegramFault`."""
        if isinstance(answer, Refused):
            await outbox.words(answer.words)
            return
        if answer.replies:
            await self.say("\n\n".join(answer.replies), answer.quick_replies, outbox, place=place)
        # A card in a group belongs to all who see it, so it shows nobody's marks.
        asked = () if place.is_group else tuple(card.movie_id for card in answer.cards)
        marks = await self._desk.marks(user, asked)
        for at, card in enumerate(answer.cards, start=1):
            await outbox.film(
                card,
                caption=caption(card, place=at if len(answer.cards) > 1 else None, words=self._words),
                credit=credit_line(card, self._words),
                rows=film_rows_of(card, marks=marks_or_none(marks, card.movie_id), words=self._words),
            )

    async def say(self, text: str, chips: Sequence[QuickReply], outbox: Outbox, *, place: Place) -> None:
        """Sends words with chips: in place of a person's keyboard, and under the message in a group."""
        if place.is_group:
            await outbox.words(text, markup=_chips_under(chips))
            return
        self._remember(place.chat_id, chips)
        titles = tuple(_label(one) for one in chips)
        await outbox.words(text, markup=chips_below(titles, placeholder=self._words.placeholder))

    def meant(self, place: Place, words: str) -> str:
        """What these words stand for: themselves, or more where they are the label of a chip just offered."""
        return self._meant.get(place.chat_id, {}).get(words, words)

    def _remember(self, chat_id: int, chips: Sequence[QuickReply]) -> None:
        self._meant.pop(chat_id, None)
        if other := {_label(one): one.payload for one in chips if _label(one) != one.payload}:
            self._meant[chat_id] = other
        while len(self._meant) > _CHATS_KEPT:
            self._meant.popitem(last=False)


def _label(one: QuickReply) -> str:
    return cut(one.title, at_most=CHIP_MAX_UNITS)


def _chips_under(chips: Sequence[QuickReply]) -> Markup | None:
    rows = tuple((Button(_label(one), data=data),) for one in chips if (data := chip(one.payload)))
    return keyboard(rows) if rows else None
