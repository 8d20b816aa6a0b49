"""What is wrong in plain words, and what to do about it, for each kind of fault in a persona file."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from persona_configs.document import KEY, Place
from persona_configs.keys import Phrase
from persona_configs.schema import Persona

#: By kind of fault as pydantic names it, where one remedy fits all.
_REMEDIES = {
    "missing": "Add the field.",
    "string_type": "Write text, in quotes if it starts with # or reads as a number, yes or no.",
    "int_type": "Write a whole number without quotes.",
    "float_type": "Write a number without quotes.",
    "tuple_type": "Write a list: one `- item` a line, or [item, item].",
    "list_type": "Write a list: one `- item` a line, or [item, item].",
    "dict_type": "Write fields below it, indented.",
    "model_type": "Write fields below it, indented.",
    "string_too_short": "Write at least one character.",
    "string_too_long": "Shorten it.",
    "too_short": "Give at least one, or leave the field out.",
    "too_long": "Give fewer.",
    "json_invalid": "Write plain text, numbers and lists.",
}
#: By field, where the pattern alone would not tell what is meant.
_FORMS = {
    "token": "Write env:NAME, and put the token itself into that environment variable. "
    "A token that stood in a file should be revoked.",
    "name": "Use 2-32 lower-case letters, digits and hyphens, starting with a letter.",
    "catalogue": "Use 2-32 lower-case letters, digits and hyphens, starting with a letter.",
    "font": "Write families as CSS does, with single quotes: 'Gill Sans', system-ui, sans-serif.",
    "locale": "Write a language, with a country if need be: en, en-GB.",
    "origins": 'Write scheme and host without a path: https://www.example.org, or "*" for any.',
    "key_hashes": "Write the SHA-256 in 64 lower-case hex digits; `matinee persona key NAME` makes a key and its line.",
}
_COLOUR_FORM = 'Write six hex digits in quotes: "#1a2b3c".'


#: By kind of fault, where pydantic's own words are not those of someone who writes YAML.
_PROBLEMS = {
    "extra_forbidden": "no such field",
    "missing": "is missing",
    "enum": "no such phrase key",
    "string_pattern_mismatch": "does not have the form that belongs here",
    "model_type": "should hold fields of its own",
    "dict_type": "should hold fields of its own",
    "tuple_type": "should be a list",
    "list_type": "should be a list",
}


def problem_of(kind: str, message: str) -> str:
    """What is wrong, in words for the one who wrote the file; never what was written, which may be a secret."""
    message = message.removeprefix("Input ")
    return _PROBLEMS.get(kind) or message[:1].lower() + message[1:]


def remedy_for(kind: str, problem: str, *, place: Place = (), context: Mapping[str, Any] | None = None) -> str:
    """What to do about a fault of this kind at this place."""
    context = context or {}
    word = next((str(step) for step in reversed(place) if isinstance(step, str) and step != KEY), "")
    if word in _FORMS and kind in {"string_pattern_mismatch", "string_type"}:
        return _FORMS[word]
    remedy = _by_kind(kind, problem, word, place, context)
    return remedy or _REMEDIES.get(kind, "Correct it; persona_configs/README.md shows each field.")


def _by_kind(kind: str, problem: str, word: str, place: Place, context: Mapping[str, Any]) -> str | None:
    remedy: str | None = None
    match kind:
        case "yaml":
            remedy = _yaml_remedy(problem)
        case "flaw" if "contrast" in problem:
            remedy = "Darken one colour or lighten the other."
        case "flaw":
            remedy = "Correct the placeholder."
        case "extra_forbidden":
            remedy = _closest(word, _fields(place[:-1]), otherwise="Remove it; the fields are in persona.schema.json.")
        case "enum":
            remedy = _closest(
                word, [phrase.value for phrase in Phrase], otherwise="Remove it; the keys are in base/voice.yaml."
            )
        case "unknown_name":
            closed = list(context.get("closed", ()))
            remedy = _closest(str(context.get("word", "")), closed, otherwise=f"Use one of: {', '.join(closed)}.")
        case "string_pattern_mismatch" | "string_type" if "look" in place:
            remedy = _COLOUR_FORM
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            remedy = f"Write {'at least' if 'ge' in context else 'at most'} {bound}."
    return remedy


def _yaml_remedy(problem: str) -> str:
    if "alias" in problem:
        return "Write the value out."
    if "already" in problem:
        return "Keep one of the two."
    return "Check indentation, quotes and colons here; text with a colon or # needs quotes."


def _closest(word: str, known: Iterable[str], *, otherwise: str) -> str:
    close = get_close_matches(word.lower().replace(" ", "-"), (lower := {name.lower(): name for name in known}), n=1)
    return f"Did you mean {lower[close[0]]!r}?" if close else otherwise


def _fields(place: Place) -> list[str]:
    """The names of the fields that may stand at a place of a persona file."""
    part: type[BaseModel] = Persona
    for step in place:
        field = part.model_fields.get(str(step))
        if field is None:
            return []
        kinds = (field.annotation, *get_args(field.annotation))
        inner = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if inner is None:
            return []
        part = inner
    return list(part.model_fields)
