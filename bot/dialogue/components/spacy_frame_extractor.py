"""The frame of a message, asked of the engine, as one entity of the message.

The engine holds the spaCy pipeline, the encoder and the catalogue's titles and people; this component only asks it, as
Rasa's Duckling extractor asks Duckling. A new catalogue or persona is therefore understood with no new training. It
comes first in the pipeline: what reads the words after it learns from the whole answer.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from typing import Any

import urllib3
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.heard import HEARD, Answer

log = logging.getLogger(__name__)

#: The entity that carries the sparse JSON of `nlu.frame.Parse`, or `{"failed": REASON}`.
ENTITY = "parse"
#: Where the engine is, when the model's own config is not to decide.
ENGINE_URL_VARIABLE = "MATINEE_ENGINE_URL"
#: Tells the engine which turn a parse belongs to, for its log.
TURN_HEADER = "Matinee-Turn"
_TURN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
#: A larger answer than this is not a parse of one message.
ANSWER_MAX_BYTES = 256 * 1024
#: A message that a channel's button stands for; Rasa reads it by itself.
_COMMAND = re.compile(r"^/[a-z_]+(@[0-9.]+)?(\{.*\})?$", re.DOTALL)


class ParseUnavailable(Exception):
    """The engine gave no parse; the message says why in a word or two."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpacyFrameExtractor(GraphComponent, EntityExtractorMixin):
    """Adds one entity `parse` to each message: the engine's reading without empty fields, spans and meaning.

    The whole answer is the message's property `heard`, for the components that follow. Metadata that brings it (benches
    do) spares the asking.

    It never raises and never takes longer than `timeout_s` seconds by much: where the engine is down, slow or
    answers nonsense, the entity holds `{"failed": REASON}` and the action server asks the engine once more.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"engine_url": "http://127.0.0.1:8701", "timeout_s": 1.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> SpacyFrameExtractor:
        # A trained model keeps its config, but moves between machines: the address is the machine's to say.
        engine_url = os.environ.get(ENGINE_URL_VARIABLE) or config["engine_url"]
        return cls(engine_url=engine_url, timeout_s=float(config["timeout_s"]))

    def __init__(self, *, engine_url: str, timeout_s: float) -> None:
        self._url = engine_url.rstrip("/") + "/v1/parse"
        self._http = urllib3.PoolManager(
            maxsize=4,
            timeout=urllib3.Timeout(total=timeout_s, connect=min(timeout_s, 0.3)),
            # No second try here: a closed connection is opened anew anyway, and the action server asks again.
            retries=False,
        )

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or _COMMAND.match(text):
                continue
            entity = {"entity": ENTITY, "start": 0, "end": len(text), "value": self._value(message, text)}
            found = self.add_extractor_name([entity])
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _value(self, message: Message, text: str) -> dict[str, Any]:
        metadata = message.get("metadata") or {}
        if HEARD in metadata:
            message.set(HEARD, metadata[HEARD])
            return as_entity(metadata[HEARD])
        persona, turn_id = metadata.get("persona"), str(metadata.get("turn_id") or "")
        if not isinstance(persona, str):
            return {"failed": "no persona"}
        started = time.perf_counter()
        try:
            answer = self._ask(persona=persona, text=text, turn_id=turn_id)
        except ParseUnavailable as fault:
            log.warning("no parse from %s: %s", self._url, fault)
            return {"failed": str(fault)}
        message.set(HEARD, answer)
        return {**as_entity(answer), "latency_ms": round((time.perf_counter() - started) * 1000, 2)}

    def _ask(self, *, persona: str, text: str, turn_id: str) -> dict[str, Any]:
        body = json.dumps({"persona": persona, "text": text, "meaning": True})
        headers = {"content-type": "application/json"}
        if _TURN_ID.fullmatch(turn_id):
            headers[TURN_HEADER] = turn_id
        try:
            answer = self._http.request("POST", self._url, body=body.encode(), headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise ParseUnavailable(_reason(error)) from error
        if answer.status != 200:
            raise ParseUnavailable(f"status {answer.status}")
        if len(answer.data) > ANSWER_MAX_BYTES:
            raise ParseUnavailable("too large")
        try:
            parse = json.loads(answer.data)
        except ValueError as error:
            raise ParseUnavailable("not JSON") from error
        if not isinstance(parse, dict) or not isinstance(parse.get("frame"), dict):
            raise ParseUnavailable("not a parse")
        return parse


def as_entity(answer: Answer) -> dict[str, Any]:
    """What the tracker and the actions need of an answer, as small as can be."""
    entity: dict[str, Any] = sparse({name: part for name, part in answer.items() if name not in ("spans", "meaning")})
    return entity


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    cause = getattr(error, "reason", None) or error
    # A refused connection is a kind of timeout to urllib3, too.
    refused = isinstance(cause, urllib3.exceptions.NewConnectionError)
    return "timeout" if isinstance(cause, urllib3.exceptions.TimeoutError) and not refused else "unreachable"


def sparse(value: Any) -> Any:
    """The same JSON without fields that are empty: null, false, "", [], {} and ranges open at both ends. Zeros stay."""
    if isinstance(value, dict):
        kept = ((name, sparse(item)) for name, item in value.items())
        return {name: item for name, item in kept if not _is_empty(item)}
    if isinstance(value, list):
        return [sparse(item) for item in value]
    return value


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return all(item is None for item in value)
    return value is None or value is False or value in ("", {})
