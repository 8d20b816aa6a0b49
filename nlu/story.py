"""Long messages tell a story around the wish; its words are no wishes."""

from collections.abc import Iterable, Iterator
from functools import cache

from nlu.files import lexicon_file
from nlu.phrases import Phrases
from nlu.sense import Kind, Mention
from nlu.words import Reading, Word

#: Shorter messages are all wish.
LONG_WORDS = 30
#: A clause tells of somebody when one of its first words is a subject.
_OPENING_WORDS = 3
_ENDS = frozenset(",.;:!?–—…")
_LINKS = frozenset({"and", "but", "so", "because", "then"})


def without_story(reading: Reading, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that belong to what a message asks for. Of a long one, clauses that tell of people ("she had a rough
    year") count only where they ask or refuse as well; a clause without a subject goes with the one before it.
    Films and people are named for a reason and stay."""
    told = frozenset(at for first, last in _told(reading) for at in range(first, last))
    return tuple(
        mention
        for mention in mentions
        if mention.has(Kind.FILM, Kind.PERSON) or reading.words_in(mention.start, mention.end)[0] not in told
    )


def preamble(reading: Reading) -> frozenset[int]:
    """The words of a long message that tell a story before it comes to its wish; none where it never does. What is
    told after the wish may well be the plot of the film that is meant."""
    told = list(_told(reading))
    wish = max((last for _first, last in told), default=0)
    comes_to_a_wish = wish < len(reading.words) and _holds(reading.words[wish:], "asking")
    return frozenset(at for first, last in told for at in range(first, last)) if comes_to_a_wish else frozenset()


def _told(reading: Reading) -> Iterator[tuple[int, int]]:
    """The clauses [first, last) of a long message that only tell."""
    words = reading.words
    if sum(not word.mark for word in words) < LONG_WORDS:
        return
    tells = False
    for first, last in _clauses(words):
        clause = words[first:last]
        if _holds(clause, "asking") or _holds(clause, "heads") or _holds(clause, "negators"):
            tells = False
        elif _holds(clause[:_OPENING_WORDS], "subjects"):
            tells = True
        if tells:
            yield first, last


def _clauses(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    first = 0
    for at, word in enumerate(words):
        if word.fold in _LINKS or (word.mark and word.fold in _ENDS):
            if at > first:
                yield first, at
            first = at + 1
    if first < len(words):
        yield first, len(words)


def _holds(words: tuple[Word, ...], part: str) -> bool:
    return next(_table(part).find(words), None) is not None


@cache
def _table(part: str) -> Phrases[str]:
    if part == "negators":
        phrases = [*lexicon_file("operators")[part]["noun"], *lexicon_file("refusals")["verbs"]]
    else:
        phrases = lexicon_file("operators")[part]
    return Phrases((phrase, phrase) for phrase in phrases)
