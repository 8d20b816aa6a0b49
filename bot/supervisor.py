"""One supervisor for all processes: starts them, prefixes their logs, restarts one that died, stops them all."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Seconds a process may take to end after SIGTERM.
GRACE_S = 8.0
#: Seconds before a process that died is started again: doubled each time, from the first to the second.
RESTART_S = (0.5, 15.0)
#: A process that has lived this long starts again from the shortest wait.
STEADY_S = 30.0
_PR_SET_PDEATHSIG = 1


class PortTakenError(Exception):
    """Another program listens where one of ours should; the message names the port and the setting that moves it."""


@dataclass(frozen=True, slots=True)
class Process:
    """What to run. `setting` is what moves the port, for the message when it is taken."""

    name: str
    command: Sequence[str]
    port: int
    setting: str
    environment: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None


class Supervisor:
    """Keeps processes running until it is told to stop. Their output goes to `write`, a line at a time."""

    def __init__(self, processes: Sequence[Process], *, write: Callable[[str, str], None]) -> None:
        self._processes, self._write = processes, write
        self._stopping = asyncio.Event()
        self._running: dict[str, asyncio.subprocess.Process] = {}

    def stop(self) -> None:
        """Asks everything to end; `run` returns when it has."""
        self._stopping.set()

    def pids(self) -> dict[str, int]:
        """The process ids of what runs now, by name."""
        return {name: process.pid for name, process in self._running.items()}

    async def run(self, *, once_started: Callable[[], Coroutine[None, None, None]] | None = None) -> None:
        """Starts everything, calls `once_started`, and keeps it running until `stop`.

        Raises `PortTakenError` before anything is started.
        """
        for process in self._processes:
            check_port(process)
        keepers = [asyncio.create_task(self._keep(process)) for process in self._processes]
        started = asyncio.create_task(once_started()) if once_started else None
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait([task for task in (started, stopping) if task], return_when=asyncio.FIRST_COMPLETED)
            if started and started.done():
                started.result()
            await stopping
        finally:
            self._stopping.set()
            for task in (started, stopping):
                if task is not None:
                    task.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)

    async def _keep(self, process: Process) -> None:
        wait_s = RESTART_S[0]
        while not self._stopping.is_set():
            since = time.monotonic()
            code = await self._run_once(process)
            if self._stopping.is_set():
                return
            if time.monotonic() - since > STEADY_S:
                wait_s = RESTART_S[0]
            self._write(process.name, f"ended with code {code}; starting it again in {wait_s:g} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait_s)
            wait_s = min(wait_s * 2, RESTART_S[1])

    async def _run_once(self, process: Process) -> int:
        child = await asyncio.create_subprocess_exec(
            *process.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=process.cwd,
            env=os.environ | process.environment,
            start_new_session=True,  # Ctrl-C reaches us alone, and we end the children in order
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self._running[process.name] = child
        stopper = asyncio.create_task(self._end_when_told(child))
        try:
            assert child.stdout is not None  # noqa: S101 - it is a pipe
            while line := await _read_line(child.stdout):
                self._write(process.name, line.decode(errors="replace").rstrip())
            return await child.wait()
        finally:
            stopper.cancel()
            self._running.pop(process.name, None)
            _signal_group(child, signal.SIGKILL)

    async def _end_when_told(self, child: asyncio.subprocess.Process) -> None:
        await self._stopping.wait()
        _signal_group(child, signal.SIGTERM)
        await asyncio.sleep(GRACE_S)
        _signal_group(child, signal.SIGKILL)


async def _read_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await stream.readexactly(error.consumed)


def _signal_group(child: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def _die_with_parent() -> None:
    # A supervisor that is killed outright must not leave servers behind that hold its ports.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def check_port(process: Process) -> None:
    """Raises `PortTakenError` when the process's port is in use on the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", process.port))
        except OSError as error:
            raise PortTakenError(
                f"port {process.port} for {process.name} is taken ({error.strerror}); stop what listens there "
                f"(is Matinee running already?) or set {process.setting}"
            ) from error
