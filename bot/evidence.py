"""The evidence behind a pick by source, as people read it. The widget does the same in `widget/chat/why.js`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.wire import Evidence, Source

#: The score at the end of a detail, or alone: the share beside it says more to a person.
_FIGURE = re.compile(r"\s*\(?\b[01]\.\d{2}\)?$")


@dataclass(frozen=True, slots=True)
class SourceShare:
    """One source's share of a film's score, 0-1, and what it says."""

    source: Source
    share: float
    details: tuple[str, ...]


def by_source(evidence: Iterable[Evidence]) -> tuple[SourceShare, ...]:
    """One row a source, heaviest first, with the sum of its shares; what says the same is said once."""
    rows: dict[Source, SourceShare] = {}
    for piece in evidence:
        row = rows.get(piece.source, SourceShare(piece.source, 0.0, ()))
        said = _FIGURE.sub("", piece.detail)
        details = row.details if not said or said in row.details else (*row.details, said)
        rows[piece.source] = SourceShare(piece.source, row.share + max(piece.weight, 0.0), details)
    return tuple(sorted(rows.values(), key=lambda row: -row.share))
