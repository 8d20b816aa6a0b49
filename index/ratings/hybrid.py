"""Our model: EASE in the form that foresees a part of the training ratings best, with popularity for people of whom
little is known and, where features are given, a place for films that nobody has rated yet."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from index.ratings.ease import Ease, EaseConfig
from index.ratings.histories import Histories
from index.ratings.item_model import demand_same_films, spread
from index.ratings.peers import Popularity
from index.ratings.ranking import measure
from index.ratings.split import Split, fifth_of_each_user
from index.ratings.table import Chosen, Figures, Ids, Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridConfig:
    """How `Hybrid` is fitted."""

    start: EaseConfig = field(
        default_factory=lambda: EaseConfig(
            dropout=0.3, activity_power=0.25, stars_share=0.5, diagonal_power=0.5, count_power=-0.1
        )
    )
    """The form that the search starts from."""
    l2_factors: tuple[float, ...] = (0.3, 3.0)
    """Other λ that are tried, as factors of the one it starts from."""
    diagonal_powers: tuple[float, ...] = (0.0,)
    """Other powers of P's diagonal that are tried."""
    count_powers: tuple[float, ...] = (0.0,)
    """Other powers of a film's count that are tried."""
    margin: float = 0.003
    """Gain of nDCG@10 that another form must show: below it the validation part only chooses by chance."""
    validation_share: float = 0.1
    """Share of each person's training ratings that the forms have to foresee."""
    popularity: float = 0.02
    """Weight of popularity beside EASE, both spread to a standard deviation of 1: it decides where a history is empty
    and hardly elsewhere."""
    cold_l2: float = 10.0
    """Ridge of the regression that places films nobody rated by their features."""
    cold_trust: float = 0.3
    """What a score that is foretold from features weighs beside one that was learned: unrated films keep their order
    among themselves, and a guess does not push out what is known."""
    seed: int = 0
    """Decides which ratings are kept for validation."""


class Hybrid:
    """A fitted hybrid, over the films of its ratings. An `ItemModel` and a `LikenessModel`."""

    def __init__(self, *, ease: Ease, popularity: Popularity, weight: float, known: Chosen) -> None:
        self.ease, self._popularity, self._weight, self._known = ease, popularity, weight, known

    @classmethod
    def fit(cls, ratings: Ratings, config: HybridConfig | None = None, *, features: Figures | None = None) -> "Hybrid":
        """The model of these ratings. `features` (n, f) describe all films, with them unrated ones are placed too.

        Raises `index.ratings.RatingsError` when there are too many people and films for EASE.
        """
        config = config or HybridConfig()
        histories = Histories.of(ratings)
        chosen = best_form(ratings, config)
        ease = Ease.fit(histories, chosen)
        known = ease.known
        if features is not None:
            ease = ease.with_cold_films(features, l2=config.cold_l2, trust=config.cold_trust)
        return cls(ease=ease, popularity=Popularity(histories), weight=config.popularity, known=known)

    @property
    def known(self) -> Chosen:
        return self._known

    def scores(self, histories: Histories) -> Figures:
        demand_same_films(histories, self._known)
        popularity = spread(self._popularity.scores(histories))
        found: Figures = spread(self.ease.scores(histories)) + np.float32(self._weight) * popularity
        return found

    def likeness(self, rows: Ids) -> Figures:
        return self.ease.likeness(rows)


def best_form(ratings: Ratings, config: HybridConfig) -> EaseConfig:
    """The form of EASE that foresees the validation part best by nDCG@10, changing one field at a time."""
    held_out = fifth_of_each_user(ratings, chance=np.random.default_rng(config.seed), share=config.validation_share)
    everything = np.ones(len(ratings.films), dtype=np.bool_)
    parts = Split(ratings.only(~held_out), ratings.only(held_out), everything)
    if not len(parts.test) or not len(parts.train):
        return config.start
    histories = Histories.of(parts.train)

    def quality(form: EaseConfig) -> float:
        return measure(Ease.fit(histories, form), parts).ndcg_10

    changes: tuple[tuple[Callable[[EaseConfig, float], EaseConfig], tuple[float, ...]], ...] = (
        (lambda form, factor: replace(form, l2=form.l2 * factor), config.l2_factors),
        (lambda form, power: replace(form, diagonal_power=power), config.diagonal_powers),
        (lambda form, power: replace(form, count_power=power), config.count_powers),
    )
    best = config.start
    best_quality = quality(best)
    for change, values in changes:
        tried = [(quality(form), form) for form in (change(best, value) for value in values)]
        for found, form in tried:
            if found > best_quality + config.margin:
                best, best_quality = form, found
    return best
