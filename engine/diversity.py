"""Diversity: films that fit, but not three times the same (maximal marginal relevance, Carbonell & Goldstein 1998)."""

import numpy as np

from engine.signals import Scores
from index import VectorStore
from index.rows import Rows

#: Best films that diversity may choose among.
_POOL = 40


def diversify(rows: Rows, scores: Scores, store: VectorStore, *, n: int, balance: float = 0.8) -> list[int]:
    """At most n of the rows, chosen one by one for score and for difference from those already chosen.

    rows (m,) best first, scores (n_all,) in [0, 1]; `balance` 1 looks at the score alone. The best row always comes
    first, so that diversity never costs the best answer.
    """
    pool = [int(row) for row in rows[:_POOL]]
    if not pool:
        return []
    vectors = store.vectors(np.array(pool, dtype=np.int64))
    likeness = vectors @ vectors.T
    chosen = [0]
    while len(chosen) < min(n, len(pool)):
        gains = [
            -np.inf
            if place in chosen
            else balance * scores[pool[place]] - (1.0 - balance) * float(likeness[place, chosen].max())
            for place in range(len(pool))
        ]
        chosen.append(int(np.argmax(gains)))
    return [pool[place] for place in chosen]
