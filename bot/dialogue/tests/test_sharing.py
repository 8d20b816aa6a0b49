"""What several dialogue servers share: locks that Redis may lose, and a database whose waits are bounded."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import threading
import unittest
from contextlib import suppress
from pathlib import Path
from unittest import mock

from environment import serving_defaults
from locks import URL_VARIABLE, SharedLocks
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockError
from tracker_database import with_bounds

SQLITE, POSTGRES = "sqlite:///x.db", "postgresql://me@host/db"


class Line(threading.Thread):
    """A very small Redis: GET, SET with its options, and DEL, in RESP; one thread a connection, until it is closed."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(daemon=True)
        self.held: dict[bytes, bytes] = {}
        self.heard: list[list[bytes]] = []
        self._listening = socket.create_server(("127.0.0.1", port))
        self.port = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []

    def run(self) -> None:
        while True:
            try:
                peer, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(peer)
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def close(self) -> None:
        for one in (self._listening, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.join()

    def _serve(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as lines:
            try:
                while head := lines.readline():
                    words = []
                    for _ in range(int(head[1:])):
                        length = int(lines.readline()[1:])
                        words.append(lines.read(length + 2)[:-2])
                    self.heard.append(words)
                    peer.sendall(self._answer(words))
            except OSError:
                return

    def _answer(self, words: list[bytes]) -> bytes:
        command = words[0].upper()
        if command == b"SET":
            self.held[words[1]] = words[2]
            return b"+OK\r\n"
        if command == b"DEL":
            return b":%d\r\n" % (self.held.pop(words[1], None) is not None)
        found = self.held.get(words[1]) if command == b"GET" else None
        return b"$-1\r\n" if found is None else b"$%d\r\n%s\r\n" % (len(found), found)


def stores(port: int, n: int = 2) -> list[SharedLocks]:
    """Lock stores of as many servers, which share the Redis on this port."""
    with mock.patch.dict(os.environ, {URL_VARIABLE: f"redis://127.0.0.1:{port}/0"}):
        return [SharedLocks() for _ in range(n)]


async def turn(store: SharedLocks, name: str, told: list[str], *, takes_s: float = 0.05) -> None:
    """Takes the conversation for a moment, and tells when."""
    async with store.lock("matinee:ann", wait_time_in_seconds=0.01):
        told.append(f"{name} begins")
        await asyncio.sleep(takes_s)
        told.append(f"{name} ends")


class Locks(unittest.TestCase):
    """The lock store."""

    def setUp(self) -> None:
        self.line = Line()
        self.line.start()
        self.addCleanup(self.line.close)

    def test_two_servers_take_one_message_of_a_conversation_at_a_time(self) -> None:
        left, right = stores(self.line.port)
        told: list[str] = []

        async def both() -> None:
            await asyncio.gather(turn(left, "left", told), turn(right, "right", told))

        asyncio.run(both())
        self.assertEqual(told, ["left begins", "left ends", "right begins", "right ends"])
        self.assertEqual(self.line.held, {})

    def test_a_lock_in_redis_names_nobody_and_ends_by_itself(self) -> None:
        (store,) = stores(self.line.port, 1)
        store.issue_ticket("matinee:ann", 8.0)
        (save,) = [words for words in self.line.heard if words[0].upper() == b"SET"]
        self.assertNotIn(b"ann", save[1])
        self.assertIn(b"EX", save)

    def test_the_ticket_of_a_server_that_died_ends(self) -> None:
        dead, alive = stores(self.line.port)
        dead.issue_ticket("matinee:ann", 0.1)
        told: list[str] = []
        asyncio.run(turn(alive, "alive", told))
        self.assertEqual(told, ["alive begins", "alive ends"])

    def test_without_redis_locks_hold_within_a_server_and_the_log_says_so_once(self) -> None:
        (store,) = stores(self.line.port, 1)
        self.line.close()
        told: list[str] = []

        async def both() -> None:
            await asyncio.gather(turn(store, "first", told), turn(store, "second", told))

        with self.assertLogs("locks", "WARNING") as logs:
            asyncio.run(both())
        self.assertEqual(told, ["first begins", "first ends", "second begins", "second ends"])
        self.assertEqual(len(logs.output), 1)

    def test_redis_that_goes_in_mid_turn_costs_that_turn_at_most(self) -> None:
        (store,) = stores(self.line.port, 1)
        told: list[str] = []

        async def talk() -> None:
            async with store.lock("matinee:ann"):
                self.line.close()
            try:
                await turn(store, "next", told)
            except LockError:
                await turn(store, "after", told)

        asyncio.run(talk())
        self.assertEqual(told[-1].split()[1], "ends")

    def test_garbage_in_redis_is_no_lock(self) -> None:
        (store,) = stores(self.line.port, 1)
        store.save_lock(TicketLock("matinee:ann"))
        for garbage in (b"{", b"[]", b'{"tickets": [3]}', b'{"tickets": ["{}"]}'):
            self.line.held = dict.fromkeys(self.line.held, garbage)
            self.assertIsNone(store.get_lock("matinee:ann"))


class Settings(unittest.TestCase):
    """What start.py sets."""

    def _chosen(self, **given: str) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, given, clear=True):
            serving_defaults(state_dir=Path(folder))
            return dict(os.environ)

    def test_locks_are_shared_where_there_is_a_redis(self) -> None:
        self.assertEqual(self._chosen()["RASA_LOCK_STORE"], "in_memory")
        self.assertEqual(self._chosen(MATINEE_REDIS_URL="")["RASA_LOCK_STORE"], "in_memory")
        shared = self._chosen(MATINEE_REDIS_URL="redis://host:6379/0")
        self.assertEqual(shared["RASA_LOCK_STORE"], "locks.SharedLocks")
        self.assertLess(float(shared["TICKET_LOCK_LIFETIME"]), 12)

    def test_waits_for_postgresql_are_bounded_and_other_databases_left_alone(self) -> None:
        self.assertEqual(with_bounds(SQLITE, {"a": 1}), {"a": 1})
        found = with_bounds(POSTGRES, {"pool_size": 50, "connect_args": {"options": "-csearch_path=x"}})
        self.assertTrue(found["pool_pre_ping"])
        self.assertLessEqual(found["pool_size"], 8)
        self.assertEqual(found["connect_args"]["options"], "-csearch_path=x -c statement_timeout=3000")
        self.assertIn("connect_timeout", found["connect_args"])
