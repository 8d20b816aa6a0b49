"""Two of each process, as on two machines: they share PostgreSQL, Redis and nginx, and nothing else."""

import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.setup.environments import DIALOGUE, ROOT
from bot.setup.training import dialogue_model
from tests.live.live_stack import built_state
from tests.scale.balancers import configuration
from tests.scale.servers import Postgres, Redis, Server, free_ports, nginx, postgres, redis

#: Longest wait until everything answers: two Rasas load their models at the same time.
READY_S = 150.0
_SERVICES = ("engine", "actions", "dialogue", "gateway")
_HEALTH = {"engine": "/readyz", "actions": "/health", "dialogue": "/webhooks/rest/", "gateway": "/readyz"}
_KEY, _PERSONA = "for tests alone, and as long as a secret must be", "matinee"


@dataclass
class TwoOfEach:
    """The running processes by service, and the two balancers' logs and addresses."""

    postgres: Postgres
    redis: Redis
    door: str
    inside_log: Path
    replicas: dict[str, list[Server]]
    told: list[str] = field(default_factory=list)

    @property
    def gateways(self) -> list[str]:
        """The address of each gateway, past the door."""
        return [f"http://127.0.0.1:{server.port}" for server in self.replicas["gateway"]]

    def say(self, line: str) -> None:
        """Adds a line to the transcript."""
        self.told.append(line)
        print(line)

    def served(self) -> dict[str, Counter[int]]:
        """How many requests each replica behind the inner balancer has answered, by service and place."""
        text = self.inside_log.read_text(encoding="utf-8", errors="replace")
        return {
            service: Counter(
                {
                    place: text.count(f'"upstream":"127.0.0.1:{server.port}"')
                    for place, server in enumerate(self.replicas[service])
                }
            )
            for service in ("engine", "actions", "dialogue")
        }

    def log_ends(self) -> str:
        """The last lines of every process."""
        parts = []
        for service, servers in self.replicas.items():
            for place, server in enumerate(servers):
                lines = server.log.read_text(errors="replace").splitlines()[-12:] if server.log.exists() else []
                parts.append(f"--- {service} {place}\n" + "\n".join(lines))
        return "\n".join(parts)


class Guest:
    """One person with one session, who talks to whichever address is given; each turn goes into the transcript."""

    def __init__(self, house: TwoOfEach) -> None:
        self._house = house
        self._http = httpx.Client(timeout=30, trust_env=False)
        self._session = ""
        self.shown: list[str] = []
        self.titles: dict[str, str] = {}

    def close(self) -> None:
        self._http.close()

    def post(self, at: str, body: dict[str, Any], *, key: str = "") -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._session}"} if self._session else {}
        if key:
            headers["Idempotency-Key"] = key
        answer = self._http.post(f"{at}/v1/chat", json={"persona": _PERSONA, **body}, headers=headers)
        self._session = answer.headers.get("matinee-session", self._session)
        return answer

    def say(self, at: str, text: str, *, key: str = "") -> dict[str, Any]:
        """The turn of these words."""
        return self._told(at, f"“{text}”", self.post(at, {"text": text}, key=key))

    def press(self, at: str, kind: str, movie_id: str) -> dict[str, Any]:
        """The turn of a button."""
        action = {"kind": kind, "movie_id": movie_id}
        return self._told(at, f"[{kind} {self.titles[movie_id]}]", self.post(at, {"action": action}))

    def taste(self, at: str) -> dict[str, list[str]]:
        answer = self._http.get(f"{at}/v1/me", headers={"Authorization": f"Bearer {self._session}"})
        assert answer.status_code == 200, answer.text
        taste: dict[str, list[str]] = answer.json()["taste"]
        return taste

    def _told(self, at: str, what: str, answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code == 200, f"{answer.text}\n{self._house.log_ends()}"
        turn: dict[str, Any] = answer.json()
        self.titles |= {card["movie_id"]: card["title"] for card in turn["cards"]}
        where = next((f"gateway {n}" for n, one in enumerate(self._house.gateways) if one == at), "door")
        films = ", ".join(card["title"] for card in turn["cards"])
        said = f"{where:9} {turn['latency_ms']['total']:6.0f} ms  {what} → {turn['intent']['name']}"
        self._house.say(f"{said}: {films or turn['replies'][0]}")
        return turn


@contextmanager
def two_of_each(folder: Path) -> Iterator[TwoOfEach]:
    """Two engines, actions, dialogues and gateways, ready to answer. Skips where a server is not installed."""
    with ExitStack() as opened:
        database, shared = opened.enter_context(postgres()), opened.enter_context(redis())
        ports = {service: free_ports(2) for service in _SERVICES}
        listen = dict(zip((8701, 8702, 8703), free_ports(3), strict=True))
        (door,) = free_ports(1)
        behind = {service: ports[service] for service in ("engine", "actions", "dialogue")}
        inside = opened.enter_context(
            nginx(configuration("nginx-inside.conf", upstreams=behind, listen=listen), port=listen[8701])
        )
        outside = {"gateway": ports["gateway"]}
        opened.enter_context(nginx(configuration("nginx.conf", upstreams=outside, listen={8080: door}), port=door))
        database.create("tracker")
        environment = {
            "MATINEE_DATABASE_URL": database.create("people"),
            "MATINEE_REDIS_URL": shared.url,
            "MATINEE_SECRET": _KEY,
            "MATINEE_ENGINE_URL": f"http://127.0.0.1:{listen[8701]}",
            "MATINEE_DIALOGUE_URL": f"http://127.0.0.1:{listen[8702]}",
            "MATINEE_ACTIONS_URL": f"http://127.0.0.1:{listen[8703]}",
            "MATINEE_TRACKER_DIALECT": "postgresql",
            "MATINEE_TRACKER_HOST": f"127.0.0.1:{database.server.port}",
            "MATINEE_TRACKER_DB": "tracker",
            "MATINEE_TRACKER_USER": "matinee",
            "MATINEE_LOG_FORMAT": "console",
            "MATINEE_SESSIONS_PER_MINUTE": "10000",
            "OMP_NUM_THREADS": "1",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
        }
        house = TwoOfEach(database, shared, f"http://127.0.0.1:{door}", inside.log, {name: [] for name in _SERVICES})
        opened.callback(lambda: [server.stop() for servers in house.replicas.values() for server in servers])
        for service in _SERVICES:
            for place, port in enumerate(ports[service]):
                state = folder / f"{service}-{place}"
                state.mkdir()
                server = _replica(service, port, state, environment)
                house.replicas[service].append(server)
                server.start(wait=False)
        _wait_until_ready(house)
        yield house


def _replica(service: str, port: int, state: Path, shared: dict[str, str]) -> Server:
    own = {"MATINEE_STATE_DIR": str(state)}
    python = sys.executable
    match service:
        case "engine":
            for part in ("index", "models"):
                if (built_state() / part).exists():
                    shutil.copytree(built_state() / part, state / part, symlinks=True)
            command, own = [python, "-m", "engine"], own | {"MATINEE_ENGINE_PORT": str(port)}
        case "actions":
            # It listens on the port of its own address; the others know it by the balancer's.
            command, own = [python, "-m", "actions"], own | {"MATINEE_ACTIONS_URL": f"http://127.0.0.1:{port}"}
        case "dialogue":
            start = ROOT / "bot" / "dialogue" / "start.py"
            model = dialogue_model(built_state())
            command = [str(DIALOGUE / "bin" / "python"), str(start), "--model", str(model), "--port", str(port)]
        case _:
            command, own = [python, "-m", "bot.gateway"], own | {"MATINEE_GATEWAY_PORT": str(port)}
    return Server(service, command, port, state / "log", environment=shared | own)


def _wait_until_ready(house: TwoOfEach) -> None:
    until, waiting = time.monotonic() + READY_S, [(name, n) for name in _SERVICES for n in range(2)]
    with httpx.Client(timeout=3, trust_env=False) as http:
        while waiting and time.monotonic() < until:
            name, place = waiting[0]
            server = house.replicas[name][place]
            assert server.process is not None
            assert server.process.poll() is None, f"{name} {place} ended\n{house.log_ends()}"
            try:
                if http.get(f"http://127.0.0.1:{server.port}{_HEALTH[name]}").is_success:
                    waiting.pop(0)
                    continue
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
    assert not waiting, f"not ready: {waiting}\n{house.log_ends()}"


def environment_missing() -> str:
    """Why the processes cannot be started here; empty where they can."""
    from tests.live.live_stack import missing

    return missing() or ("" if (built_state() / "index").exists() else "the index is not built; run `make index`")
