"""Diversity: films that fit, but not three times the same (maximal marginal relevance, Carbonell & Goldstein 1998)."""

from collections.abc import Sequence

import numpy as np

from engine.signals import Scores
from index import VectorStore
from index.rows import Rows

#: Best films that diversity may choose among.
_POOL = 40
#: By how much a film must fit better than others to be the third of one topic.
_TOPIC_COST = 0.05
#: Films of one topic that nobody minds.
_TOPIC_FILMS = 2


def diversify(
    rows: Rows,
    scores: Scores,
    store: VectorStore,
    *,
    n: int,
    balance: float = 0.8,
    topics: Sequence[str | None] | None = None,
) -> list[int]:
    """At most n of the rows, chosen one by one for score and for difference from those already chosen.

    rows (m,) best first, scores (n_all,) in [0, 1]; `balance` 1 looks at the score alone. `topics` is what each film is
    mostly about, by row (n_all): a third film of one topic gives way to another that fits about as well. The best row
    always comes first, so that diversity never costs the best answer.
    """
    pool = [int(row) for row in rows[:_POOL]]
    if not pool:
        return []
    vectors = store.vectors(np.array(pool, dtype=np.int64))
    likeness = vectors @ vectors.T
    about = [topics[row] if topics else None for row in pool]
    chosen = [0]
    while len(chosen) < min(n, len(pool)):
        gains = [
            -np.inf
            if place in chosen
            else balance * (scores[pool[place]] - _topic_cost(about, place, chosen))
            - (1.0 - balance) * float(likeness[place, chosen].max())
            for place in range(len(pool))
        ]
        chosen.append(int(np.argmax(gains)))
    return [pool[place] for place in chosen]


def _topic_cost(about: Sequence[str | None], place: int, chosen: Sequence[int]) -> float:
    topic = about[place]
    told = topic is not None and sum(about[other] == topic for other in chosen) >= _TOPIC_FILMS
    return _TOPIC_COST if told else 0.0
