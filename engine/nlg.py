"""The words behind Rasa's NLG callback: from its request body to its answer. Pure.

Rasa asks with {"response": "utter_greet", "arguments": {}, "tracker": {…}, "channel": {…}} and checks the answer
against `nlg_response_format_spec` of rasa.core.nlg.callback (3.6): `text` must be a string where it is given, so it is
left out, and everything travels in `custom`.

ValueError
└── NlgRefused      the request names no persona, or nothing that a persona could say
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.offers import offers
from engine.wire import Intent, TurnPayload
from nlu.frame import ENGLISH
from persona_configs.phrases import Phrase, in_language, say
from persona_configs.schema import Persona

_PREFIX = "utter_"
#: What a message in another language is mostly taken for, when nothing in it is understood.
_UNHEARD = frozenset({Phrase.GREET, Phrase.OUT_OF_SCOPE, Phrase.HELP, Phrase.BOT_CHALLENGE})


class NlgRefused(ValueError):
    """The request cannot be answered; the message says what is missing."""


class _Read(BaseModel):
    # Rasa sends the whole tracker; all but these few fields of it is passed over.
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Metadata(_Read):
    persona: str | None = None
    turn_id: str | None = None


class _Guess(_Read):
    name: str | None = None
    confidence: float | None = None


class _Entity(_Read):
    entity: str = ""
    value: Any = None


class _Message(_Read):
    intent: _Guess | None = None
    entities: tuple[_Entity, ...] = ()
    metadata: _Metadata | None = None
    message_id: str | None = None


class _Tracker(_Read):
    sender_id: str = ""
    latest_message: _Message | None = None


class _Request(_Read):
    response: str
    arguments: dict[str, Any] | None = None
    tracker: Annotated[_Tracker, Field(default_factory=_Tracker)]


def answer(body: Mapping[str, Any], personas: Mapping[str, Persona]) -> dict[str, Any]:
    """The NLG answer: {"custom": a sparse `TurnPayload`} in the words of the conversation's persona.

    The persona is the one in the latest message's metadata, else the part of the sender before the first colon.
    Raises `NlgRefused` for an unknown persona, an unknown response and a body of another form.
    """
    request = _request(body)
    message = request.tracker.latest_message or _Message()
    metadata = message.metadata or _Metadata()
    name = _persona(request)
    persona = personas.get(name)
    if persona is None:
        raise NlgRefused(f"no such persona: {name!r}")
    key = request.response.removeprefix(_PREFIX)
    if key not in set(Phrase):
        raise NlgRefused(f"no phrase for {request.response!r}")
    phrase, seed = Phrase(key), metadata.turn_id or message.message_id or ""
    # A placeholder's value may come under any name; `say` has names of its own.
    values = {str(name): value for name, value in (request.arguments or {}).items() if name not in {"seed", "nth"}}
    if phrase in _UNHEARD and (language := _language(message)) != ENGLISH:
        phrase, values = Phrase.OTHER_LANGUAGE, {"greeting": in_language(language)}
    payload = TurnPayload(
        replies=(say(persona, phrase, seed=seed, nth=0, **values),),
        quick_replies=offers(persona, phrase, seed=seed),
        intent=_intent(message.intent),
    )
    return {"custom": payload.model_dump(mode="json", exclude_defaults=True)}


def asker(body: Mapping[str, Any]) -> tuple[str, str]:
    """The persona and the turn's id of a request, both "" where it names none: Rasa sends no header of ours."""
    try:
        request = _request(body)
    except NlgRefused:
        return "", ""
    metadata = (request.tracker.latest_message or _Message()).metadata or _Metadata()
    return _persona(request), metadata.turn_id or ""


def _request(body: Mapping[str, Any]) -> _Request:
    try:
        return _Request.model_validate(body)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        raise NlgRefused(f"not an NLG request: {fields}") from error


def _language(message: _Message) -> str:
    """The language that the parse tells of the message; English where there is no parse."""
    parses = (entity.value for entity in message.entities if entity.entity == "parse")
    parse = next((value for value in parses if isinstance(value, dict)), {})
    return str(parse.get("language", ENGLISH))


def _persona(request: _Request) -> str:
    metadata = (request.tracker.latest_message or _Message()).metadata or _Metadata()
    return metadata.persona or request.tracker.sender_id.partition(":")[0]


def _intent(guess: _Guess | None) -> Intent | None:
    if guess is None or not guess.name:
        return None
    return Intent(name=guess.name, confidence=guess.confidence or 0.0)
