"""Why a message was understood as it was: where each word is listed, and what every operator bears on.

What an operator bears on is found by leaving it out: a span that then says something else, or nothing, was its doing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlu.files import lexicon_file
from nlu.frame import Parse, Span
from nlu.lexicon import lexicon
from nlu.operators import operators
from nlu.phrases import Folds, folds
from nlu.words import READ_MAX_CHARS, read
from persona_configs.vocabulary import axes, genres, moods, themes

#: Operators that are left out in turn; a long message has more, and nobody reads them all.
OPERATORS_MAX = 24
#: The lexicon files in which a span's words are looked for, in this order.
_FILES = ("sayings", "audiences", "tone", "visual", "awards", "eras", "places", "requests", "emoji")


@dataclass(frozen=True, slots=True)
class Doing:
    """Characters [start, end) of a message that bear on others: their roles, and the spans that are as they are by
    them. `bears_on` is empty where they only link or fill."""

    start: int
    end: int
    roles: tuple[str, ...]
    bears_on: tuple[Span, ...]


def doings(parse: Parse, read_again: Callable[[str], Parse]) -> tuple[Doing, ...]:
    """The operators of a message in its order; `read_again` is the parser that made `parse`."""
    reading = read(parse.text, known=lexicon().known)
    covered = [False] * len(reading.words)
    for span in parse.spans:
        first, last = reading.words_in(span.start, span.end)
        covered[first:last] = [True] * (last - first)
    found = list(operators(reading.words, covered).values())[:OPERATORS_MAX]
    return tuple(_doing(parse, read_again, *reading.chars_of(one.first, one.last), one.roles) for one in found)


def _doing(parse: Parse, read_again: Callable[[str], Parse], start: int, end: int, roles: frozenset[str]) -> Doing:
    without = read_again(parse.text[:start] + " " * (end - start) + parse.text[end:])
    left = {(span.start, span.end, span.slot, span.value) for span in without.spans}
    changed = (span for span in parse.spans if (span.start, span.end, span.slot, span.value) not in left)
    return Doing(start, end, tuple(sorted(str(role) for role in roles)), tuple(changed))


def listed_in(parse: Parse, span: Span) -> str:
    """Where the words of a span stand: "lexicons/sayings.yaml", "vocabulary/moods.yaml"; for what no list holds, who
    found it ("title", "people", "likeness": a misspelt name, "ner": the trained component)."""
    if span.by == "audience":
        return "lexicons/audiences.yaml"
    if span.by not in {"lexicon", "emoji", "era"}:
        return span.by
    key = folds(parse.text[:READ_MAX_CHARS][span.start : span.end])
    return next((name for name, listed in _lists() if key in listed), _by_slot(span))


def _by_slot(span: Span) -> str:
    """The list that a word belongs to by what it became, where it stands in another form ("cosier")."""
    slots = {"moods": "vocabulary/moods.yaml", "themes": "vocabulary/themes.yaml", "genres": "vocabulary/genres.yaml"}
    kind, _, name = span.slot.partition(".")
    return "vocabulary/axes.yaml" if kind == "tone" else slots.get(name, span.by)


@cache
def _lists() -> tuple[tuple[str, frozenset[Folds]], ...]:
    vocabularies = (("moods", moods()), ("themes", themes()), ("genres", genres()))
    lists = [
        (f"vocabulary/{name}.yaml", frozenset(folds(phrase) for term in terms.values() for phrase in term.spoken))
        for name, terms in vocabularies
    ]
    words = frozenset(folds(phrase) for axis in axes().values() for phrase in (*axis.more, *axis.less))
    lists.append(("vocabulary/axes.yaml", words))
    present = {file.name for file in files("nlu").joinpath("lexicons").iterdir()}
    for name in _FILES:
        if f"{name}.yaml" in present:
            lists.append((f"lexicons/{name}.yaml", frozenset(_phrases(lexicon_file(name)))))
    return tuple(lists)


def _phrases(part: object) -> Iterator[Folds]:
    if isinstance(part, Mapping):
        for key, below in part.items():
            yield folds(str(key))
            yield from _phrases(below)
    elif isinstance(part, list):
        for below in part:
            yield from _phrases(below)
    elif isinstance(part, str):
        yield folds(part)
        yield from (folds(word) for word in part.split())
