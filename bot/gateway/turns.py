"""One message becomes one turn, whatever happens on the way."""

import time
from dataclasses import dataclass

import structlog

from bot.gateway.cards import CardDeck
from bot.gateway.conversations import Conversations, TooManyWaiting
from bot.gateway.dialogue import DialogueClient, DialogueError
from bot.gateway.leases import LeaseTaken
from bot.gateway.messages import as_command, as_words, clean, says_nothing
from bot.gateway.metrics import Channel, GatewayMetrics, Outcome
from bot.gateway.repeats import Repeats
from bot.gateway.takebacks import TakeBacks, takes_back
from bot.gateway.turn import FAULT, CardAction, Latency, Turn
from engine.client import EngineError
from engine.wire import TEXT_MAX_CHARS, Card, Intent, QuickReply, TurnPayload
from nlu.frame import Frame
from persona_configs import Persona, Phrase, say

_LOG = structlog.get_logger("gateway.turns")
_NO_INTENT = Intent(name="unknown", confidence=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One message of one person: `text`, or the button in `action`. `key` marks a repeat of the same message."""

    persona: Persona
    user: str
    turn_id: str
    channel: Channel = Channel.CHAT
    text: str = ""
    action: CardAction | None = None
    key: str | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same message."""
        return repr((self.text, self.action))


class Turns:
    """Answers messages. A person always gets a turn: films, words, or an apology with an id and a way on."""

    def __init__(
        self,
        *,
        dialogue: DialogueClient,
        deck: CardDeck,
        takebacks: TakeBacks,
        conversations: Conversations,
        repeats: Repeats,
        metrics: GatewayMetrics,
    ) -> None:
        self._metrics = metrics
        self._dialogue = dialogue
        self._takebacks = takebacks
        self._deck = deck
        self._conversations = conversations
        self._repeats = repeats

    async def is_repeat(self, ask: Ask) -> bool:
        """Whether the message was sent before with the same key. Raises a KEY_REUSED `Problem` for another message."""
        return ask.key is not None and await self._repeats.is_known(ask.key, ask.fingerprint)

    async def answer(self, ask: Ask) -> Turn:
        """The turn of this message; of a repeat, the first one's. Without a key, who leaves takes the turn along.

        Raises a KEY_REUSED `Problem`, and nothing else.
        """
        if ask.key is None:
            return await self._take(ask)
        try:
            return await self._repeats.once(ask.key, ask.fingerprint, lambda: self._take(ask))
        except LeaseTaken:
            _LOG.warning("repeat still under way elsewhere")
            return _apology(ask, clean(ask.text), Phrase.APOLOGY_BUSY)

    async def close(self) -> None:
        """Ends what is under way."""
        await self._repeats.close()

    async def _take(self, ask: Ask) -> Turn:
        began_s = time.perf_counter()
        with self._metrics.under_way():
            turn, outcome = await self._taken(ask)
        total_ms = _ms_since(began_s)
        turn = turn.model_copy(update={"latency_ms": turn.latency_ms.model_copy(update={"total": total_ms})})
        self._tell(ask, turn, outcome)
        return turn

    async def _taken(self, ask: Ask) -> tuple[Turn, Outcome]:
        text = clean(ask.text)
        if ask.action is None and (turn := _answered_here(ask, text)) is not None:
            return turn, Outcome.UNREAD
        message = as_words(text) if ask.action is None else as_command(ask.action)
        try:
            async with self._conversations.turn_of(f"{ask.persona.name}:{ask.user}"):
                turn = await self._asked(ask, text, message)
        except TooManyWaiting:
            _LOG.warning("conversation crowded")
            return _apology(ask, text, Phrase.APOLOGY_BUSY), Outcome.CROWDED
        except (DialogueError, EngineError) as error:
            self._metrics.fault(type(error).__name__)
            _LOG.warning("turn failed", fault=type(error).__name__, detail=str(error))
            return _apology(ask, text, Phrase.APOLOGY), Outcome.FAULT
        except Exception:
            # The last border before the person: an unknown fault is an apology here and a trace in the log.
            self._metrics.fault("unknown")
            _LOG.exception("turn failed", fault="unknown")
            return _apology(ask, text, Phrase.APOLOGY), Outcome.FAULT
        return turn, Outcome.FILMS if turn.cards else Outcome.WORDS

    def _tell(self, ask: Ask, turn: Turn, outcome: Outcome) -> None:
        """The turn's one line in the log, with the id that its apology would show, and its figures."""
        latency = turn.latency_ms
        self._metrics.turn(persona=ask.persona.name, channel=ask.channel, outcome=outcome, latency=latency)
        _LOG.info(
            "turn",
            turn_id=ask.turn_id,
            persona=ask.persona.name,
            stage="gateway",
            channel=ask.channel,
            intent=turn.intent.name,
            cards=len(turn.cards),
            ms=latency.total,
            outcome=outcome,
        )

    async def _asked(self, ask: Ask, text: str, message: str) -> Turn:
        asked_s = time.perf_counter()
        payload = await self._payload(ask, message)
        dialogue_ms = _ms_since(asked_s)
        dealt_s = time.perf_counter()
        cards = await self._deck.deal(ask.persona.name, payload.picks)
        return _turn(
            ask,
            text,
            payload,
            cards=cards,
            latency=Latency(
                parse=round(payload.parse_ms, 1),
                dialogue=round(max(0.0, dialogue_ms - payload.parse_ms - payload.engine_ms), 1),
                engine=round(payload.engine_ms + (_ms_since(dealt_s) if payload.picks else 0.0), 1),
            ),
        )

    async def _payload(self, ask: Ask, message: str) -> TurnPayload:
        if ask.action is not None and takes_back(ask.action):
            return await self._takebacks.take(ask.action, persona=ask.persona, user=ask.user, turn_id=ask.turn_id)
        return await self._dialogue.send(message, persona=ask.persona.name, user=ask.user, turn_id=ask.turn_id)


def _answered_here(ask: Ask, text: str) -> Turn | None:
    """The turn of a message that is no message: nothing in it, or too much of it."""
    if says_nothing(text):
        starters = tuple(QuickReply(title=words, payload=words) for words in ask.persona.starters[:3])
        return _own_words(ask, "", "empty", say(ask.persona, Phrase.EMPTY, seed=ask.turn_id), starters)
    if len(text) > TEXT_MAX_CHARS:
        words = say(ask.persona, Phrase.TOO_LONG, seed=ask.turn_id, limit=TEXT_MAX_CHARS)
        return _own_words(ask, text[:TEXT_MAX_CHARS], "too_long", words, ())
    return None


def _apology(ask: Ask, text: str, phrase: Phrase) -> Turn:
    title = say(ask.persona, Phrase.CHIP_TRY_AGAIN, seed=ask.turn_id)
    again = (QuickReply(title=title, payload=text),) if text else ()
    turn = _own_words(ask, text, FAULT, say(ask.persona, phrase, seed=ask.turn_id, id=ask.turn_id), again)
    return turn.model_copy(update={"intent": Intent(name=FAULT, confidence=0.0)})


def _own_words(ask: Ask, text: str, intent: str, words: str, quick_replies: tuple[QuickReply, ...]) -> Turn:
    payload = TurnPayload(replies=(words,), quick_replies=quick_replies, intent=Intent(name=intent, confidence=1.0))
    return _turn(ask, text, payload, cards=(), latency=Latency())


def _turn(ask: Ask, text: str, payload: TurnPayload, *, cards: tuple[Card, ...], latency: Latency) -> Turn:
    return Turn(
        persona=ask.persona.name,
        user=ask.user,
        text=text,
        intent=payload.intent or _NO_INTENT,
        frame=payload.frame or Frame(),
        replies=payload.replies,
        cards=cards,
        quick_replies=payload.quick_replies,
        relaxed=payload.relaxed,
        latency_ms=latency,
    )


def _ms_since(began_s: float) -> float:
    return round((time.perf_counter() - began_s) * 1000, 1)
