"""The action server's figures for operators, as Prometheus reads them from `GET /metrics`.

A label is the name of one of our actions, or a kind of fault: never a person, a text or a title.
"""

from enum import StrEnum

from prometheus_client import Counter, Histogram

from engine.figures import ProcessFigures

#: From a phrase asked for to the engine client's patience, in seconds.
ACTION_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 12.0)


class Ending(StrEnum):
    """How an action ended."""

    FILMS = "films"
    WORDS = "words"
    FAULT = "fault"


class ActionMetrics(ProcessFigures):
    """Counters and times of one action server."""

    def __init__(self) -> None:
        super().__init__()
        self._actions = Counter(
            "matinee_actions", "Actions run, by how they ended.", ("action", "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "matinee_action_seconds", "Time an action took.", ("action",),
            buckets=ACTION_BUCKETS_S, registry=self.registry,
        )  # fmt: skip
        self._faults = Counter(
            "matinee_action_faults", "Actions that failed, by kind.", ("kind",), registry=self.registry
        )

    def action(self, name: str, *, ending: Ending, seconds: float, fault: str = "") -> None:
        """Counts one action that was run; `fault` names what failed."""
        self._actions.labels(name, ending).inc()
        self._seconds.labels(name).observe(seconds)
        if fault:
            self._faults.labels(fault).inc()
