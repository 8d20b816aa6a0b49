"""ELSA: one unit vector a film, such that the films of a history sum up to what else belongs in it (Vančura et al.
2022, "Scalable Linear Shallow Autoencoder for Collaborative Filtering"). Its size grows with the films, not with
their square.
"""

from dataclasses import dataclass

import numpy as np

from index.ratings.histories import Histories
from index.ratings.table import Figures, Ids
from index.ratings.vector_model import VectorModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsaConfig:
    """How `Elsa` is trained."""

    dimension: int = 128
    """Numbers a film; the paper uses 256 to 1,024 for tens of thousands of films."""
    epochs: int = 25
    """Passes over all histories."""
    batch: int = 64
    """Histories a step."""
    learning_rate: float = 0.1
    """Step of the optimiser (NAdam, as in the paper)."""
    seed: int = 0
    """Decides the first vectors and the order of the histories."""


class Elsa(VectorModel):
    """A trained ELSA, over the films of its histories; needs torch to train and numpy to score."""

    @classmethod
    def fit(cls, histories: Histories, config: ElsaConfig | None = None) -> "Elsa":
        """The model of these histories. Needs the build group (torch)."""
        import torch
        from torch.nn.functional import normalize, relu

        config = config or ElsaConfig()
        chance = np.random.default_rng(config.seed)
        first = chance.normal(size=(histories.n, config.dimension)).astype(np.float32)
        weights = torch.nn.Parameter(torch.from_numpy(first))
        optimiser = torch.optim.NAdam([weights], lr=config.learning_rate)
        people = np.flatnonzero(np.diff(histories.starts))
        for _ in range(config.epochs):
            order = chance.permutation(people)
            for start in range(0, len(order), config.batch):
                rows = torch.from_numpy(_signs(_chosen(histories, order[start : start + config.batch])))
                vectors = normalize(weights, dim=-1)
                guessed = relu(rows @ vectors @ vectors.T - rows)
                loss = (normalize(guessed, dim=-1) - normalize(rows, dim=-1)).square().sum(dim=-1).mean()
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimiser.step()
        known = histories.counts() > 0
        trained = normalize(weights.detach(), dim=-1).numpy()
        return cls(vectors=np.where(known[:, None], trained, 0.0).astype(np.float32), known=known)


def _signs(histories: Histories) -> Figures:
    return np.sign(histories.dense())


def _chosen(histories: Histories, people: Ids) -> Histories:
    parts = [histories.between(int(person), int(person) + 1) for person in people]
    starts = np.concatenate([[0], np.cumsum([len(part.films) for part in parts])]).astype(np.int64)
    films, stars = (np.concatenate([getattr(part, name) for part in parts]) for name in ("films", "stars"))
    return Histories(histories.n, starts, films, stars)
