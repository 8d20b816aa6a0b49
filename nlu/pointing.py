"""What a message points at, and how many films it wants."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlu.files import lexicon_file
from nlu.frame import Reference
from nlu.near import cues
from nlu.numbers import number
from nlu.sense import Kind, Mention
from nlu.words import Reading, Word

#: Most films that a message can ask for at once; larger numbers are something else.
NUMBER_MAX = 20
_NUMBERED = frozenset({"number", "no", "nr", "option", "pick", "film", "movie", "choice", "#"})


@dataclass(frozen=True, slots=True)
class Pointed:
    """A reference and the words [first, last) that make it."""

    first: int
    last: int
    reference: Reference


def pointed(reading: Reading, mentions: tuple[Mention, ...]) -> tuple[Pointed, ...]:
    """What the message points at, in its order: films by name, "the second one", "that one", "both"."""
    names = {reading.words_in(m.start, m.end): m for m in mentions if m.has(Kind.FILM)}
    taken = frozenset(at for m in mentions for at in range(*reading.words_in(m.start, m.end)))
    films = [Pointed(first, last, _film(mention)) for (first, last), mention in names.items()]
    ordinals = [found for found in _ordinals(reading, taken) if not any(found.last == first for first, _ in names)]
    all_of = [found for found in _phrase(reading, taken, "all_of", Reference("all")) if _means_all(reading, found)]
    spoken = frozenset(at for found in (*ordinals, *all_of) for at in range(found.first, found.last))
    those = [
        found for found in _phrase(reading, taken | spoken, "that_one", Reference("last")) if _stands(reading, found)
    ]
    used = spoken | frozenset(at for found in those for at in range(found.first, found.last))
    # "The first one was great, I loved it": what is named or counted in the message is what "it" means.
    its = [] if those or films or ordinals else list(_it(reading, taken | used))
    found = sorted((*films, *ordinals, *all_of, *those, *its), key=lambda one: one.first)
    unique = {one.reference: one for one in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda one: one.first))


def wanted(reading: Reading, mentions: tuple[Mention, ...]) -> tuple[int, int, int] | None:
    """(how many films are wanted, and the words [first, last) that say so): "five films", "top 10", "give me two"."""
    taken = frozenset(
        at for m in mentions if not m.has(Kind.GENRE, Kind.MOOD) for at in range(*reading.words_in(m.start, m.end))
    )
    words = reading.words
    for at, word in enumerate(words):
        count = None if at in taken or word.mark or word.fold in {"a", "an"} else number(word.fold)
        if count is None or not 1 <= count <= NUMBER_MAX or count != int(count):
            continue
        behind = words[at + 1].fold if at + 1 < len(words) else ""
        before = words[at - 1].fold if at else ""
        if before in {"the", "that", "this", "number", "no", "another", "only", "#", "which"} and count == 1:
            continue
        counted = behind in _counted() or _genre_next(reading, mentions, at + 1)
        asked = _asked(words, at) and (
            at + 1 == len(words) or words[at + 1].mark or behind in {"please", "pls", "for", "of", "with"}
        )
        if counted or asked:
            return int(count), at, at + 1
    return None


def _film(mention: Mention) -> Reference:
    return Reference("film", movie_id=next(sense.value for sense in mention.senses if sense.kind is Kind.FILM))


def _ordinals(reading: Reading, taken: frozenset[int]) -> Iterator[Pointed]:
    rows = lexicon_file("cues")
    places, nouns = rows["ordinals"], frozenset(rows["pick_nouns"])
    words = reading.words
    for at, word in enumerate(words):
        if at in taken or (word.mark and word.fold != "#"):
            continue
        behind = words[at + 1] if at + 1 < len(words) else None
        if word.fold in places:
            links = behind is not None and behind.fold in {"and", "or", "but", "please", "too"}
            if (
                behind is None
                or behind.mark
                or behind.fold in nouns
                or (links and (not at or words[at - 1].fold in {"the", "and"}))
            ):
                yield Pointed(
                    at, at + (2 if behind and behind.fold in nouns else 1), Reference("ordinal", places[word.fold])
                )
        elif word.fold in _NUMBERED and behind and not behind.mark and at + 1 not in taken:
            count = number(behind.fold) if behind.fold not in {"a", "an"} else None
            end = (
                at + 2 == len(words)
                or words[at + 2].mark
                or words[at + 2].fold in {"and", "please", "is", "looks", "sounds"}
            )
            if count and 1 <= count <= NUMBER_MAX and end:
                yield Pointed(at, at + 2, Reference("ordinal", int(count) - 1))


def _phrase(reading: Reading, taken: frozenset[int], part: str, reference: Reference) -> Iterator[Pointed]:
    for hit in cues(part).cover(reading.words):
        if not taken & set(range(hit.first, hit.last)):
            yield Pointed(hit.first, hit.last, reference)


def _means_all(reading: Reading, found: Pointed) -> bool:
    """Whether "them", "those" or "both" points at the films: "those" before a noun only describes."""
    if found.last - found.first > 1 or reading.words[found.first].fold in {"them", "both"}:
        return not (
            found.last - found.first == 1
            and reading.words[found.first].fold == "both"
            and _before_adjective(reading, found)
        )
    return found.last == len(reading.words) or reading.words[found.last].mark


def _before_adjective(reading: Reading, found: Pointed) -> bool:
    return found.last < len(reading.words) - 1 and not reading.words[found.last].mark


def _stands(reading: Reading, found: Pointed) -> bool:
    """Whether "that" stands for a film by itself; "not that scary" does not point."""
    if found.last - found.first > 1:
        return found.first == 0 or reading.words[found.first - 1].fold not in {"want", "a"}
    return (found.last == len(reading.words) or reading.words[found.last].mark) and (
        found.first == 0 or reading.words[found.first - 1].fold in _it_cues()
    )


def _it(reading: Reading, taken: frozenset[int]) -> Iterator[Pointed]:
    words = reading.words
    for at, word in enumerate(words):
        last = (
            at + 1 == len(words)
            or words[at + 1].mark
            or words[at + 1].fold
            in {"already", "please", "but", "and", "too", "for", "yet", "so", "before", "about", "to", "on"}
        )
        asks_of = at > 0 and words[at - 1].fold in {"is", "was", "does"}
        if (
            at not in taken
            and word.fold in _it_words()
            and at
            and words[at - 1].fold in _it_cues()
            and (last or asks_of)
        ):
            yield Pointed(at, at + 1, Reference("last"))
            return


@cache
def _it_words() -> frozenset[str]:
    return frozenset(lexicon_file("cues")["it_words"])


@cache
def _it_cues() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in lexicon_file("cues")["it_after"])


@cache
def _counted() -> frozenset[str]:
    return frozenset(lexicon_file("cues")["counted_nouns"])


def _genre_next(reading: Reading, mentions: tuple[Mention, ...], at: int) -> bool:
    return any(m.has(Kind.GENRE) and reading.words_in(m.start, m.end)[0] == at for m in mentions)


def _asked(words: tuple[Word, ...], at: int) -> bool:
    return any(
        tuple(word.fold for word in words[max(0, at - count) : at]) in cues("count_verbs")
        for count in (1, 2, 3)
        if count <= at
    )
