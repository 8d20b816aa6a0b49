"""Protocols: which ratings a model may learn from, and which it has to foresee."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from index.ratings.table import Chosen, Ratings, RatingsError


class Protocol(StrEnum):
    """How ratings are held out."""

    RANDOM80 = "random80"
    """A random fifth of each user's ratings."""
    TIME = "time"
    """Everything after the moment by which four fifths of all ratings were given; users from before it only."""
    COLD_ITEM = "cold-item"
    """All ratings of a random fifth of the films; only these films are ranked."""


@dataclass(frozen=True, slots=True)
class Split:
    """Ratings to learn from, ratings to foresee, and the films (n,) bool that are ranked."""

    train: Ratings
    test: Ratings
    ranked: Chosen


def split(ratings: Ratings, *, protocol: Protocol, seed: int) -> Split:
    """Ratings held out by a protocol; the seed decides chance. Raises `RatingsError` when the ratings cannot be
    split so."""
    chance = np.random.default_rng(seed)
    every = np.ones(len(ratings.films), dtype=np.bool_)
    if protocol is Protocol.RANDOM80:
        held_out = fifth_of_each_user(ratings, chance=chance)
    elif protocol is Protocol.TIME:
        if ratings.at_s.min() == ratings.at_s.max():
            raise RatingsError("the protocol `time` needs a column timestamp")
        held_out = ratings.at_s > np.quantile(ratings.at_s, 0.8)
    else:
        every = chance.random(len(ratings.films)) < 0.2
        held_out = every[ratings.film]
    train = ratings.only(~held_out)
    active = np.bincount(train.user, minlength=len(ratings.users)) > 0
    test = ratings.only(held_out & active[ratings.user])
    if not len(train) or not len(test):
        raise RatingsError(f"too few ratings for the protocol `{protocol}`")
    return Split(train, test, every)


def fifth_of_each_user(ratings: Ratings, *, chance: np.random.Generator, share: float = 0.2) -> Chosen:
    """A random `share` of each user's ratings, rounded down, as a mask (r,)."""
    order = np.lexsort((chance.random(len(ratings)), ratings.user))
    counts = np.bincount(ratings.user, minlength=len(ratings.users))
    places = np.arange(len(ratings)) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = np.zeros(len(ratings), dtype=np.bool_)
    chosen[order] = places < np.repeat((counts * share).astype(np.int64), counts)
    return chosen
