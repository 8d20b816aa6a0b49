"""The engine's figures for operators, as Prometheus reads them from `GET /metrics`.

A label is always one of few words that this project or a deployment chose: a call, a persona, a kind of fault. Never a
person, a text or a title.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from engine.answers.picks import Given
from engine.catalogues import Loaded
from engine.figures import ProcessFigures
from index import TextEncoder
from index.encoder import Vectors

#: From a look-up by id to the longest wait that a caller has, in seconds.
CALL_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 12.0)
#: One short text takes milliseconds; a tenth of a second says that the cores are overcrowded.
_ENCODE_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25)
#: Stands in a label for whatever a caller made up.
UNKNOWN = "unknown"
#: The catalogues that answer now, by name.
InForce = Callable[[], Mapping[str, Loaded]]


class EngineMetrics(ProcessFigures):
    """Counters and times of one engine."""

    def __init__(self) -> None:
        super().__init__()
        self._calls = Counter(
            "matinee_engine_calls", "Calls by what was asked and how it ended.", ("call", "outcome"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "matinee_engine_call_seconds", "Time a call took.", ("call",),
            buckets=CALL_BUCKETS_S, registry=self.registry,
        )  # fmt: skip
        self._faults = Counter(
            "matinee_engine_faults", "Calls that ended in a problem, by its type.", ("kind",), registry=self.registry
        )
        self._picks = Counter("matinee_engine_picks", "Films given.", ("persona",), registry=self.registry)
        self._answers = Counter(
            "matinee_engine_answers", "Answers to requests for films: films, or empty.", ("persona", "outcome"),
            registry=self.registry,
        )  # fmt: skip
        self._relaxed = Counter(
            "matinee_engine_relaxed_answers", "Answers in which a wish gave way.", ("persona",), registry=self.registry
        )
        self._refusals = Counter(
            "matinee_engine_refusals", "Requests beyond a persona's limits, by limit.", ("persona", "limit"),
            registry=self.registry,
        )  # fmt: skip
        self._encoding = Histogram(
            "matinee_engine_encode_seconds", "Time the encoder took for a request.",
            buckets=_ENCODE_BUCKETS_S, registry=self.registry,
        )  # fmt: skip

    def call(self, name: str, *, outcome: str, seconds: float) -> None:
        """Counts one call that was taken."""
        self._calls.labels(name, outcome).inc()
        self._seconds.labels(name).observe(seconds)

    def fault(self, kind: str) -> None:
        """Counts one problem by its type URI."""
        self._faults.labels(kind.removeprefix("/problems/")).inc()

    def given(self, answer: Given) -> None:
        """Counts one answer to a request for films."""
        self._picks.labels(answer.persona).inc(answer.films)
        self._answers.labels(answer.persona, "films" if answer.films else "empty").inc()
        if answer.is_relaxed:
            self._relaxed.labels(answer.persona).inc()
        for limit in answer.refused:
            self._refusals.labels(answer.persona, limit).inc()

    def timed(self, encoder: TextEncoder) -> TextEncoder:
        """The same encoder with its time taken."""
        return _TimedEncoder(encoder, self._encoding)

    def show(self, in_force: InForce) -> None:
        """Adds which artefacts are in force and how many films each holds, read anew at every look."""
        self.registry.register(_Artefacts(in_force))


class _Artefacts(Collector):
    def __init__(self, in_force: InForce) -> None:
        self._in_force = in_force

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily(
            "matinee_engine_artefact_info", "The artefact in force.", labels=("catalogue", "artefact", "encoder")
        )
        films = GaugeMetricFamily("matinee_engine_films", "Films that can be found.", labels=("catalogue",))
        for name, loaded in self._in_force().items():
            artefact = loaded.recommender.artefact
            info.add_metric((name, artefact.path.name, artefact.manifest.encoder), 1)
            films.add_metric((name,), len(artefact.catalogue))
        yield info
        yield films


class _TimedEncoder:
    def __init__(self, encoder: TextEncoder, seconds: Histogram) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder, self._seconds = encoder, seconds

    def encode(self, texts: Sequence[str]) -> Vectors:
        began_s = time.perf_counter()
        vectors = self._encoder.encode(texts)
        self._seconds.observe(time.perf_counter() - began_s)
        return vectors
