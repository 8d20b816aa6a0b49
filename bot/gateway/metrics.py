"""The gateway's figures for operators, as Prometheus reads them from `GET /metrics`.

A label is always one of few words that this project or a deployment chose: a persona, a channel, a kind of fault. Never
a person, an address, a text or a title.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from prometheus_client import Counter, Gauge, Histogram

from bot.gateway.turn import Latency
from engine.figures import ProcessFigures

#: From a quick stage to the longest wait for the dialogue server, in seconds.
TURN_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0)


class Channel(StrEnum):
    """How a message came in."""

    CHAT = "chat"  # POST /v1/chat: servers, the terminal
    STREAM = "stream"  # POST /v1/chat/stream: the widget
    TELEGRAM = "telegram"


class Outcome(StrEnum):
    """What became of a message."""

    FILMS = "films"
    WORDS = "words"  # an answer without films
    UNREAD = "unread"  # nothing in it, or too much of it
    CROWDED = "crowded"  # too many of the same conversation wait
    FAULT = "fault"  # an apology


class GatewayMetrics(ProcessFigures):
    """Counters and times of one gateway."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = Counter(
            "matinee_turns", "Messages answered.", ("persona", "channel", "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "matinee_turn_seconds", "Time of a turn by stage; `total` includes waiting and what no stage names.",
            ("stage",), buckets=TURN_BUCKETS_S, registry=self.registry,
        )  # fmt: skip
        self._under_way = Gauge("matinee_turns_under_way", "Messages being answered now.", registry=self.registry)
        self._faults = Counter("matinee_faults", "Turns that ended in an apology, by what failed.", ("kind",),
                               registry=self.registry)  # fmt: skip
        self._problems = Counter(
            "matinee_problems", "Requests refused, by problem type; `rate-limited` among them.", ("kind",),
            registry=self.registry,
        )  # fmt: skip
        self._telegram = Counter(
            "matinee_telegram_calls", "Calls of Telegram's Bot API, by method and outcome; `patience` is a 429.",
            ("persona", "method", "outcome"), registry=self.registry,
        )  # fmt: skip

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Counts a turn as under way while the block runs."""
        with self._under_way.track_inprogress():
            yield

    def turn(self, *, persona: str, channel: Channel, outcome: Outcome, latency: Latency) -> None:
        """Counts one answered message. Stages that it did not reach are left out."""
        self._turns.labels(persona, channel, outcome).inc()
        for stage, took_ms in latency:
            if took_ms or stage == "total":
                self._seconds.labels(stage).observe(took_ms / 1000)

    def fault(self, kind: str) -> None:
        """Counts one apology by the name of what failed."""
        self._faults.labels(kind).inc()

    def problem(self, kind: str) -> None:
        """Counts one refusal by its type URI."""
        self._problems.labels(kind.removeprefix("/problems/")).inc()

    def telegram(self, persona: str, method: str, outcome: str) -> None:
        """Counts one call of the Bot API."""
        self._telegram.labels(persona, method, outcome).inc()
