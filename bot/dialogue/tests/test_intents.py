"""What is learned of intents: names masked, facts told, models kept and read again, calibrated, the same each time."""

from __future__ import annotations

import base64
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np
from components.heard import DIMENSION, ENCODER, FACTS, facts, masked, meaning
from components.regression import Regression, Said

TEXT = "tell me about Zorgon Seven from 1968"
ANSWER: dict[str, Any] = {
    "frame": {"wants": {"genres": ["Comedy"]}, "year": [1968, 1968], "rest": "tell"},
    "spans": [
        {"start": 14, "end": 26, "slot": "like", "value": "tt1", "by": "title"},
        {"start": 27, "end": 36, "slot": "year", "value": "1968", "by": "year"},
    ],
    "references": [{"kind": "ordinal", "ordinal": 0}],
}
GREETINGS = ["hello", "hello there", "hi", "hi there", "good evening", "good morning", "hey", "hey there"]
WISHES = [
    "a comedy",
    "a western",
    "some comedy",
    "a thriller",
    "some western",
    "a drama",
    "some drama",
    "some thriller",
]
THANKS = ["thanks", "thank you", "many thanks", "thanks a lot", "thank you so much", "thanks so much"]
SAID = [Said(text, None) for text in GREETINGS + WISHES + THANKS]
INTENTS = ["greet"] * len(GREETINGS) + ["request"] * len(WISHES) + ["thank"] * len(THANKS)


def vector_of(values: np.ndarray, *, encoder: str = ENCODER) -> dict[str, Any]:
    """The part of an answer that holds this vector."""
    told = base64.b64encode(values.astype("<f2").tobytes()).decode()
    return {"meaning": {"encoder": encoder, "vector": told}}


class Hearing(unittest.TestCase):
    """What is taken from the engine's answer."""

    def test_names_are_masked(self) -> None:
        self.assertEqual(masked(TEXT, ANSWER).split(), ["tell", "me", "about", "__title__", "__year__"])
        self.assertEqual(masked(TEXT, None), TEXT)

    def test_a_single_lower_case_word_may_be_any_word(self) -> None:
        span = {"start": 0, "end": 8, "slot": "like", "by": "title"}
        self.assertEqual(masked("farewell", {"spans": [span]}), "farewell")
        self.assertEqual(masked("Farewell", {"spans": [span]}).strip(), "__title__")

    def test_a_title_that_no_catalogue_holds_is_a_title(self) -> None:
        self.assertEqual(masked("save Zorgon 7", {"unknown": ["Zorgon 7"]}).split(), ["save", "__title__"])

    def test_facts_are_told_by_name(self) -> None:
        told = {FACTS[place] for place in np.flatnonzero(facts(TEXT, ANSWER))}
        self.assertEqual(
            told, {"read", "points.ordinal", "wants", "wants.genres", "year", "asks", "rest.word", "covered.most"}
        )
        self.assertFalse(facts("hello", None).any())
        self.assertEqual([FACTS[place] for place in np.flatnonzero(facts("😂", None))], ["emoji_only"])

    def test_a_vector_comes_as_it_was_sent_or_not_at_all(self) -> None:
        values = np.linspace(-1, 1, DIMENSION).astype(np.float16)
        np.testing.assert_array_equal(meaning(vector_of(values)), values.astype(np.float32))
        for unfit in (
            vector_of(values, encoder="another"),
            vector_of(values[:7]),
            vector_of(values * np.inf),
            {"meaning": {"encoder": ENCODER, "vector": "no base64"}},
            {"meaning": {"encoder": ENCODER}},
            {},
            None,
        ):
            self.assertFalse(meaning(unfit).any())


class Learning(unittest.TestCase):
    """The regression by itself."""

    def setUp(self) -> None:
        self.model = Regression.fitted(SAID, INTENTS, strictness=20.0, folds=2)

    def test_what_differs_is_told_apart_and_probabilities_add_up(self) -> None:
        for text, intent in (("hello hello", "greet"), ("a good thriller", "request")):
            ranking = self.model.ranking(Said(text, None))
            self.assertEqual(ranking[0][0], intent)
            self.assertAlmostEqual(sum(chance for _, chance in ranking), 1.0, places=5)

    def test_what_was_kept_says_the_same(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.model.write(Path(folder))
            again = Regression.read(Path(folder))
        for text in ("hello", "a comedy", "what else"):
            self.assertEqual(again.ranking(Said(text, None)), self.model.ranking(Said(text, None)))

    def test_the_same_examples_make_the_same_model(self) -> None:
        again = Regression.fitted(SAID, INTENTS, strictness=20.0, folds=2)
        self.assertEqual(again.ranking(Said("hi", None)), self.model.ranking(Said("hi", None)))
        self.assertEqual(again.temperature, self.model.temperature)


if __name__ == "__main__":
    unittest.main()
