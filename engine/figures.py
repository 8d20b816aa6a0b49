"""A registry of Prometheus figures for one process, and how it is read: what every process of ours shows."""

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest


class ProcessFigures:
    """The figures of the process itself (memory, processor, garbage), in a registry that its other figures join."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for kind in (ProcessCollector, PlatformCollector, GCCollector):
            kind(registry=self.registry)

    def exposition(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
