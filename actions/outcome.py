"""What a goal comes to: the reply to pass on and the slots to remember."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.turn import FRAME, Earlier, Turn
from engine.wire import Reply
from nlu.frame import Frame

#: Standing frames kept for undo.
UNDO_MAX = 10

Slots = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply, and JSON values by slot; slots not named stay as they are. With `forgotten`, nothing of the conversation
    is kept at all."""

    reply: Reply
    slots: Slots = field(default_factory=dict)
    forgotten: bool = False


def merged(*replies: Reply) -> Reply:
    """Several replies as one turn, in order. The last frame and the last chips given are in force."""
    frames = [reply.frame for reply in replies if reply.frame is not None]
    chips = [reply.quick_replies for reply in replies if reply.quick_replies]
    return Reply(
        replies=tuple(line for reply in replies for line in reply.replies),
        picks=tuple(pick for reply in replies for pick in reply.picks),
        quick_replies=chips[-1] if chips else (),
        relaxed=tuple(wish for reply in replies for wish in reply.relaxed),
        frame=frames[-1] if frames else None,
        engine_ms=sum(reply.engine_ms for reply in replies),
    )


def frame_slot(frame: Frame) -> dict[str, Any]:
    """The sparse JSON of a frame, as the slot holds it."""
    slot: dict[str, Any] = FRAME.dump_python(frame, mode="json", exclude_defaults=True)
    return slot


def earlier_slot(earlier: Iterable[Earlier]) -> list[dict[str, Any]]:
    """The JSON of earlier frames, as the slot holds them."""
    return [{"frame": frame_slot(one.frame)} | ({"turn_id": one.turn_id} if one.turn_id else {}) for one in earlier]


def frame_slots(turn: Turn, frame: Frame | None) -> Slots:
    """Slots after `frame` came into force: the one before it can be come back to. None changes nothing."""
    if frame is None or frame == (turn.standing or Frame()):
        return {}
    slots: dict[str, Any] = {"frame": frame_slot(frame)}
    if turn.standing is not None:
        kept = (*turn.earlier, Earlier(turn.standing, turn.picked))[-UNDO_MAX:]
        slots["frames"] = earlier_slot(kept)
    return slots


def picked_slots(turn: Turn, reply: Reply) -> Slots:
    """Slots after picks: which turn's films answer the frame in force. A new frame without films has none."""
    if reply.picks:
        return {"picked": turn.who.turn_id or None}
    return {} if reply.frame is None or reply.frame == (turn.standing or Frame()) else {"picked": None}


def shown_slots(reply: Reply) -> Slots:
    """Slots after the cards of a reply were shown. A reply without cards leaves the last ones on the table."""
    if not reply.picks:
        return {}
    shown = [pick.movie_id for pick in reply.picks]
    return {"shown": shown, "focus": shown[0] if len(shown) == 1 else None}
