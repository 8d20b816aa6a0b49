"""One turn as the actions see it: read once from Rasa's tracker, frozen from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from rasa_sdk import Tracker

from engine.wire import Asker, Intent
from nlu.frame import Frame, Parse

FRAME: TypeAdapter[Frame] = TypeAdapter(Frame)
_PARSE: TypeAdapter[Parse] = TypeAdapter(Parse)
_IDS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])

#: What Rasa takes as a button and not as words; the gateway never lets a person's own text begin like this.
BUTTON_PREFIX = "/"


#: What Rasa calls the intent of a message that it is not sure of.
UNSURE = "nlu_fallback"


class TurnUnreadable(ValueError):
    """The tracker does not say who speaks, or a slot holds what no action of ours wrote."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A frame that was in force before, and the id of the turn whose films answered it ("" where none did)."""

    frame: Frame
    turn_id: str = ""


_EARLIER: TypeAdapter[tuple[Earlier, ...]] = TypeAdapter(tuple[Earlier, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who said what, and what it was said about.

    `parse` is None when the dialogue server could not have the words parsed. `likeliest` are the intents that the
    message may have, likeliest first. `movie_id` is the film of a tapped
    button. `standing` is the frame in force, `picked` the id of the turn whose films answered it, and `earlier` are the
    frames before it, oldest first. `shown` are the films of the last cards, in order; `focus` is the film last spoken
    of. `pending` is what the previous turn, and no turn before it, left open: "forget", "rephrase" or "which:ACTION".
    """

    who: Asker
    text: str
    intent: Intent
    parse: Parse | None
    likeliest: tuple[str, ...] = ()
    movie_id: str | None = None
    standing: Frame | None = None
    picked: str = ""
    earlier: tuple[Earlier, ...] = ()
    shown: tuple[str, ...] = ()
    focus: str | None = None
    pending: str | None = None

    @property
    def said(self) -> Parse:
        """The parse, or an empty one."""
        return self.parse or Parse(text=self.text)


def read_turn(tracker: Tracker) -> Turn:
    """The turn that a tracker stands at. Raises `TurnUnreadable`."""
    message = tracker.latest_message
    text = str(message.get("text") or "")
    try:
        return Turn(
            who=_who(tracker),
            text=text,
            intent=_intent(message),
            parse=_parse(message, text),
            likeliest=_likeliest(message),
            movie_id=_entity(message, "movie_id"),
            standing=_standing(tracker.slots.get("frame")),
            picked=str(tracker.slots.get("picked") or ""),
            earlier=_earlier(tracker.slots.get("frames")),
            shown=_IDS.validate_python(tracker.slots.get("shown") or ()),
            focus=tracker.slots.get("focus"),
            pending=_pending(tracker.events),
        )
    except ValidationError as error:
        raise TurnUnreadable(f"{error.title}: {error.error_count()} faults") from error


def _who(tracker: Tracker) -> Asker:
    said = tracker.latest_message.get("metadata") or {}
    # The gateway writes both; the conversation's id alone is enough for `rasa shell` and for reminders.
    persona, _, user = str(tracker.sender_id).partition(":")
    return Asker(
        persona=said.get("persona") or persona, user=said.get("user") or user, turn_id=str(said.get("turn_id") or "")
    )


def _intent(message: dict[str, Any]) -> Intent:
    intent = message.get("intent") or {}
    return Intent(name=str(intent.get("name") or "unknown"), confidence=round(float(intent.get("confidence") or 0), 4))


def _likeliest(message: dict[str, Any]) -> tuple[str, ...]:
    names = (one.get("name") for one in message.get("intent_ranking") or () if isinstance(one, dict))
    return tuple(str(name) for name in names if name and name != UNSURE)


def _entity(message: dict[str, Any], name: str) -> Any:
    found = (entity.get("value") for entity in message.get("entities") or () if entity.get("entity") == name)
    return next(found, None)


def _parse(message: dict[str, Any], text: str) -> Parse | None:
    if text.startswith(BUTTON_PREFIX):
        return Parse(text="")
    value = _entity(message, "parse")
    if not isinstance(value, dict) or "failed" in value:
        return None
    return _PARSE.validate_python({"text": text, **value})


def _standing(slot: object) -> Frame | None:
    frame = FRAME.validate_python(slot or {})
    return frame if frame != Frame() else None


def _earlier(slot: object) -> tuple[Earlier, ...]:
    if not isinstance(slot, list):
        return _EARLIER.validate_python(slot or ())
    # A conversation that began before turns were kept holds bare frames.
    return _EARLIER.validate_python(
        [one if isinstance(one, dict) and "frame" in one else {"frame": one} for one in slot]
    )


def _pending(events: Sequence[dict[str, Any]]) -> str | None:
    # A question is only open in the turn right after it: a later "yes" must not erase anything.
    users = [place for place, event in enumerate(events) if event.get("event") == "user"]
    if len(users) < 2:
        return None
    asked = [
        event.get("value")
        for event in events[users[-2] : users[-1]]
        if event.get("event") == "slot" and event.get("name") == "pending"
    ]
    return asked[-1] if asked and isinstance(asked[-1], str) else None
