"""Reason codes: what spoke for a pick, before a persona puts it into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.wire import Source
from persona_configs.phrases import Phrase


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """One thing that spoke for a film: the phrase that says it, the values of its placeholders, the source of
    evidence it belongs to, and its share of the film's score, 0-1."""

    phrase: Phrase
    source: Source
    weight: float
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The values alone, for evidence: "feel-good, heartwarming"."""
        return ", ".join(self.values.values())
