"""The one custom action of the empty bot: it says a sentence."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionAnswer(Action):
    """Says a sentence."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: dict[str, Any]) -> list[Any]:
        dispatcher.utter_message(text="Here is a film.")
        return []
