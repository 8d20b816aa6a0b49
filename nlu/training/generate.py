"""Requests made from templates and names, so that the component learns where names stand and not which ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from nlu.training.marked import Example, unmarked
from persona_configs.vocabulary import genres, moods, themes

LABELS = frozenset({"TITLE", "PERSON", "KEYWORD"})
#: Requests made from templates in one training set.
GENERATED = 1800


@dataclass(frozen=True, slots=True)
class Names:
    """What templates are filled with."""

    titles: Sequence[str]
    people: Sequence[str]
    keywords: Sequence[str]


def generated(names: Names, templates: Sequence[str], random: Random, *, count: int = GENERATED) -> Iterator[Example]:
    """`count` requests in mixed casing, without end marks for the most part, as people type."""
    fillers = {
        "m": [word for term in moods().values() for word in term.spoken[:4]],
        "g": [name.lower() for name in genres()],
        "h": list(themes()),
    }
    for _ in range(count):
        yield recased(_filled(random.choice(templates), names, fillers, random), random)


def recased(example: Example, random: Random) -> Example:
    """The example as another person would type it: in lower case, with a capital, in capitals, with a mark."""
    cast = random.random()
    text = example.text
    if cast < 0.45:
        text = _same_length(text, text.lower())
    elif cast < 0.6:
        text = text[:1].upper() + text[1:]
    elif cast < 0.65:
        text = _same_length(text, text.upper())
    if random.random() < 0.25:
        text += random.choice((".", "!", "?", " please", " :)"))
    return Example(text, example.spans)


def _same_length(text: str, cast: str) -> str:
    return cast if len(cast) == len(text) else text


def _filled(template: str, names: Names, fillers: dict[str, list[str]], random: Random) -> Example:
    text = template
    slots = (
        ("T", "TITLE", names.titles),
        ("P", "PERSON", names.people),
        ("K", "KEYWORD", names.keywords),
    )
    for slot, label, pool in slots:
        while f"{{{slot}}}" in text:
            name = random.choice(pool)
            if slot == "P" and random.random() < 0.3:
                name = name.split()[-1]
            text = text.replace(f"{{{slot}}}", f"[{name}]({label})", 1)
    for slot, words in fillers.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", random.choice(words), 1)
    return unmarked(text, labels=LABELS)
