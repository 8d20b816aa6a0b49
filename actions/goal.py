"""The shape of every action: read the turn, reach one goal, pass the reply on; and the one place where faults end."""

import time
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.metrics import ActionMetrics, Ending
from actions.outcome import Outcome, merged, picked_slots, shown_slots
from actions.outcome import frame_slots as slots_of_frame
from actions.pointing import names_a_film
from actions.turn import Turn, TurnUnreadable, read_turn
from engine.client import EngineClient, EngineError, EngineRefused
from engine.wire import Mode, ParseRequest, PicksRequest, Reply, SayRequest, TurnPayload
from nlu.frame import ENGLISH, Frame, Parse
from persona_configs.phrases import Phrase, in_language

#: The engine's problem for a film that the persona does not hold or may not show.
UNKNOWN_FILM = "/problems/unknown-film"

log = structlog.get_logger("actions")


class Goal(Action, ABC):  # type: ignore[misc]  # the sdk is untyped
    """One thing a person may want. A subclass names its Rasa action and says in `reach` how it is reached."""

    action: ClassVar[str]

    def __init__(self, engine: EngineClient, *, metrics: ActionMetrics | None = None) -> None:
        self.engine, self.metrics = engine, metrics or ActionMetrics()

    @abstractmethod
    async def reach(self, turn: Turn) -> Outcome:
        """The reply to this turn and the slots after it. Raises `EngineError`."""

    def name(self) -> str:
        return self.action

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - Rasa's signature
    ) -> list[EventType]:
        """Dispatches one `TurnPayload` and returns slot events; on any fault neither, but a line in the log.

        The gateway takes an empty answer for a fault and apologises in the persona's voice, with the turn's id.
        """
        said = tracker.latest_message.get("metadata") or {}
        # Bound to the context, so that the engine's client and every line below name the same turn.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(turn_id=said.get("turn_id"), persona=said.get("persona"))
        began_s, ending, fault, intent = time.perf_counter(), Ending.FAULT, "", None
        try:
            turn = await self._parsed(read_turn(tracker))
            intent = turn.intent.name
            outcome = await self._reached(turn)
            dispatcher.utter_message(json_message=_payload(turn, outcome))
            ending = Ending.FILMS if outcome.reply.picks else Ending.WORDS
        except (EngineError, TurnUnreadable) as error:
            fault = type(error).__name__
            log.warning("turn failed", fault=fault, detail=str(error))
            return []
        except Exception:
            # A fault of our own must become the persona's apology, too, and not a stack trace in a response.
            fault = "unexpected"
            log.exception("turn failed", fault=fault)
            return []
        finally:
            seconds = time.perf_counter() - began_s
            self.metrics.action(self.action, ending=ending, seconds=seconds, fault=fault)
            log.info(
                "action",
                stage="actions",
                action=self.action,
                intent=intent,
                ms=round(seconds * 1000, 1),
                outcome=ending,
            )
        return _events(tracker, outcome)

    async def pick(
        self,
        turn: Turn,
        mode: Mode,
        *,
        parse: Parse | None = None,
        anchors: tuple[str, ...] = (),
        again: str = "",
    ) -> Outcome:
        """Picks in `mode`, for what was said or for `parse`, with the frame and the cards remembered. `again` is an
        earlier turn whose films are wanted back."""
        request = PicksRequest(
            **turn.who.model_dump(),
            mode=mode,
            parse=parse or turn.said,
            standing=turn.standing,
            anchors=anchors,
            again=again,
        )
        reply = await self.engine.picks(request)
        return Outcome(reply, {**slots_of_frame(turn, reply.frame), **picked_slots(turn, reply), **shown_slots(reply)})

    async def say(self, turn: Turn, phrase: Phrase, **values: str) -> Reply:
        """The persona's words for a phrase."""
        request = SayRequest(persona=turn.who.persona, phrase=phrase, values=values, turn_id=turn.who.turn_id)
        return await self.engine.say(request)

    async def offer(self, turn: Turn, phrase: Phrase, chips: tuple[Phrase, ...]) -> Reply:
        """The persona's words for a phrase, with these quick replies."""
        request = SayRequest(persona=turn.who.persona, phrase=phrase, chips=chips, turn_id=turn.who.turn_id)
        return await self.engine.say(request)

    async def ask_back(self, turn: Turn, phrase: Phrase) -> Outcome:
        """Says why no film can be meant; where one of several can be, the next turn may simply name it."""
        count = str(len(turn.shown))
        reply = (
            await self.say(turn, phrase, count=count) if phrase is Phrase.NO_SUCH_PICK else await self.say(turn, phrase)
        )
        open_question = phrase in (Phrase.WHICH_ONE, Phrase.NO_SUCH_PICK)
        return Outcome(reply, {"pending": f"which:{self.action}"} if open_question else {})

    async def _reached(self, turn: Turn) -> Outcome:
        if _unheard(turn):
            greeting = in_language(turn.said.language)
            return Outcome(await self.say(turn, Phrase.OTHER_LANGUAGE, greeting=greeting))
        try:
            return await self.reach(turn)
        except EngineRefused as refusal:
            if refusal.kind != UNKNOWN_FILM:
                raise
        if names_a_film(turn):
            return Outcome(await self.say(turn, Phrase.LIMIT_FILM, title="That film"))
        # An old button, or a film that another persona shows: the person can go on with what is on the table.
        return Outcome(await self.say(turn, Phrase.NO_SUCH_PICK))

    async def _parsed(self, turn: Turn) -> Turn:
        if turn.parse is not None:
            return turn
        # The dialogue server's parse has a short limit; a second try here costs less than a wrong answer.
        parse = await self.engine.parse(ParseRequest(persona=turn.who.persona, text=turn.text))
        return replace(turn, parse=replace(parse, spans=()))


def _unheard(turn: Turn) -> bool:
    """Whether a message is in another language, and nothing in it was understood."""
    said = turn.said
    return said.language != ENGLISH and replace(said.frame, rest="") == Frame() and not said.references


def then(first: Reply, second: Outcome) -> Outcome:
    """An outcome that says `first` before its own reply."""
    return replace(second, reply=merged(first, second.reply))


def _payload(turn: Turn, outcome: Outcome) -> dict[str, Any]:
    reply = outcome.reply
    standing = None if "frame" in outcome.slots else turn.standing  # a turn that changes nothing leaves it in force
    payload = TurnPayload(
        replies=reply.replies,
        picks=reply.picks,
        quick_replies=reply.quick_replies,
        relaxed=reply.relaxed,
        frame=reply.frame or standing,
        engine_ms=reply.engine_ms,
        intent=turn.intent,
        parse_ms=turn.said.latency_ms,
        forgotten=outcome.forgotten,
    )
    return payload.model_dump(mode="json", exclude_defaults=True)


def _events(tracker: Tracker, outcome: Outcome) -> list[EventType]:
    slots = dict(outcome.slots)
    if tracker.slots.get("pending") is not None:
        slots.setdefault("pending", None)
    return [SlotSet(name, value) for name, value in slots.items()]
