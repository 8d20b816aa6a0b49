"""What a persona says: its own words for a phrase key, else the base voice, with values put in as plain text."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from persona_configs.checks import placeholders
from persona_configs.keys import USAGE, Phrase, Usage
from persona_configs.schema import Persona

__all__ = ["USAGE", "Phrase", "Usage", "base_phrases", "base_words", "fill", "in_language", "labels", "say", "variants"]

#: A placeholder, with the article before it if there is one: "a {words}" becomes "an epic".
_PLACEHOLDER = re.compile(r"(?P<article>\b[Aa] )?\{(?P<name>[a-z_]+)\}")
_VOWELS = tuple("aeiouAEIOU")
_SPACES = re.compile(r" {2,}")
#: What the keys of labels begin with.
_LABEL = "label_"


def _base(name: str) -> object:
    return yaml.safe_load(files("persona_configs.base").joinpath(name).read_text(encoding="utf-8"))


@cache
def base_phrases() -> Mapping[Phrase, tuple[str, ...]]:
    """The base voice: at least one variant for every key."""
    rows = _base("voice.yaml")
    assert isinstance(rows, dict)  # noqa: S101 - our own file, covered by a test
    return MappingProxyType({Phrase(key): tuple(words) for key, words in rows.items()})


@cache
def base_words() -> Mapping[str, Mapping[str, str]]:
    """How names of the closed vocabularies read inside a sentence, by kind, where the name itself would not."""
    rows = _base("words.yaml")
    assert isinstance(rows, dict)  # noqa: S101 - our own file, covered by a test
    return MappingProxyType({kind: MappingProxyType(dict(words)) for kind, words in rows.items()})


@cache
def _languages() -> Mapping[str, str]:
    rows = _base("languages.yaml")
    assert isinstance(rows, dict)  # noqa: S101 - our own file, covered by a test
    return MappingProxyType(rows)


def in_language(code: str) -> str:
    """The sentence that says, in this language (ISO 639-1), which one we speak; "" where we do not know it."""
    return _languages().get(code, "")


def variants(persona: Persona, phrase: Phrase) -> tuple[str, ...]:
    """All ways this persona says a phrase; never empty."""
    return persona.voice.phrases.get(phrase) or base_phrases()[phrase]


def labels(persona: Persona) -> Mapping[str, str]:
    """The persona's labels for what a card shows, by name ("source_plot"). Their placeholders are not yet filled in,
    since every card has values of its own."""
    return MappingProxyType(
        {phrase.removeprefix(_LABEL): variants(persona, phrase)[0] for phrase in Phrase if phrase.startswith(_LABEL)}
    )


def fill(way: str, values: Mapping[str, object]) -> str:
    """The variant with each placeholder replaced by its value as plain text, or by nothing where it has none."""

    def put(match: re.Match[str]) -> str:
        value, article = str(values.get(match["name"], "")), match["article"] or ""
        return f"{article[:1]}n {value}" if article and value.startswith(_VOWELS) else f"{article}{value}"

    return _PLACEHOLDER.sub(put, way)


def say(persona: Persona, phrase: Phrase, /, *, seed: str, nth: int = 0, **values: object) -> str:
    """The persona's words for `phrase`. The same arguments give the same words, on any machine.

    Values are put in as they are: braces in them mean nothing. Variants whose placeholders all have a value come
    first; if there is none, a placeholder without a value is left out, so that this never raises. Uses of a phrase
    under one seed that differ by one in `nth` get different variants, where there are several.
    """
    ways = variants(persona, phrase)
    whole = [way for way in ways if placeholders(way) <= values.keys()]
    digest = hashlib.blake2b(f"{persona.name}\0{phrase}\0{seed}".encode("utf-8", "replace"), digest_size=8).digest()
    among = whole or ways
    words = fill(among[(int.from_bytes(digest, "big") + nth) % len(among)], values)
    return words if whole else _SPACES.sub(" ", words).strip()
