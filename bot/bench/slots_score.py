"""How well spans were found: exact first word, last word and label (Tjong Kim Sang & De Meulder 2003)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.tagging.bio import Span

ALL = "all"


@dataclass(frozen=True, slots=True)
class Score:
    """Spans that were found, that should have been, and that agree."""

    found: int
    wanted: int
    agreed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0-1; 0 where nothing agrees."""
        return 2 * self.agreed / (self.found + self.wanted) if self.agreed else 0.0


def scores(found: Sequence[Iterable[Span]], wanted: Sequence[Iterable[Span]]) -> dict[str, Score]:
    """A score a label, by falling number of wanted spans, and first `all`, over the spans of all labels (micro).

    Both hold one collection of spans a sentence, in the same order. Raises ValueError where they differ in length.
    """
    counts: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
    for ours, theirs in zip(map(set, found), map(set, wanted), strict=True):
        for count, spans in zip(counts, (ours, theirs, ours & theirs), strict=True):
            count.update(span.label for span in spans)
    labels = sorted({*counts[0], *counts[1]}, key=lambda label: (-counts[1][label], label))
    of_label = {label: Score(*(count[label] for count in counts)) for label in labels}
    return {ALL: Score(*(count.total() for count in counts)), **of_label}
