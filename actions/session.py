"""The start of a session: slots come along, the history stays behind."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

#: `pending` is left out: a question from an hour ago is not open any more.
CARRIED = ("frame", "frames", "shown", "focus")


class SessionStart(Action):  # type: ignore[misc]  # the sdk is untyped
    """Carries each slot's present value over. Rasa's own would carry every value that it ever had, and say nothing."""

    def name(self) -> str:
        return "action_session_start"

    async def run(
        self,
        dispatcher: CollectingDispatcher,  # noqa: ARG002 - a greeting here would be a second reply
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - Rasa's signature
    ) -> list[EventType]:
        values = ((name, tracker.slots.get(name)) for name in CARRIED)
        carried = [SlotSet(name, value) for name, value in values if value is not None]
        return [SessionStarted(), *carried, ActionExecuted("action_listen")]
