"""How many films a message wants, where it says so without counting: "just one", "a couple of", "double feature"."""

from functools import cache

from nlu.files import lexicon_file
from nlu.phrases import Phrases
from nlu.words import Reading


def counted(reading: Reading) -> tuple[int, int, int] | None:
    """(how many films are wanted, and the words [first, last) that say so), None where no such phrase stands there."""
    hit = next(_phrases().cover(reading.words), None)
    if hit is not None:
        return hit.payload[0], hit.first, hit.last
    words = [word for word in reading.words if not word.mark]
    alone = [word.fold for word in words if word.fold not in _POLITE]
    if len(alone) == 1 and (count := _alone().get(alone[0])):
        at = next(place for place, word in enumerate(reading.words) if word.fold == alone[0])
        return count, at, at + 1
    return None


_POLITE = frozenset({"please", "pls", "thanks", "just", "only", "films", "then"})


@cache
def _phrases() -> Phrases[int]:
    rows = lexicon_file("requests")["counts"]
    return Phrases((phrase, int(count)) for count, phrases in rows["phrases"].items() for phrase in phrases)


@cache
def _alone() -> dict[str, int]:
    return {str(word): int(count) for word, count in lexicon_file("requests")["counts"]["alone"].items()}
