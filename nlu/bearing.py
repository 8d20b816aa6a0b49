"""What the words around a mention do to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the words around a mention do to it.

    `change` is 1 for more, -1 for less, 0 for neither; `soft` means "not too …"; `strength` (0-1) is None where nothing
    was said of it. `allowed`: it may be so and need not, so that nothing is asked. `lifted`: a noun of an axis, which
    alone is no wish, is one here ("not without humour").
    """

    negated: bool = False
    soft: bool = False
    change: int = 0
    strength: float | None = None
    allowed: bool = False
    lifted: bool = False
