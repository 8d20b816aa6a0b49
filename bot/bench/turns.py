"""`matinee bench turns`: how fast and how large the whole stack is, with an empty Rasa bot in the same run.

Ours and the peer's blocks alternate, so that a machine whose speed drifts drifts for both; the ratio is that of the
medians of the blocks.
"""

import asyncio
import contextlib
import shutil
import socket
import statistics
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import yaml

from bot.bench.figures import Figures, Row
from bot.bench.peer import peer_processes, prepare_peer, wait_for_peer
from bot.settings import Settings
from bot.setup.environments import SetupError
from bot.stack import NotReadyError, answer_first_turn, gateway_url, processes
from bot.supervisor import Supervisor
from index.prepare import STARTER, prepare_catalogues

PERSONA = "matinee"
#: What one person says in a block; wishes, changes, a question and a rating, as conversations have them.
SCRIPT = (
    "hello",
    "something bright and feel-good for my kid",
    "not animated",
    "why the first one?",
    "more",
    "a slow and melancholic film from the 1960s",
    "less sad",
    "I like the second one",
    "🫣🤣",
    "like Casablanca but funnier",
    "under two hours",
    "thanks",
)
PEER_SCRIPT = ("hello", "recommend a film", "a western please", "show me something funny")
PEOPLE = (1, 4, 16)
#: Turns that each of several people take in the throughput part.
_TURNS_EACH = 12
_MB = 1_000_000
#: Log lines shown where our stack does not start.
_LINES_KEPT = 30

Say = Callable[[httpx.AsyncClient, str, str], Awaitable[Mapping[str, float]]]


@dataclass(slots=True)
class Timings:
    """Latencies of turns in milliseconds, by stage; "total" is measured by the client."""

    stages: dict[str, list[float]] = field(default_factory=dict)

    def add(self, stages: Mapping[str, float]) -> None:
        for name, value in stages.items():
            self.stages.setdefault(name, []).append(value)

    def row(self, model: str, kind: str, stage: str = "total") -> dict[str, str | float | None]:
        """p50, p95 and p99 of a stage as a row of figures."""
        values = sorted(self.stages[stage])
        found = {f"p{q}_ms": values[min(len(values) - 1, int(len(values) * q / 100))] for q in (50, 95, 99)}
        return {"model": model, "kind": kind, **found}


async def measure(settings: Settings, *, blocks: int, long_turns: int) -> Figures:
    """Starts both stacks, measures them and stops them. Raises `SetupError` when one does not start."""
    await prepare_peer(settings.state_dir)
    await asyncio.to_thread(prepare_catalogues, settings.state_dir / "index", {STARTER}, say=lambda _line: None)
    async with (
        _both(settings) as (ours, peer_url, memory),
        httpx.AsyncClient(base_url=gateway_url(ours), timeout=60.0, trust_env=False) as mine,
        httpx.AsyncClient(base_url=peer_url, timeout=60.0, trust_env=False) as theirs,
    ):
        return await _measure(mine, theirs, memory, blocks=blocks, long_turns=long_turns)


async def _measure(
    mine: httpx.AsyncClient,
    theirs: httpx.AsyncClient,
    memory: Callable[[], dict[str, float]],
    *,
    blocks: int,
    long_turns: int,
) -> Figures:
    await _block(mine, _say_to_us, SCRIPT)  # both have answered before the clock counts
    await _block(theirs, _say_to_peer, PEER_SCRIPT)
    us, peer, medians = Timings(), Timings(), []
    for _ in range(blocks):
        our_block = await _block(mine, _say_to_us, SCRIPT)
        peer_block = await _block(theirs, _say_to_peer, PEER_SCRIPT * 3)
        medians.append(statistics.median(our_block["total"]) / statistics.median(peer_block["total"]))
        for timings, block in ((us, our_block), (peer, peer_block)):
            for name, values in block.items():
                timings.stages.setdefault(name, []).extend(values)
    rows: list[Row] = [
        {**us.row("matinee", "turn"), "ratio": statistics.median(medians)},
        peer.row("empty rasa", "turn"),
        *(us.row("matinee", f"stage {name}", name) for name in ("parse", "dialogue", "engine")),
    ]
    for people in PEOPLE:
        for model, client, say, script in (
            ("matinee", mine, _say_to_us, SCRIPT),
            ("empty rasa", theirs, _say_to_peer, PEER_SCRIPT * 3),
        ):
            rows.append(await _crowd(model, client, say, script, people=people))
    if long_turns:
        rows += await _long_conversation(mine, turns=long_turns)
    rows += [{"model": name, "kind": "memory", "memory_mb": value} for name, value in memory().items()]
    data: dict[str, str | float] = {
        "persona": PERSONA,
        "blocks": blocks,
        "turns_per_block": len(SCRIPT),
        "long_turns": long_turns,
    }
    return Figures("turns", data, rows)


async def _block(client: httpx.AsyncClient, say: Say, script: Sequence[str]) -> dict[str, list[float]]:
    timings, person = Timings(), await _new_person(client, say)
    for text in script:
        timings.add(await say(client, person, text))
    return timings.stages


async def _crowd(model: str, client: httpx.AsyncClient, say: Say, script: Sequence[str], *, people: int) -> Row:
    started = time.perf_counter()
    blocks = await asyncio.gather(*(_block(client, say, script[:_TURNS_EACH]) for _ in range(people)))
    seconds = time.perf_counter() - started
    together = Timings({"total": [value for block in blocks for value in block["total"]]})
    return {**together.row(model, f"{people} at once"), "per_s": len(together.stages["total"]) / seconds}


async def _long_conversation(client: httpx.AsyncClient, *, turns: int) -> list[Row]:
    person, early, late = await _new_person(client, _say_to_us), Timings(), Timings()
    for turn in range(turns):
        stages = await _say_to_us(client, person, SCRIPT[1 + turn % (len(SCRIPT) - 1)])
        (early if turn < len(SCRIPT) else late).add(stages)
        if turn == turns - len(SCRIPT) - 1:
            late = Timings()
    return [
        early.row("matinee", f"turns 1-{len(SCRIPT)}"),
        late.row("matinee", f"turns {turns - len(SCRIPT) + 1}-{turns}"),
    ]


async def _new_person(client: httpx.AsyncClient, say: Say) -> str:
    if say is _say_to_peer:
        return f"person-{time.monotonic_ns()}"
    answer = await client.post("/v1/sessions", json={"persona": PERSONA})
    answer.raise_for_status()
    return str(answer.json()["session"])


async def _say_to_us(client: httpx.AsyncClient, person: str, text: str) -> Mapping[str, float]:
    started = time.perf_counter()
    body = {"persona": PERSONA, "text": text}
    answer = await client.post("/v1/chat", json=body, headers={"authorization": f"Bearer {person}"})
    total = (time.perf_counter() - started) * 1000
    turn = answer.raise_for_status().json()
    if turn["intent"]["name"] == "fault":
        raise SetupError(f"{text!r} was answered with an apology: {turn['replies']}")
    return {**turn["latency_ms"], "total": total}


async def _say_to_peer(client: httpx.AsyncClient, person: str, text: str) -> Mapping[str, float]:
    started = time.perf_counter()
    answer = await client.post("/webhooks/rest/webhook", json={"sender": person, "message": text})
    total = (time.perf_counter() - started) * 1000
    if not answer.raise_for_status().json():
        raise SetupError(f"the peer had no answer to {text!r}")
    return {"total": total}


@contextlib.asynccontextmanager
async def _both(settings: Settings) -> AsyncIterator[tuple[Settings, str, Callable[[], dict[str, float]]]]:
    """Both stacks on free ports, ours with an empty database and without rate limits."""
    with tempfile.TemporaryDirectory(prefix="matinee-bench-") as folder:
        ours = _settings_in(Path(folder), settings)
        port, actions_port = _free_port(), _free_port()
        said: deque[str] = deque(maxlen=_LINES_KEPT)  # the bench's own output is its table
        peers = Supervisor(
            peer_processes(settings.state_dir, port=port, actions_port=actions_port), write=lambda _name, _line: None
        )
        mine = Supervisor(processes(ours), write=lambda name, line: said.append(f"{name}: {line}"))
        running = [asyncio.create_task(peers.run()), asyncio.create_task(mine.run())]
        peer_url = f"http://127.0.0.1:{port}"
        try:
            await wait_for_peer(peer_url)
            try:
                await answer_first_turn(ours, say=lambda _line: None, persona=PERSONA)
            except NotReadyError as error:
                raise SetupError("\n".join([str(error), *said])) from error
            yield ours, peer_url, lambda: _memory_mb(mine, "matinee") | _memory_mb(peers, "empty rasa")
        finally:
            for supervisor in (peers, mine):
                supervisor.stop()
            await asyncio.gather(*running, return_exceptions=True)


def _settings_in(folder: Path, settings: Settings) -> Settings:
    for built in ("models", "index"):
        (folder / built).symlink_to((settings.state_dir / built).resolve())
    personas = folder / "personas"
    shutil.copytree(settings.personas_dir, personas, ignore=shutil.ignore_patterns("*.py", "__pycache__", "vocabulary"))
    for path in personas.glob("*.yaml"):
        persona = yaml.safe_load(path.read_text(encoding="utf-8"))
        persona["web"] = {**persona.get("web", {}), "turns_per_minute": 6000, "turns_per_minute_total": 1_000_000}
        path.write_text(yaml.safe_dump(persona, allow_unicode=True, sort_keys=False), encoding="utf-8")
    ports = {f"{name}_url": f"http://127.0.0.1:{_free_port()}" for name in ("engine", "dialogue", "actions")}
    return settings.model_copy(
        update={
            "state_dir": folder,
            "personas_dir": personas,
            "sessions_per_minute": 100_000,
            "gateway_port": _free_port(),
            **ports,
        }
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _memory_mb(supervisor: Supervisor, name: str) -> dict[str, float]:
    """Memory of the processes and their children in MB, shared pages counted once among them (PSS), and by process."""
    sizes = {f"{name} {part}": _tree_mb(pid) for part, pid in supervisor.pids().items()}
    return {name: sum(sizes.values()), **sizes}


def _tree_mb(pid: int) -> float:
    tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(process.memory_full_info().pss for process in tree) / _MB
