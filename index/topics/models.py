"""NMF and LDA over the same plots. Imports scikit-learn, so that only who learns topics waits for it."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from index.topics.topic_model import Counts, Figures, TopicModel
from index.topics.words import Token, terms

#: Words that count, at most: the most frequent ones.
_VOCABULARY_MOST = 12_000
#: A word in a larger share of plots tells nothing.
_SHARE_MOST = 0.3
#: A word in fewer plots names nothing: at least this many, and one more for every so many plots.
_PLOTS_LEAST, _PLOTS_A_STEP = 2, 1_500

#: So few plots are all looked at in each step of LDA; of more, some at a time.
_FEW_PLOTS = 2_000


def counted(documents: Sequence[Sequence[Token]]) -> Counts | None:
    """The counts of the words that can tell topics; None where plots share no words at all."""
    least = _PLOTS_LEAST + len(documents) // _PLOTS_A_STEP
    counter = CountVectorizer(
        analyzer=terms, min_df=least, max_df=max(_SHARE_MOST, least / len(documents)), max_features=_VOCABULARY_MOST
    )
    try:
        matrix = counter.fit_transform(documents)
    except ValueError:
        return None  # no word is left: scikit-learn knows no gentler way to say so
    return Counts(csr_matrix(matrix), tuple(counter.get_feature_names_out()))


def fit_nmf(counts: Counts, *, topics: int, seed: int) -> TopicModel:
    """Non-negative matrix factorisation of TF-IDF (Lee & Seung 1999), from a start that only the seed decides."""
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(counts.matrix)
    model = NMF(topics, init="nndsvda", random_state=seed, max_iter=250, tol=1e-3)
    return _fitted("NMF", model, weighed, counts)


def fit_lda(counts: Counts, *, topics: int, seed: int) -> TopicModel:
    """Latent Dirichlet allocation of counts, by online variational Bayes (Hoffman, Blei & Bach 2010)."""
    few = counts.matrix.shape[0] < _FEW_PLOTS
    model = LatentDirichletAllocation(
        topics,
        learning_method="batch" if few else "online",
        batch_size=512,
        max_iter=40 if few else 5,
        doc_topic_prior=0.1,
        topic_word_prior=0.01,
        random_state=seed,
    )
    return _fitted("LDA", model, counts.matrix, counts)


def _fitted(kind: str, model: Any, matrix: Any, counts: Counts) -> TopicModel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # topics settle long before the last digit
        loads = np.asarray(model.fit_transform(matrix), dtype=np.float64)
    weights = np.asarray(model.components_, dtype=np.float64)
    sizes = weights.sum(axis=1)
    if kind == "NMF":
        loads = loads * sizes  # a factor may hide its size in either matrix
    loads[np.asarray(counts.matrix.sum(axis=1)).ravel() == 0] = 0.0
    return TopicModel(kind, _rows_of_one(weights), _rows_of_one(loads), counts.words)


def _rows_of_one(figures: Figures) -> Figures:
    sums = figures.sum(axis=1, keepdims=True)
    shares: Figures = np.divide(figures, sums, out=np.zeros_like(figures), where=sums > 0)
    return shares
