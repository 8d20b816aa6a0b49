"""How well a model foresees what people rated: every unseen film is ranked, none is sampled."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.ratings.histories import Histories
from index.ratings.item_model import ItemModel
from index.ratings.split import Split
from index.ratings.table import Chosen, Figures, Ids

NDCG_AT, RECALL_AT = 10, 20
_DISCOUNTS = 1.0 / np.log2(np.arange(2, NDCG_AT + 2))

Hits = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Means over the people with something to foresee, each in [0, 1]."""

    ndcg_10: float
    recall_20: float
    coverage: float


def ndcg(hits: Hits, relevant: Ids) -> Values:
    """nDCG@10 of each person. hits (m, at least 10) says which places hold a relevant film, relevant (m,) how many
    there are, above 0; the ideal is cut at 10 as well (Järvelin and Kekäläinen 2002, binary gains)."""
    ideal = np.cumsum(_DISCOUNTS)[np.minimum(relevant, NDCG_AT) - 1]
    found: Values = (hits[:, :NDCG_AT] @ _DISCOUNTS) / ideal
    return found


def recall(hits: Hits, relevant: Ids) -> Values:
    """Recall@20 of each person, out of the most that 20 places can hold (Liang et al. 2018). hits (m, at least 20)."""
    found: Values = hits[:, :RECALL_AT].sum(axis=1) / np.minimum(relevant, RECALL_AT)
    return found


def coverage(shown: Ids, rankable: Chosen) -> float:
    """The share of the rankable films (n,) that stand among the shown ones (any shape) at least once."""
    return len(np.unique(shown)) / max(int(rankable.sum()), 1)


def measure(model: ItemModel, parts: Split) -> RankingFigures:
    """The figures of a model that was fitted to `parts.train`. Films that a person rated in training and films outside
    `parts.ranked` are not ranked."""
    train, test = Histories.of(parts.train), Histories.of(parts.test)
    values, shown = [], []
    for seen, wanted in zip(train.blocks(), test.blocks(), strict=True):
        if not (active := np.diff(wanted.starts) > 0).any():
            continue
        scores = np.where(parts.ranked & (seen.dense() == 0), model.scores(seen), -np.inf)[active]
        best = top(scores, k=RECALL_AT)
        relevant = wanted.dense()[active] > 0
        hits, counts = np.take_along_axis(relevant, best, axis=1), relevant.sum(axis=1)
        values.append(np.stack([ndcg(hits, counts), recall(hits, counts)]))
        shown.append(best[:, :NDCG_AT])
    means = np.concatenate(values, axis=1).mean(axis=1)
    return RankingFigures(float(means[0]), float(means[1]), coverage(np.concatenate(shown), parts.ranked))


def top(scores: Figures, *, k: int) -> Ids:
    """The k films with the highest scores in each row (m, n), best first, equals in order of position; (m, k)."""
    nearest = np.sort(np.argpartition(-scores, min(k, scores.shape[1] - 1), axis=1)[:, :k], axis=1)
    order = np.argsort(-np.take_along_axis(scores, nearest, axis=1), axis=1, kind="stable")
    return np.take_along_axis(nearest, order, axis=1).astype(np.int64)
