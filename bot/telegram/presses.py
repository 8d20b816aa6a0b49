"""What happens with a button: it is answered at once, the turn is taken, and the keyboard shows what is kept now."""

import asyncio

import structlog
from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, ChatMigrated

from bot.gateway.conversations import Conversations, TooManyWaiting
from bot.gateway.turn import FAULT, ActionKind, CardAction, Turn
from bot.telegram.buttons import film_rows, read
from bot.telegram.desk import Desk, Refused
from bot.telegram.faults import TelegramFault
from bot.telegram.hearing import Place, place_of
from bot.telegram.identity import person_of
from bot.telegram.limits import ANSWER_WITHIN_S, TOAST_MAX_UNITS
from bot.telegram.once import Once
from bot.telegram.outbox import Outbox, delivered, keyboard
from bot.telegram.pictures import Pictures
from bot.telegram.showing import Showing
from bot.telegram.texts import cut, units
from bot.telegram.typing_action import typing
from bot.telegram.words import Words
from persona_configs import Phrase, say

_LOG = structlog.get_logger("gateway.telegram")
#: Actions that leave a mark, whose answer fits over the chat; the others ask for words or films.
_MARKING = frozenset(
    {
        ActionKind.LIKE, ActionKind.DISLIKE, ActionKind.SEEN, ActionKind.SAVE,
        ActionKind.UNLIKE, ActionKind.UNDISLIKE, ActionKind.UNSEEN, ActionKind.UNSAVE,
    }
)  # fmt: skip


class Presses:
    """Answers the buttons of one bot."""

    def __init__(
        self, desk: Desk, *, once: Once, showing: Showing, pictures: Pictures, words: Words, order: Conversations
    ) -> None:
        self._desk = desk
        self._once = once
        self._showing = showing
        self._pictures = pictures
        self._words = words
        self._order = order

    async def on_press(self, update: Update, bot: Bot) -> None:
        """Answers one update. Never raises."""
        query = update.callback_query
        persona = self._desk.persona
        if query is None or not await self._once.first_time(persona.name, update.update_id):
            return
        try:
            await self._pressed(query, update.update_id, bot)
        except TooManyWaiting:
            await _toast(query, say(persona, Phrase.APOLOGY_BUSY, seed=query.id))
        except TelegramFault as error:
            _LOG.info("press not answered", fault=type(error).__name__, detail=str(error))
        except Exception:
            _LOG.exception("press not answered", fault="unknown")

    async def _pressed(self, query: CallbackQuery, update_id: int, bot: Bot) -> None:
        wish = read(query.data)
        place = place_of(query.message) if query.message else None
        if wish is None or place is None:
            await _toast(query, self._words.old_button)
            return
        user = person_of(bot.id, query.from_user.id)
        if isinstance(wish, CardAction) and wish.kind in _MARKING:
            await self._mark(wish, query, place, user=user, update_id=update_id, bot=bot)
            return
        await _toast(query, "")
        async with self._order.turn_of(f"chat:{place.chat_id}"):
            async with typing(bot, place):
                answer = await self._desk.turn(wish, user=user, update_id=update_id)
            await self._showing.show(answer, Outbox(bot, place, self._pictures), place=place, user=user)

    async def _mark(
        self, action: CardAction, query: CallbackQuery, place: Place, *, user: str, update_id: int, bot: Bot
    ) -> None:
        turn = asyncio.create_task(self._desk.turn(action, user=user, update_id=update_id))
        done, _ = await asyncio.wait({turn}, timeout=ANSWER_WITHIN_S)
        if not done:
            await _toast(query, "")
        answer = await turn
        words = _as_toast(answer)
        went_wrong = isinstance(answer, Refused) or answer.intent.name == FAULT
        if not (done and await _toast(query, words, is_alert=went_wrong)) or not words:
            async with self._order.turn_of(f"chat:{place.chat_id}"):
                await self._showing.show(answer, Outbox(bot, place, self._pictures), place=place, user=user)
        if not went_wrong and not place.is_group:
            await self._redraw(action.movie_id, query, bot, user=user)

    async def _redraw(self, movie_id: str, query: CallbackQuery, bot: Bot, *, user: str) -> None:
        """Puts the marks that are kept now on the film's buttons."""
        card = query.message
        # Telegram tells nothing of messages older than two days but where they stand.
        if not isinstance(card, Message):
            return
        # One after the other, so that of two quick presses the later state stays.
        async with self._order.turn_of(f"card:{card.chat.id}:{card.message_id}"):
            marks = await self._desk.marks(user, (movie_id,))
            if marks is None:
                return
            rows = film_rows(movie_id, trailer_url=_link_of(card), marks=marks[movie_id], words=self._words)
            await _edit(bot, card, keyboard(rows))


def _as_toast(answer: Turn | Refused) -> str:
    """The answer's words where they are all of it and short enough to float over the chat; else nothing."""
    if isinstance(answer, Refused):
        return cut(answer.words, at_most=TOAST_MAX_UNITS)
    words = " ".join(answer.replies)
    return words if not answer.cards and units(words) <= TOAST_MAX_UNITS else ""


async def _toast(query: CallbackQuery, words: str, *, is_alert: bool = False) -> bool:
    """Stops the button's spinning, with words or without; False where Telegram no longer waits for it."""
    try:
        return await delivered(lambda: query.answer(words or None, show_alert=is_alert and bool(words)))
    except (BadRequest, TelegramFault) as error:
        _LOG.info("button not answered in time", fault=type(error).__name__)
        return False


async def _edit(bot: Bot, card: Message, markup: InlineKeyboardMarkup) -> None:
    if card.reply_markup == markup:
        return
    try:
        await delivered(lambda: bot.edit_message_reply_markup(card.chat.id, card.message_id, reply_markup=markup))
    except (BadRequest, ChatMigrated) as error:
        # Deleted meanwhile, or already so: the press itself has been kept.
        _LOG.info("keyboard not edited", fault=error.message)


def _link_of(card: Message) -> str | None:
    """The trailer that the film's keyboard leads to."""
    rows = card.reply_markup.inline_keyboard if card.reply_markup else ()
    return next((button.url for row in rows for button in row if button.url), None)
