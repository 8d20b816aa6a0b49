"""Intents by multinomial logistic regression over masked words, the facts of the parse and the message's meaning."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.heard import HEARD, meaning
from components.heard_training import answers, digest
from components.regression import Regression, Said

#: The models, by the folders that they are kept in.
_PARTS = _HEARD, _DEAF = "heard", "deaf"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentRegression(GraphComponent, IntentClassifier):
    """Sets the likeliest intent and the `ranking_length` likeliest (0: all) with confidences that add up to at most 1.

    There are two models of the same examples: one for messages that the engine has heard, and one for words alone,
    which answers while the engine is down. The confidences are calibrated: one temperature for each model, fitted on
    cross-validated training examples (Guo et al. 2017). `strictness` is the inverse of the regularisation, `folds` how
    many parts the cross-validation has.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"ranking_length": 4, "strictness": 20.0, "folds": 4}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:  # noqa: ARG003
        return digest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> IntentRegression:
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> IntentRegression:
        with model_storage.read_from(resource) as folder:
            models = {part: Regression.read(folder / part) for part in _PARTS if (folder / part).is_dir()}
        return cls(config, model_storage, resource, models)

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, models: dict[str, Regression]
    ) -> None:
        self._config, self._storage, self._resource, self._models = config, model_storage, resource, models

    def train(self, training_data: TrainingData) -> Resource:
        intents = {one.get(TEXT): one.get(INTENT) for one in training_data.intent_examples}
        told = answers()
        said = {_DEAF: [Said(text, None) for text in intents]}
        if told:
            said[_HEARD] = [Said(text, told.get(text)) for text in intents]
        with self._storage.write_to(self._resource) as folder:
            for part, messages in said.items():
                self._models[part] = Regression.fitted(
                    messages,
                    list(intents.values()),
                    strictness=float(self._config["strictness"]),
                    folds=int(self._config["folds"]),
                )
                (folder / part).mkdir()
                self._models[part].write(folder / part)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            named: list[dict[str, Any]] = [{"name": None, "confidence": 0.0}]
            if text:
                ranking = self._ranking(Said(text, message.get(HEARD)))[: int(self._config["ranking_length"]) or None]
                named = [{"name": name, "confidence": confidence} for name, confidence in ranking]
            message.set(INTENT, named[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, named, add_to_output=True)
        return messages

    def _ranking(self, said: Said) -> list[tuple[str, float]]:
        # Facts without the vector are another matter than both: an engine of another encoder is heard by its words.
        whole = said.answer is not None and meaning(said.answer).any() and _HEARD in self._models
        return self._models[_HEARD].ranking(said) if whole else self._models[_DEAF].ranking(Said(said.text, None))
