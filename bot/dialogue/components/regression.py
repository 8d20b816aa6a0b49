"""A multinomial logistic regression over what was said and what the engine heard in it, without Rasa."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, NamedTuple, Sequence

import numpy as np
import scipy.sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize

from components.heard import Answer, facts, masked, meaning

#: The weights of facts and meaning beside words of unit length, by cross-validation.
FACTS_WEIGHT, MEANING_WEIGHT = 0.3, 1.5
#: Temperatures that are tried: below 1 makes surer, above 1 less sure.
_TEMPERATURES = np.geomspace(0.3, 3.0, 47)
_SEED, _STEPS_MAX = 1895, 50
_WORDS = {"token_pattern": r"(?u)\w+|[^\w\s]", "ngram_range": (1, 2)}
_LETTERS = {"analyzer": "char_wb", "ngram_range": (1, 4)}


class Said(NamedTuple):
    """A message, and the engine's answer to it, None where there is none."""

    text: str
    answer: Answer | None

    @property
    def words(self) -> str:
        return masked(self.text, self.answer)


@dataclass(frozen=True)
class Vocabulary:
    """Word or letter sequences by column with their inverse document frequencies, smoothed as scikit-learn does."""

    columns: dict[str, int]
    idf: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str], how: dict[str, object]) -> Vocabulary:
        counter = CountVectorizer(**how)
        seen = counter.fit_transform(texts)
        documents = np.asarray((seen > 0).sum(axis=0)).ravel()
        idf = np.log((1 + len(texts)) / (1 + documents)) + 1
        return cls({str(name): int(place) for name, place in counter.vocabulary_.items()}, idf.astype(np.float32))

    def counter(self, how: dict[str, object]) -> CountVectorizer:
        return CountVectorizer(vocabulary=self.columns, **how)


class Regression:
    """Probabilities of intents. Made by `fitted` or `read`; kept as JSON and plain arrays."""

    def __init__(
        self,
        intents: Sequence[str],
        vocabularies: tuple[Vocabulary, Vocabulary],
        coefficients: np.ndarray,
        intercept: np.ndarray,
        temperature: float,
    ) -> None:
        self.intents, self.temperature = tuple(intents), temperature
        self._vocabularies = vocabularies
        self._counters = [one.counter(how) for one, how in zip(vocabularies, (_WORDS, _LETTERS), strict=True)]
        self._coefficients, self._intercept = coefficients, intercept

    @classmethod
    def fitted(
        cls, said: Sequence[Said], intents: Sequence[str], *, strictness: float, folds: int, temperature: float = 0.0
    ) -> Regression:
        """The model of these messages, of three intents or more. A temperature of 0 is fitted on the messages that fall
        out of each fold; the same words never stand on both sides of a fold."""
        vocabularies = (
            Vocabulary.of([one.words for one in said], _WORDS),
            Vocabulary.of([one.words for one in said], _LETTERS),
        )
        names = sorted(set(intents))
        blank = cls(names, vocabularies, np.zeros((0, 0)), np.zeros(0), 1.0)
        with warnings.catch_warnings():
            # Stopped on purpose: further steps change nothing that cross-validation can see, and take twice as long.
            warnings.simplefilter("ignore", ConvergenceWarning)
            learner = LogisticRegression(C=strictness, max_iter=_STEPS_MAX).fit(blank.features(said), intents)
        coefficients, intercept = learner.coef_.astype(np.float32), learner.intercept_.astype(np.float32)
        if not temperature:
            temperature = _fitted_temperature(
                [cls._unseen(said, intents, parts, strictness=strictness) for parts in _folds(said, intents, folds)]
            )
        return cls(list(learner.classes_), vocabularies, coefficients, intercept, temperature)

    @classmethod
    def _unseen(
        cls, said: Sequence[Said], intents: Sequence[str], parts: tuple[list[int], list[int]], *, strictness: float
    ) -> tuple[np.ndarray, np.ndarray]:
        learn, test = parts
        model = cls.fitted(
            [said[row] for row in learn], [intents[row] for row in learn], strictness=strictness, folds=0, temperature=1
        )
        places = np.array([model.intents.index(intents[row]) for row in test])
        return model.scores([said[row] for row in test]), places

    def features(self, said: Sequence[Said]) -> scipy.sparse.csr_matrix:
        """(n, features) of n messages."""
        blocks = [
            normalize(counter.transform([one.words for one in said]).multiply(vocabulary.idf).tocsr())
            for counter, vocabulary in zip(self._counters, self._vocabularies, strict=True)
        ]
        heard = np.vstack(
            [
                np.concatenate([FACTS_WEIGHT * facts(one.text, one.answer), MEANING_WEIGHT * meaning(one.answer)])
                for one in said
            ]
        )
        return scipy.sparse.hstack([*blocks, scipy.sparse.csr_matrix(heard)], format="csr")

    def scores(self, said: Sequence[Said]) -> np.ndarray:
        """(n, intents) logits before the temperature."""
        return self.features(said) @ self._coefficients.T + self._intercept

    def ranking(self, said: Said) -> list[tuple[str, float]]:
        """All intents with their probabilities, likeliest first."""
        (probabilities,) = _softmax(self.scores([said]) / self.temperature)
        return [(self.intents[place], float(probabilities[place])) for place in np.argsort(-probabilities)]

    def write(self, folder: Path) -> None:
        """Writes the model into a folder."""
        words, letters = self._vocabularies
        vocabularies = [sorted(one.columns, key=one.columns.__getitem__) for one in (words, letters)]
        plain = {"intents": self.intents, "temperature": self.temperature, "vocabularies": vocabularies}
        (folder / "regression.json").write_text(json.dumps(plain), encoding="utf-8")
        np.savez(
            folder / "regression.npz",
            coefficients=self._coefficients,
            intercept=self._intercept,
            words=words.idf,
            letters=letters.idf,
        )

    @classmethod
    def read(cls, folder: Path) -> Regression:
        """The model that `write` wrote."""
        plain = json.loads((folder / "regression.json").read_text(encoding="utf-8"))
        with np.load(folder / "regression.npz", allow_pickle=False) as arrays:
            words, letters = (
                Vocabulary({name: place for place, name in enumerate(names)}, arrays[part])
                for names, part in zip(plain["vocabularies"], ("words", "letters"), strict=True)
            )
            return cls(
                plain["intents"],
                (words, letters),
                arrays["coefficients"],
                arrays["intercept"],
                float(plain["temperature"]),
            )


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _folds(said: Sequence[Said], intents: Sequence[str], folds: int) -> Iterator[tuple[list[int], list[int]]]:
    texts = list(dict.fromkeys(one.text for one in said))
    intent_of = {one.text: intent for one, intent in zip(said, intents, strict=True)}
    splitter = StratifiedKFold(folds, shuffle=True, random_state=_SEED)
    for _, test in splitter.split(texts, [intent_of[text] for text in texts]):
        held = {texts[place] for place in test}
        rows = range(len(said))
        yield [row for row in rows if said[row].text not in held], [row for row in rows if said[row].text in held]


def _fitted_temperature(parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    def loss(temperature: float) -> float:
        told = [_softmax(logits / temperature)[np.arange(len(right)), right] for logits, right in parts]
        return -float(np.log(np.maximum(np.concatenate(told), 1e-9)).mean())

    return float(min(_TEMPERATURES, key=loss))
