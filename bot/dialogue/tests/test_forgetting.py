"""Erasing a conversation, and the channel that asks for it: what is gone is gone from the files, for one person."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import rasa.core.tracker_store
import sqlalchemy
from erasing import CannotErase, erase, overwrite_what_is_deleted, stores_of
from gateway_channel import GatewayChannel, _answered, what_is_amiss
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from speed import engine_kwargs
from trail import JsonLines, ReadableLines, following, log, tell, told

ANN, BOB = "matinee:ann", "matinee:bob"
WORD, OTHER = "floccinaucical", "absquatulating"


def tracker_of(sender: str, word: str, *, turns: int = 30) -> DialogueStateTracker:
    """Turns long enough to fill pages of the database."""
    said = [UserUttered(f"{word} {number} {'please ' * 100}") for number in range(turns)]
    return DialogueStateTracker.from_events(sender, said)


class OnDisk(unittest.TestCase):
    """A tracker store in a SQLite file, opened as start.py has it opened, and an agent over it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        sqlalchemy.event.listen(sqlalchemy.engine.Engine, "connect", overwrite_what_is_deleted)
        self.addCleanup(sqlalchemy.event.remove, sqlalchemy.engine.Engine, "connect", overwrite_what_is_deleted)
        # As start.py has it: connections stay open, and so does the write-ahead log.
        pooled = mock.patch.object(rasa.core.tracker_store, "create_engine_kwargs", engine_kwargs)
        pooled.start()
        self.addCleanup(pooled.stop)
        self.store = SQLTrackerStore(Domain.empty(), db=str(self.folder / "tracker.db"))
        self.addCleanup(self.store.engine.dispose)
        with self.store.engine.connect() as connection:
            connection.execute(sqlalchemy.text("PRAGMA journal_mode=WAL"))
        self.agent = Agent(Domain.empty(), tracker_store=self.store, lock_store=InMemoryLockStore())

    def files_with(self, word: str) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if word.encode() in path.read_bytes())

    def keep(self, tracker: DialogueStateTracker) -> None:
        asyncio.run(self.store.save(tracker))


class Erasing(OnDisk):
    """One person's conversation goes, and everybody else's stays."""

    def test_not_a_word_stays_in_any_file(self) -> None:
        self.keep(tracker_of(ANN, WORD))
        self.keep(tracker_of(BOB, OTHER))
        self.assertTrue(self.files_with(WORD))
        asyncio.run(erase(self.agent, ANN))
        self.assertEqual(self.files_with(WORD), [])
        self.assertTrue(self.files_with(OTHER))
        self.assertIsNone(asyncio.run(self.store.retrieve(ANN)))
        self.assertEqual(len(asyncio.run(self.store.retrieve(BOB)).events), 30)

    def test_a_name_that_begins_the_same_is_another_person(self) -> None:
        self.keep(tracker_of(ANN + "a", WORD))
        asyncio.run(erase(self.agent, ANN))
        self.assertEqual(len(asyncio.run(self.store.retrieve(ANN + "a")).events), 30)

    def test_whom_nobody_knows_is_forgotten_at_once_and_twice(self) -> None:
        asyncio.run(erase(self.agent, ANN))
        asyncio.run(erase(self.agent, ANN))

    def test_the_turn_under_way_is_waited_for(self) -> None:
        async def play() -> list[str]:
            told_order: list[str] = []

            async def turn() -> None:
                async with self.agent.lock_store.lock(ANN):
                    await asyncio.sleep(0.05)
                    await self.store.save(tracker_of(ANN, WORD))
                    told_order.append("turn")

            async def forgetting() -> None:
                await asyncio.sleep(0.01)
                await erase(self.agent, ANN)
                told_order.append("erased")

            await asyncio.gather(turn(), forgetting())
            return told_order

        self.assertEqual(asyncio.run(play()), ["turn", "erased"])
        self.assertEqual(self.files_with(WORD), [])

    def test_the_store_that_stands_in_is_emptied_too(self) -> None:
        outer = self.agent.tracker_store
        asyncio.run(outer.fallback_tracker_store.save(tracker_of(ANN, WORD)))
        self.assertEqual(len(stores_of(self.agent)), 2)
        asyncio.run(erase(self.agent, ANN))
        self.assertIsNone(asyncio.run(outer.fallback_tracker_store.retrieve(ANN)))

    def test_a_store_in_memory_can_forget(self) -> None:
        store = InMemoryTrackerStore(Domain.empty())
        agent = Agent(Domain.empty(), tracker_store=store, lock_store=InMemoryLockStore())
        asyncio.run(store.save(tracker_of(ANN, WORD)))
        asyncio.run(erase(agent, ANN))
        self.assertIsNone(asyncio.run(store.retrieve(ANN)))

    def test_a_store_that_cannot_forget_says_so(self) -> None:
        agent = Agent(Domain.empty(), tracker_store=TrackerStore(Domain.empty(), None), lock_store=InMemoryLockStore())
        with self.assertRaisesRegex(CannotErase, "TrackerStore cannot delete"):
            asyncio.run(erase(agent, ANN))


class Lines(logging.Handler):
    """Keeps what is logged, as JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.rows.append(json.loads(self.format(record)))


class Channel(OnDisk):
    """What becomes of a message, whatever Rasa does with it."""

    def setUp(self) -> None:
        super().setUp()
        self.lines = Lines()
        log.addHandler(self.lines)
        log.setLevel(logging.INFO)
        log.propagate = False
        self.addCleanup(log.removeHandler, self.lines)

    def answered(self, *payloads: dict[str, Any], fault: BaseException | None = None) -> list[dict[str, Any]]:
        async def on_message(message: UserMessage) -> None:
            await self.store.save(tracker_of(message.sender_id, message.text))
            for payload in payloads:
                await message.output_channel.send_custom_json(message.sender_id, payload)
            if fault is not None:
                raise fault

        metadata = {"persona": "matinee", "user": "ann", "turn_id": "feedfacefeedface"}
        body = {"sender": ANN, "message": WORD, "metadata": metadata}

        async def play() -> list[dict[str, Any]]:
            with following(metadata):
                return await _answered(on_message, self.agent, body)

        return asyncio.run(play())

    @property
    def turn_line(self) -> dict[str, Any]:
        (line,) = [row for row in self.lines.rows if row["event"] == "turn"]
        self.assertEqual((line["turn_id"], line["persona"], line["stage"]), ("feedfacefeedface", "matinee", "dialogue"))
        self.assertGreaterEqual(line["ms"], 0)
        return line

    def test_payloads_come_as_rasas_own_channel_gives_them(self) -> None:
        payload = {"replies": ["hello"]}
        self.assertEqual(self.answered(payload), [{"recipient_id": ANN, "custom": payload}])
        self.assertEqual(self.turn_line["outcome"], "answered")
        self.assertTrue(self.files_with(WORD))

    def test_an_action_that_failed_is_an_empty_answer(self) -> None:
        self.assertEqual(self.answered(), [])
        self.assertEqual(self.turn_line["outcome"], "silent")

    def test_a_fault_is_logged_without_the_words(self) -> None:
        self.assertEqual(self.answered({"replies": ["half"]}, fault=ValueError("no such thing")), [])
        self.assertEqual(self.turn_line["outcome"], "fault")
        (line,) = [row for row in self.lines.rows if row["event"] == "turn failed"]
        self.assertEqual((line["fault"], line["detail"]), ("ValueError", "no such thing"))
        self.assertIn("on_message", line["trace"])
        self.assertNotIn(WORD, json.dumps(self.lines.rows))

    def test_a_caller_who_left_is_told_apart(self) -> None:
        with self.assertRaises(asyncio.CancelledError):
            self.answered(fault=asyncio.CancelledError())
        self.assertEqual(self.turn_line["outcome"], "abandoned")

    def test_who_is_forgotten_is_told_when_it_is_done(self) -> None:
        payload = {"replies": ["Done."], "forgotten": True}
        self.assertEqual(len(self.answered(payload)), 1)
        self.assertEqual(self.turn_line["outcome"], "forgotten")
        self.assertEqual(self.files_with(WORD), [])

    def test_who_could_not_be_forgotten_is_not_told_so(self) -> None:
        class Stubborn(SQLTrackerStore):
            def session_scope(self) -> Any:
                raise OSError("the disk is gone")

        self.store.__class__ = Stubborn
        self.addCleanup(setattr, self.store, "__class__", SQLTrackerStore)

        async def on_message(message: UserMessage) -> None:
            await message.output_channel.send_custom_json(message.sender_id, {"forgotten": True})

        body = {"sender": ANN, "message": "yes", "metadata": {}}
        self.assertEqual(asyncio.run(_answered(on_message, self.agent, body)), [])

    def test_it_is_not_ready_without_a_model(self) -> None:
        self.assertEqual(what_is_amiss(None), {"model": "it is not loaded"})
        self.assertEqual(what_is_amiss(self.agent), {"model": "it is not loaded"})
        self.agent.processor = object()
        self.assertEqual(what_is_amiss(self.agent), {})
        self.store.engine.dispose()
        self.store.engine = sqlalchemy.create_engine(f"sqlite:///{self.folder}/none/tracker.db")
        self.assertEqual(list(what_is_amiss(self.agent)), ["tracker store"])

    def test_it_takes_the_place_of_rasas_own(self) -> None:
        self.assertEqual(GatewayChannel().url_prefix(), "rest")


def raised(message: str) -> ValueError:
    """An error with a trace."""
    try:
        int(message)
    except ValueError as error:
        error.args = (message,)
        return error
    raise AssertionError("it was a number")


class Trail(unittest.TestCase):
    """Lines that Rasa and we write."""

    def row(self, message: str) -> dict[str, Any]:
        return json.loads(JsonLines().format(logging.LogRecord("rasa", logging.INFO, "", 1, message, (), None)))

    def test_rasas_lines_name_the_turn_while_it_lasts(self) -> None:
        with following({"persona": "lantern", "turn_id": "feedfacefeedface", "user": "ann"}):
            within = self.row("a line of Rasa's")
        self.assertEqual((within["turn_id"], within["persona"]), ("feedfacefeedface", "lantern"))
        self.assertNotIn("ann", json.dumps(within))
        self.assertNotIn("turn_id", self.row("after it"))

    def test_a_line_that_is_json_already_is_taken_apart(self) -> None:
        self.assertEqual(self.row('{"event": "x", "count": 2}')["count"], 2)
        self.assertEqual(self.row("{not json")["event"], "{not json")

    def test_metadata_that_is_none_of_ours_is_passed_over(self) -> None:
        for metadata in (None, "text", {}, {"turn_id": None}):
            with following(metadata):
                self.assertNotIn("turn_id", self.row("x"))

    def test_readable_lines_have_the_fields_and_the_trace_below(self) -> None:
        lines = Lines()
        lines.setFormatter(ReadableLines())
        spoken: list[str] = []
        lines.emit = lambda record: spoken.append(lines.format(record))  # type: ignore[method-assign]
        log.addHandler(lines)
        self.addCleanup(log.removeHandler, lines)
        tell(logging.ERROR, "turn failed", **told(raised("first\nsecond")))
        first, *rest = spoken[0].splitlines()
        self.assertIn("[error  ] turn failed", first)
        self.assertIn("detail=first", first)
        self.assertIn("test_forgetting.py", rest[0])
        self.assertNotIn("second", spoken[0])


if __name__ == "__main__":
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    unittest.main()
