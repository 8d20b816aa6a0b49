"""Names of topics that a person can read: "heist · vault · crew"."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.topics.topic_model import TOP_WORDS, Figures, TopicModel

#: What stands between the words of a name.
JOINT = " · "
#: Words of a name.
NAME_WORDS = 3
#: Weight of how common a word is within its topic against how much rarer it is elsewhere (Sievert & Shirley 2014 found
#: people to name topics best near 0.6).
_RELEVANCE = 0.6
#: A word lighter than this part of the heaviest one strayed into the topic.
_HEAVY_FROM = 0.1


def topic_names(model: TopicModel) -> tuple[str, ...]:
    """A name for each topic, by its most telling words; no two names are the same."""
    overall = np.maximum(model.topics.mean(axis=0), 1e-12)
    taken: dict[str, None] = {}
    for weights in model.topics:
        words = list(_apart(_telling(weights, overall, model.words)))
        length = NAME_WORDS
        while (name := JOINT.join(words[:length])) in taken and length < len(words):
            length += 1
        taken[_numbered(name, taken)] = None
    return tuple(taken)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a topic's name: ("heist", "vault", "crew")."""
    return tuple(word.strip() for word in name.split(JOINT) if word.strip())


def _telling(weights: Figures, overall: Figures, words: Sequence[str]) -> list[str]:
    enough = max(_HEAVY_FROM * float(weights.max()), 1e-12)
    best = [place for place in np.argsort(-weights, kind="stable")[: 2 * TOP_WORDS] if weights[place] >= enough]
    relevance = {
        place: _RELEVANCE * np.log(weights[place]) + (1 - _RELEVANCE) * np.log(weights[place] / overall[place])
        for place in best
    }
    return [words[place] for place in sorted(best, key=lambda place: -relevance[place])]


def _apart(words: Sequence[str]) -> Iterator[str]:
    """The words without those that say again what one before has said: "bank robbery" goes before "robbery"."""
    kept: list[frozenset[str]] = []
    for word in words:
        own = _stems(word)
        if not any(own & other for other in kept):
            longer = next((other for other in words[: 2 * NAME_WORDS] if own < _stems(other)), word)
            kept.append(_stems(longer))
            yield longer


def _stems(word: str) -> frozenset[str]:
    return frozenset(part[:5] for part in word.split())


def _numbered(name: str, taken: dict[str, None]) -> str:
    number = 2
    numbered = name or "topic"
    while numbered in taken:
        numbered, number = f"{name} {number}", number + 1
    return numbered
