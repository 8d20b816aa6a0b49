"""Requests made from templates and fillers, so that the component learns where names stand and not which ones."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from nlu.training.fillers import Fillers
from nlu.training.marked import Example, unmarked
from nlu.training.spelling import surname, typed

LABELS = frozenset({"TITLE", "PERSON", "KEYWORD"})
_SLOT = re.compile(r"\{(\w+)\}")
#: How often a person is called by the surname alone.
_SURNAMES = 0.3
#: How often two requests are said in one breath, as people do who tell how they come to ask.
_TOGETHER = 0.15


class TemplateError(ValueError):
    """A template has a slot that nothing fills; the message names both."""


def generated(fillers: Fillers, templates: Sequence[str], random: Random, *, count: int) -> Iterator[Example]:
    """`count` requests in mixed casing, without end marks for the most part, as people type: every template in turn,
    so that each is filled equally often. Raises `TemplateError`."""
    if fault := next((f"{t!r}: nothing fills {s!r}" for t in templates for s in unfilled(t, fillers)), None):
        raise TemplateError(fault)
    for at in range(count):
        made = _filled(templates[at % len(templates)], fillers, random)
        if random.random() < _TOGETHER:
            pair = [made, _filled(random.choice(templates), fillers, random)]
            random.shuffle(pair)
            made = joined(*pair, between=random.choice((". ", ", ", "! ", " and ", " - ", "? ", ", but ", " so ")))
        yield recased(made, random)


def joined(one: Example, other: Example, *, between: str) -> Example:
    """Both requests as one message."""
    ahead = len(one.text) + len(between)
    moved = ((start + ahead, end + ahead, label) for start, end, label in other.spans)
    return Example(one.text + between + other.text, (*one.spans, *moved))


def unfilled(template: str, fillers: Fillers) -> list[str]:
    """The slots of a template that nothing fills."""
    marked = {"title", "person", "plot", "happens"}
    return [slot for slot in _SLOT.findall(template) if slot not in marked and slot not in fillers.words]


def recased(example: Example, random: Random) -> Example:
    """The example as another person would type it: in lower case, with a capital, in capitals, with a mark."""
    cast = random.random()
    text = example.text
    if cast < 0.5:
        text = _same_length(text, text.lower())
    elif cast < 0.65:
        text = text[:1].upper() + text[1:]
    elif cast < 0.7:
        text = _same_length(text, text.upper())
    elif cast < 0.73:
        text = _same_length(text, text.title())
    if random.random() < 0.25:
        text += random.choice((".", "!", "?", " please", " :)", "!!", " pls", " thanks"))
    return Example(text, example.spans)


def _same_length(text: str, cast: str) -> str:
    return cast if len(cast) == len(text) else text


def _filled(template: str, fillers: Fillers, random: Random) -> Example:
    def fill(slot: re.Match[str]) -> str:
        match slot.group(1):
            case "title":
                return f"[{typed(random.choice(fillers.titles), random)}](TITLE)"
            case "person":
                name = random.choice(fillers.people)
                return f"[{typed(surname(name) if random.random() < _SURNAMES else name, random)}](PERSON)"
            case "plot":
                return f"[{fillers.plots.one(random)}](KEYWORD)"
            case "happens":
                return f"[{random.choice(fillers.plots.happens)}](KEYWORD)"
            case name:
                return str(random.choice(fillers.words[name]))

    return unmarked(_SLOT.sub(fill, template), labels=LABELS)
