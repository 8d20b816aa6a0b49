"""Topics as an enrichment: what groups of plots are about, and how much of each a film has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from index.enrich import Tell
from index.film import Film
from index.topics.naming import topic_names
from index.topics.show import TOPICS
from index.topics.topic_model import TopicModel, coherence
from index.topics.words import plot_of, tokens

#: Plots below which topics would be accidents.
PLOTS_LEAST = 50
#: A smaller share of a plot is not worth telling.
SHARE_LEAST = 0.1
_TOPICS_LEAST, _TOPICS_MOST = 4, 60


@dataclass(frozen=True, slots=True)
class TopicReport:
    """What was learned: from how many plots, how many topics, and the coherence (NPMI, -1 to 1) by model. `chosen` is
    the more coherent one, whose topics the films have."""

    plots: int
    topics: int
    coherence: dict[str, float]
    chosen: str

    def summary(self) -> str:
        """The figures in words: "topics: 14 of 291 plots by NMF (coherence NMF 0.12, LDA 0.05)"."""
        figures = ", ".join(f"{kind} {figure:.2f}" for kind, figure in self.coherence.items())
        return f"{TOPICS}: {self.topics} of {self.plots:,} plots by {self.chosen} (coherence {figures})"


class Topics:
    """Learns topics from the plots of a catalogue; an enrichment. The same films and seed give the same topics.

    Films get the topics that make up a tenth of their plot or more. A catalogue of fewer than 50 plots has none. After
    enriching, `report` and the name say how the topics were learned, so that an artefact's list of sources does.
    """

    def __init__(self, *, seed: int = 0) -> None:
        self.name = TOPICS
        self._seed = seed
        self.report: TopicReport | None = None

    def enrich(self, films: Sequence[Film], *, tell: Tell) -> list[Film]:
        told = [row for row, film in enumerate(films) if film.synopsis.strip()]
        if len(told) < PLOTS_LEAST:
            return list(films)
        from index.topics.models import counted, fit_lda, fit_nmf

        tell("learning topics", 0, 3)
        people = [name for film in films for name in (*film.cast, *film.directors)]
        counts = counted(tokens([plot_of(films[row]) for row in told], people))
        if counts is None:
            return list(films)
        topics = min(number_of_topics(len(told)), *counts.matrix.shape)
        models: list[TopicModel] = []
        for step, fit in enumerate((fit_nmf, fit_lda), start=1):
            models.append(fit(counts, topics=topics, seed=self._seed))
            tell("learning topics", step, 3)
        coherent = {model.kind: coherence(model, counts) for model in models}
        best = max(models, key=lambda model: coherent[model.kind])
        enriched = list(films)
        for row, shares in zip(told, told_shares(best), strict=True):
            enriched[row] = replace(films[row], topics=shares)
        self.report = TopicReport(len(told), topics, coherent, best.kind)
        self.name = self.report.summary()
        tell("learning topics", 3, 3)
        tell(self.name, 1, 1)
        return enriched


def number_of_topics(plots: int) -> int:
    """How many topics to look for: three quarters of the root of the plots, so that a topic has films and a film's
    neighbours are few: 5 for 50 plots, 13 for 300, 60 from 6,400 on."""
    return max(_TOPICS_LEAST, min(_TOPICS_MOST, round(0.75 * sqrt(plots))))


def told_shares(model: TopicModel) -> list[dict[str, float]]:
    """The topics of each plot by name, the largest first, those above a tenth of it."""
    names = topic_names(model)
    return [
        {
            names[topic]: round(float(row[topic]), 3)
            for topic in (-row).argsort(kind="stable")
            if row[topic] >= SHARE_LEAST
        }
        for row in model.shares
    ]
