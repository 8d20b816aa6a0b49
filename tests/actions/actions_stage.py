"""A tracker as Rasa sends it, and all actions over one engine peer.

Named for its folder: the test folders share one import path.
"""

from typing import Any

from actions_engine_peer import FILMS, EnginePeer
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

SHOWN = list(FILMS[:3])


def tracker_of(
    text: str = "something funny",
    *,
    intent: str = "request",
    parse: dict[str, Any] | None = None,
    movie_id: str | None = None,
    asked: str | None = None,
    metadata: dict[str, Any] | None = None,
    **slots: Any,
) -> Tracker:
    """A tracker as Rasa sends it, after one earlier turn that left the question `asked` open."""
    entities: list[dict[str, Any]] = []
    if movie_id:
        entities.append({"entity": "movie_id", "value": movie_id})
    else:
        entities.append({"entity": "parse", "value": {"text": text, "frame": {}} if parse is None else parse})
    who = {"persona": "lantern", "user": "ada", "turn_id": "0123456789abcdef"}
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": entities,
        "metadata": who if metadata is None else metadata,
    }
    events: list[dict[str, Any]] = [{"event": "user", "text": "before"}, {"event": "action", "name": "action_any"}]
    if asked:
        events.append({"event": "slot", "name": "pending", "value": asked})
        slots["pending"] = asked
    events += [{"event": "action", "name": "action_listen"}, {"event": "user", "text": text}]
    return Tracker.from_dict({"sender_id": "lantern:ada", "slots": slots, "latest_message": message, "events": events})


class Stage:
    """All actions over one engine peer."""

    def __init__(self, peer: EnginePeer, actions: dict[str, Action]) -> None:
        self.peer, self.actions = peer, actions

    async def play(self, action: str, tracker: Tracker) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The payloads dispatched and the slots set by one action."""
        dispatcher = CollectingDispatcher()
        events = await self.actions[action].run(dispatcher, tracker, {})
        assert all(event["event"] == "slot" for event in events)
        payloads = [message["custom"] for message in dispatcher.messages]
        return payloads, {event["name"]: event["value"] for event in events}
