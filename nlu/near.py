"""What stands beside a stretch of words: cues before and after it, quotes around it, capitals in it."""

from dataclasses import dataclass
from functools import cache

from nlu.files import lexicon_file
from nlu.phrases import Phrases
from nlu.words import Reading, Word

_OPENING, _CLOSING = frozenset("\"“„«‘'‹"), frozenset("\"”“»’'›")
_SENTENCE_ENDS = frozenset(".!?:;\n")
_ARTICLES = frozenset({"the", "a", "an"})
#: The longest cue in words.
_CUE_WORDS = 4


@cache
def cues(part: str) -> Phrases[str]:
    """The cue phrases under one heading of `lexicons/cues.yaml`."""
    return Phrases((phrase, phrase) for phrase in lexicon_file("cues")[part])


def cue_before(reading: Reading, first: int, part: str) -> str | None:
    """The longest cue of this heading that ends just before word `first`, an article between them aside."""
    ends = (first, first - 1) if first and reading.words[first - 1].fold in _ARTICLES else (first,)
    for end in ends:
        for count in range(min(_CUE_WORDS, end), 0, -1):
            run = reading.words[end - count : end]
            if not any(word.mark for word in run) and (found := cues(part).of(tuple(word.fold for word in run))):
                return found[0]
    return None


def cue_after(reading: Reading, last: int, part: str) -> str | None:
    """The cue of this heading that starts at word `last`."""
    hit = cues(part).at(reading.words, last) if last < len(reading.words) else None
    return hit.payload[0] if hit else None


@dataclass(frozen=True, slots=True)
class Place:
    """How words [first, last) stand in their message."""

    quoted: bool
    capitals: bool  # every word that matters is capitalised, in a text whose capitals say something
    opens: bool  # at the start of a sentence, where a capital says nothing
    alone: bool  # nothing else is said


def place_of(reading: Reading, first: int, last: int, *, small: frozenset[str]) -> Place:
    """How the stretch stands; `small` are the words that titles do not capitalise."""
    words = reading.words
    start, end = reading.chars_of(first, last)
    quoted = reading.text[start - 1 : start] in _OPENING and reading.text[end : end + 1] in _CLOSING
    inner = [word for word in words[first:last] if not word.mark]
    capitals = reading.cased and inner[0].capital and all(w.capital or w.fold in small for w in inner)
    before, after = _bare(words[:first]), _bare(words[last:])
    return Place(
        quoted=quoted and start > 0,
        capitals=capitals,
        opens=first == 0 or (words[first - 1].mark and words[first - 1].fold in _SENTENCE_ENDS) or not before,
        alone=not before and not after,
    )


def _bare(words: tuple[Word, ...]) -> list[Word]:
    return [word for word in words if not word.mark]
