"""What the engine's answer to a message says of its kind: names to mask, facts of its parse, and its meaning.

Values in, values out: training and serving read the same answers by these functions, so that what was learned is what
is seen later. An answer is the JSON of `/v1/parse` with `meaning`; its parts may be missing, as they are where the
engine is older or down.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Iterable, Mapping

import numpy as np

Answer = Mapping[str, Any]

#: The property of a message that holds the engine's answer, None where there is none. It is not part of the output.
HEARD = "heard"

#: The vectors that the model is trained on: who made them, and how long they are.
ENCODER, DIMENSION = "minilm-l6-v2-int8", 384

_REFERENCES = ("ordinal", "film", "all", "last")
_WISHES = ("moods", "themes", "visual", "genres", "people", "keywords", "languages", "countries", "awards")
#: The facts of a parse, in the order of the features.
FACTS = (
    "read",
    "refines",
    "compares",
    "number",
    "unknown",
    *(f"points.{kind}" for kind in _REFERENCES),
    "points.several",
    "wants",
    "avoids",
    *(f"wants.{kind}" for kind in _WISHES),
    *(f"avoids.{kind}" for kind in _WISHES),
    "like",
    "unlike",
    "year",
    "runtime",
    "certification",
    "tone.more",
    "tone.less",
    "asks",
    "rest.none",
    "rest.word",
    "rest.few",
    "rest.many",
    "covered.most",
    "covered.all",
    "emoji_only",
)
_PLACE = {name: place for place, name in enumerate(FACTS)}
_WORD = re.compile(r"\w")
#: Words of the rest from which it is more than a phrase.
_MANY_WORDS = 4


def masked(text: str, answer: Answer | None) -> str:
    """The text with a mask in the place of each name, so that a rare title is read like any title."""
    parts, end = [], 0
    for start, stop, mask in masks(text, answer):
        parts += [text[end:start], f" {mask} "]
        end = stop
    return "".join([*parts, text[end:]])


def masks(text: str, answer: Answer | None) -> list[tuple[int, int, str]]:
    """The stretches [start, end) of a text that name something, each with the word to learn from in their place; in
    order, none overlapping. A single lower-case word may be any word ("heat", "farewell") and stays as it is."""
    found = []
    for span in _spans(answer):
        mask = _mask_of(span)
        start, end = span["start"], span["end"]
        words = text[start:end]
        if mask and not (mask == "__title__" and words.islower() and len(words.split()) < 2):
            found.append((start, end, mask))
    for title in (answer or {}).get("unknown") or ():
        start = text.find(title)
        if start >= 0:
            found.append((start, start + len(title), "__title__"))
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def facts(text: str, answer: Answer | None) -> np.ndarray:
    """The facts of a parse as a float32 vector over `FACTS`, all but `emoji_only` zero where there is no parse."""
    told = np.zeros(len(FACTS), dtype=np.float32)
    if not text.isascii() and not _WORD.search(text):
        told[_PLACE["emoji_only"]] = 1.0
    if answer:
        for name in _facts(text, answer):
            told[_PLACE[name]] = 1.0
    return told


def meaning(answer: Answer | None) -> np.ndarray:
    """The vector of the message, float32 of `DIMENSION`; zeros where there is none, or one of another encoder."""
    told = (answer or {}).get("meaning") or {}
    if told.get("encoder") == ENCODER:
        try:
            vector = np.frombuffer(base64.b64decode(told["vector"]), dtype=np.dtype("<f2")).astype(np.float32)
        except (KeyError, TypeError, ValueError, binascii.Error):
            vector = np.zeros(0, dtype=np.float32)
        if vector.shape == (DIMENSION,) and np.isfinite(vector).all():
            return vector
    return np.zeros(DIMENSION, dtype=np.float32)


def _spans(answer: Answer | None) -> Iterable[Mapping[str, Any]]:
    spans = (answer or {}).get("spans") or ()
    return [span for span in spans if isinstance(span, dict) and {"start", "end", "slot"} <= set(span)]


def _mask_of(span: Mapping[str, Any]) -> str | None:
    slot = span["slot"]
    if slot in ("like", "unlike") or (slot == "reference" and span.get("by") == "title"):
        return "__title__"
    if slot.endswith(".people"):
        return "__person__"
    return "__year__" if slot == "year" else None


def _facts(text: str, answer: Answer) -> Iterable[str]:
    frame = answer.get("frame") or {}
    yield "read"
    yield from (name for name in ("refines", "compares", "unknown") if answer.get(name))
    if answer.get("number") is not None:
        yield "number"
    references = answer.get("references") or ()
    yield from {f"points.{one.get('kind')}" for one in references} & set(FACTS)
    if len(references) > 1:
        yield "points.several"
    wanted = set(_wished(frame)) | {name for name in ("like", "unlike") if frame.get(name)}
    for name, field in (("year", "year"), ("runtime", "runtime_min")):
        if any(end is not None for end in frame.get(field) or ()):
            wanted.add(name)
    if frame.get("certification_max"):
        wanted.add("certification")
    for shift in (frame.get("tone") or {}).values():
        wanted.add("tone.more" if shift.get("direction", 1) > 0 else "tone.less")
    yield from wanted & set(FACTS)
    if wanted:
        yield "asks"
    yield _amount(len((frame.get("rest") or "").split()))
    yield from _covered(text, answer)


def _wished(frame: Mapping[str, Any]) -> Iterable[str]:
    for side in ("wants", "avoids"):
        kinds = [kind for kind, words in (frame.get(side) or {}).items() if words]
        if kinds:
            yield side
        yield from (f"{side}.{kind}" for kind in kinds)


def _amount(words: int) -> str:
    if words < 2:
        return "rest.word" if words else "rest.none"
    return "rest.few" if words < _MANY_WORDS else "rest.many"


def _covered(text: str, answer: Answer) -> Iterable[str]:
    share = sum(span["end"] - span["start"] for span in _spans(answer)) / max(1, len(text))
    if share >= 0.5:
        yield "covered.most"
    if share >= 0.9:
        yield "covered.all"
