"""What the dialogue server is told of a message beside its parse: what it means, as a vector."""

import base64
from dataclasses import asdict, dataclass
from typing import Any

import emoji
import numpy as np

from index.encoder import TextEncoder
from nlu.frame import Parse, Span

#: A longer message says what it is in its first characters; encoding all of it would only take time.
MEANING_MAX_CHARS = 240
_ANY_FILM, _ANY_PERSON = "that film", "Tom Hanks"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vector of a message's beginning: float16, little-endian, base64, of unit length; and who encoded it.

    Titles and people are encoded as any film and any person, and emoji by their names: what is meant by the message
    does not hang on which ones they are.
    """

    encoder: str
    vector: str


def meaning_of(parse: Parse, encoder: TextEncoder) -> Meaning:
    """The meaning of a message. Only its first `MEANING_MAX_CHARS` characters count."""
    (vector,) = encoder.encode([_anonymous(parse)])
    return Meaning(encoder.name, base64.b64encode(vector.astype(np.dtype("<f2")).tobytes()).decode("ascii"))


def _anonymous(parse: Parse) -> str:
    text, end = "", 0
    for span in parse.spans:
        if (word := _any_such(span, parse.text)) and span.start >= end:
            text, end = text + parse.text[end : span.start] + word, span.end
    text = (text + parse.text[end:])[:MEANING_MAX_CHARS]
    return text if text.isascii() else emoji.demojize(text, delimiters=(" ", " ")).replace("_", " ").strip()


def _any_such(span: Span, text: str) -> str:
    if span.slot.endswith(".people"):
        return _ANY_PERSON
    if span.slot not in {"like", "unlike"} and not (span.slot == "reference" and span.by == "title"):
        return ""
    words = text[span.start : span.end]
    # A single lower-case word may be any word ("heat", "farewell").
    return "" if words.islower() and " " not in words else _ANY_FILM


def heard(parse: Parse, meaning: Meaning) -> dict[str, Any]:
    """The JSON of both: the fields of `nlu.frame.Parse`, and `meaning`."""
    return {**asdict(parse), "meaning": asdict(meaning)}
