"""Ratings: what many viewers liked, as item vectors that a person's likes are summed up in."""

from index.ratings.ease import Ease, EaseConfig
from index.ratings.elsa import Elsa, ElsaConfig
from index.ratings.histories import Histories
from index.ratings.hybrid import Hybrid, HybridConfig
from index.ratings.item_model import ItemModel, LikenessModel, score_of
from index.ratings.table import Ratings, RatingsError, read_ratings
from index.ratings.vectors import ItemVectors, load_item_vectors, write_item_vectors

__all__ = [
    "Ease",
    "EaseConfig",
    "Elsa",
    "ElsaConfig",
    "Histories",
    "Hybrid",
    "HybridConfig",
    "ItemModel",
    "ItemVectors",
    "LikenessModel",
    "Ratings",
    "RatingsError",
    "load_item_vectors",
    "read_ratings",
    "score_of",
    "write_item_vectors",
]
