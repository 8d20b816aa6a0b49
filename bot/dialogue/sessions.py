"""When a session ends: Rasa ends one by time alone, we end it by length, too.

Every call of the action server and of the NLG service carries the events of the session, so a turn of a session that
only grows costs more and more. Slots are carried over by `action_session_start`, so nobody notices.
"""

from __future__ import annotations

from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

#: Events of a session after which the next message starts a new one: about ten turns of eight events each.
EVENTS_MAX = 80


def end_long_sessions(*, events_max: int = EVENTS_MAX) -> None:
    """Makes every message processor of this process treat a session of more than `events_max` events as expired."""
    expired_by_time = MessageProcessor._has_session_expired

    def has_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        return len(tracker.applied_events()) > events_max or expired_by_time(self, tracker)

    MessageProcessor._has_session_expired = has_expired  # type: ignore[method-assign]
