"""All words the parser knows, as tables: the closed vocabularies and the lexicons beside this module."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from nlu.faces import flags, rows
from nlu.files import lexicon_file
from nlu.phrases import Phrases, folds
from nlu.places import place_entries
from nlu.sense import Kind, LexiconError, Sense, sense_of
from nlu.words import fold
from persona_configs.vocabulary import axes, film_kinds, genres, moods, themes

Entry = tuple[str, Sense]
Direction = Literal[-1, 1]
_DOUBLED = ("sad", "grim", "odd", "big", "dim", "hot", "wet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`terms` carry senses anywhere, `someone` only where someone watches ("for my kid"). The rest are plain words.

    `common` are words that are titles only where the sentence says so, `pronouns` only with a capital or in quotes;
    `smalltalk` is never searched for. `known` is every word of every table, `slips` common misspellings.
    """

    terms: Phrases[Sense]
    someone: Phrases[Sense]
    smalltalk: Phrases[str]
    smallwords: frozenset[str]
    common: frozenset[str]
    pronouns: frozenset[str]
    known: frozenset[str]
    correctable: tuple[str, ...]
    slips: Mapping[str, str]
    silent: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once. Raises `LexiconError` with every fault of the files."""
    faults: list[str] = []
    terms = Phrases(_collected(faults))
    someone = Phrases(
        (phrase, _sense(written, faults))
        for phrase, senses in lexicon_file("audiences")["with_someone"].items()
        for written in senses
    )
    if faults:
        raise LexiconError("\n".join(faults))
    plain = lexicon_file("plain")
    smalltalk = Phrases((phrase, phrase) for phrase in (*plain["smalltalk"], *plain["pronouns"]))
    operators = frozenset(_all_words(lexicon_file("operators"))) | frozenset(_all_words(lexicon_file("cues")))
    small = frozenset(plain["small"]) | operators
    refusing = frozenset(_all_words(lexicon_file("refusals")))
    common = frozenset(_all_words(plain["common"])) | small | frozenset(lexicon_file("numbers"))
    return Lexicon(
        terms=terms,
        someone=someone,
        smalltalk=smalltalk,
        smallwords=small,
        common=common,
        pronouns=frozenset(_all_words(plain["pronouns"])),
        known=terms.vocabulary | someone.vocabulary | smalltalk.vocabulary | common | refusing,
        correctable=tuple(sorted(_correctable())),
        slips=MappingProxyType(dict(plain["slips"])),
        silent=frozenset(fold(face) for part in ("silent", "refuse") for face in lexicon_file("emoji")[part].split()),
    )


def _collected(faults: list[str]) -> Iterator[Entry]:
    """Every phrase with a sense, comparatives ("cosier", "more" is no part of it) included."""
    for kind, vocabulary in ((Kind.MOOD, moods()), (Kind.THEME, themes()), (Kind.GENRE, genres())):
        for term in vocabulary.values():
            yield from _with_comparatives((phrase, Sense(kind, term.name)) for phrase in term.spoken)
    yield from _kinds_of_film()
    for axis in axes().values():
        yield from _axis(axis.name, axis.more, 1)
        yield from _axis(axis.name, axis.less, -1)
    tone = lexicon_file("tone")
    for name, words in tone["weighed"].items():
        yield from ((word, Sense(Kind.TONE, name, weighed=True)) for word in words)
    for name, sides in tone["plain"].items():
        yield from _axis(name, tuple(sides["more"]), 1)
        yield from _axis(name, tuple(sides["less"]), -1)
    for look, words in lexicon_file("visual").items():
        yield from _with_comparatives((word, _sense(f"visual:{look}", faults)) for word in words)
    # It may speak of the tone or of the look, and no word beside it says which: it means both.
    yield "darker", Sense(Kind.VISUAL, "dark", compares=True)
    for award, words in lexicon_file("awards").items():
        yield from ((word, Sense(Kind.AWARD, award)) for word in words)
    for phrase, senses in lexicon_file("audiences")["alone"].items():
        yield from ((phrase, _sense(written, faults)) for written in senses)
    for phrase, senses in lexicon_file("sayings")["senses"].items():
        yield from ((phrase, _sense(written, faults)) for written in senses)
    yield from _requests(faults)
    yield from _drawn(faults)
    yield from place_entries()


def _drawn(faults: list[str]) -> Iterator[Entry]:
    """Emoji, rows of them that mean more than their parts, and flags."""
    for written, faces in lexicon_file("emoji")["senses"].items():
        yield from ((face, _sense(written, faults)) for face in faces.split())
    for row, together, _words in rows():
        yield from ((row, _sense(written, faults)) for written in together)
    yield from ((face, Sense(Kind.COUNTRY, code)) for face, code in flags())


def _kinds_of_film() -> Iterator[Entry]:
    for kind in film_kinds().values():
        senses = (
            Sense(Kind.KEYWORD, kind.name, joined=True),
            *(Sense(Kind.GENRE, name, joined=True) for name in kind.genres),
            *(Sense(Kind.THEME, name, joined=True) for name in kind.themes),
        )
        yield from ((phrase, sense) for phrase in kind.spoken for sense in senses)


def _requests(faults: list[str]) -> Iterator[Entry]:
    for part in ("sorts", "drops", "unheld"):
        for written, phrases in lexicon_file("requests")[part].items():
            yield from ((phrase, _sense(written, faults)) for phrase in phrases)


def _axis(name: str, words: tuple[str, ...], direction: Direction) -> Iterator[Entry]:
    senses = ((word, Sense(Kind.TONE, name, direction, compares=word in _ER)) for word in words)
    yield from _with_comparatives(senses)


#: Words of the axes' lists that are comparatives already.
_ER = frozenset(["scarier", "bloodier", "funnier", "sadder", "bleaker", "tamer", "happier", "calmer", "slower"])


def _with_comparatives(entries: Iterator[Entry]) -> Iterator[Entry]:
    for phrase, sense in entries:
        yield phrase, sense
        if sense.kind in {Kind.MOOD, Kind.TONE, Kind.VISUAL} and phrase not in _ER:
            first, _, rest = phrase.partition(" ") if sense.kind is Kind.VISUAL else (phrase, "", "")
            for form in comparatives(first):
                yield f"{form} {rest}".strip(), Sense(sense.kind, sense.value, sense.direction, compares=True)


def comparatives(word: str) -> tuple[str, ...]:
    """The comparative of a short English adjective, () where it takes "more": "sad" → "sadder", "cosy" → "cosier"."""
    if not word.isalpha() or len(word) > 8 or word.endswith(("ful", "ing", "ed", "ous", "ive", "al", "ic", "er", "sh")):
        return ()
    if word.endswith("y"):
        return (f"{word[:-1]}ier",)
    if word in _DOUBLED:
        return (f"{word}{word[-1]}er",)
    if len(word) > 6:
        return ()
    return (f"{word}r",) if word.endswith("e") else (f"{word}er",)


def _sense(written: str, faults: list[str]) -> Sense:
    try:
        return sense_of(written)
    except LexiconError as error:
        faults.append(str(error))
        return Sense(Kind.KEYWORD)


def _all_words(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, below in part.items():
            yield from folds(str(key))
            yield from _all_words(below)
    elif isinstance(part, list):
        for below in part:
            yield from _all_words(below)
    elif isinstance(part, str):
        yield from folds(part)


def _correctable() -> Iterator[str]:
    """Single words long and plain enough that one wrong letter still says which word was meant."""
    for vocabulary in (moods(), genres()):
        for term in vocabulary.values():
            for phrase in term.spoken:
                if phrase.isalpha() and len(phrase) >= 6:
                    yield fold(phrase)
    yield from ("animated", "animation", "romantic", "colourful", "christmas", "superhero", "violent", "superheroes")
