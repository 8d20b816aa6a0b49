"""What was made faster answers what Rasa's own code answers, and a session that ended is not missed."""

from __future__ import annotations

import sqlite3
import tempfile
import unittest
from pathlib import Path

import jsonschema
import sqlalchemy
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot, Slot
from rasa.shared.core.trackers import DialogueStateTracker
from sessions import present_slots, session_events
from speed import _rasa_subclasses, _rasa_validate, all_subclasses, engine_kwargs, validate, write_ahead


class Subclasses(unittest.TestCase):
    """The list that Rasa asks for with every stored event."""

    def test_the_same_as_rasa_in_the_same_order(self) -> None:
        for cls in (Event, Slot):
            self.assertEqual(all_subclasses(cls), _rasa_subclasses(cls))
            self.assertEqual(all_subclasses(cls), _rasa_subclasses(cls))
            self.assertGreater(len(all_subclasses(cls)), 5)

    def test_a_class_defined_later_is_found(self) -> None:
        all_subclasses(Slot)
        later = type("LaterSlot", (Slot,), {"_as_feature": None, "_feature_dimensionality": None})
        self.assertEqual(all_subclasses(Slot), _rasa_subclasses(Slot))
        self.assertIn(later, Slot.__subclasses__())

    def test_a_caller_may_change_the_list(self) -> None:
        all_subclasses(Event).clear()
        self.assertEqual(all_subclasses(Event), _rasa_subclasses(Event))


class Validation(unittest.TestCase):
    """The check of the action server's answers."""

    def test_the_same_verdict_each_time(self) -> None:
        answers = (
            {"events": [], "responses": []},
            {"events": [{"event": "slot", "timestamp": None, "name": "frame", "value": {}}], "responses": [{}]},
            {"events": 3},
            {"events": [{"event": "nothing known"}]},
            {"responses": [3]},
            [],
        )
        for _ in range(2):
            for answer in answers:
                schema = RemoteAction.action_response_format_spec()
                self.assertEqual(_verdict(validate, answer, schema), _verdict(_rasa_validate, answer, schema))

    def test_a_bad_schema_is_refused_each_time(self) -> None:
        for _ in range(2):
            with self.assertRaises(jsonschema.SchemaError):
                validate({}, {"type": "nothing"})


def _verdict(check: object, answer: object, schema: object) -> str:
    try:
        check(answer, schema)  # type: ignore[operator]
    except jsonschema.ValidationError as error:
        return error.message
    return "sound"


class Store(unittest.TestCase):
    """How the tracker store's database is opened."""

    def test_sqlite_is_pooled_and_writes_ahead(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'tracker.db'}"
            engine = sqlalchemy.create_engine(url, **engine_kwargs(url))
            sqlalchemy.event.listen(engine, "connect", write_ahead)
            with engine.connect() as connection:
                self.assertEqual(connection.execute(sqlalchemy.text("PRAGMA journal_mode")).scalar(), "wal")
            engine.dispose()

    def test_other_databases_are_left_alone(self) -> None:
        self.assertNotIn("poolclass", engine_kwargs("postgresql://rasa@db/rasa"))
        write_ahead(object(), None)

    def test_write_ahead_takes_a_plain_connection(self) -> None:
        connection = sqlite3.connect(":memory:")
        write_ahead(connection, None)
        connection.close()


class Sessions(unittest.TestCase):
    """What a new session knows of the one before."""

    def setUp(self) -> None:
        slots = [AnySlot(name, mappings=[{}]) for name in ("frame", "shown", "focus", "pending")]
        self.tracker = DialogueStateTracker("lantern:ada", slots)

    def test_each_slot_comes_along_once(self) -> None:
        for value in ({"rest": "a"}, {"rest": "b"}):
            self.tracker.update(SlotSet("frame", value))
        self.tracker.update(SlotSet("pending", "forget"))
        self.tracker.update(SlotSet("shown", ["x"]))
        self.tracker.update(SlotSet("focus", "x"))
        self.tracker.update(SlotSet("focus", None))
        carried = [(event.key, event.value) for event in present_slots(self.tracker)]
        self.assertEqual(carried, [("frame", {"rest": "b"}), ("shown", ["x"])])

    def test_only_the_present_session_counts(self) -> None:
        for event in (UserUttered("hi"), ActionExecuted("action_listen"), SessionStarted(), UserUttered("again")):
            self.tracker.update(event)
        self.assertEqual(session_events(self.tracker), 2)


if __name__ == "__main__":
    unittest.main()
