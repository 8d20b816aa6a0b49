"""Where one session ends and what the next one knows. Both decide how long a turn takes in a long conversation.

Every call of the action server and of the NLG service carries the events of the session, so a turn of a session that
only grows costs more and more. Rasa ends a session by time alone and then carries over every value that a slot ever
had; here a session ends by length, too, and each slot comes along once. Nobody who talks notices.
"""

from __future__ import annotations

from rasa.core.actions.action import ActionSessionStart
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import SESSION_START_METADATA_SLOT
from rasa.shared.core.events import SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

#: Events of a session after which the next message starts a new one: about ten turns of eight events each.
EVENTS_MAX = 80
#: Not carried over: whose session it was, and a question that is not open any more.
LEFT_BEHIND = frozenset({SESSION_START_METADATA_SLOT, "pending"})


def present_slots(tracker: DialogueStateTracker) -> list[SlotSet]:
    """One event for each slot that holds something, but for those left behind."""
    held = ((name, slot.value) for name, slot in tracker.slots.items() if name not in LEFT_BEHIND)
    return [SlotSet(name, value) for name, value in held if value is not None]


def session_events(tracker: DialogueStateTracker) -> int:
    """How many events the present session has."""
    events = list(tracker.events)
    starts = (place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], SessionStarted))
    return len(events) - next(starts, 0)


def keep_sessions_short(*, events_max: int = EVENTS_MAX) -> None:
    """Applies both rules to every conversation of this process; sessions of more than `events_max` events end."""
    expired_by_time = MessageProcessor._has_session_expired

    def has_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        return session_events(tracker) > events_max or expired_by_time(self, tracker)

    MessageProcessor._has_session_expired = has_expired  # type: ignore[method-assign]
    ActionSessionStart._slot_set_events_from_tracker = staticmethod(present_slots)  # type: ignore[method-assign]
