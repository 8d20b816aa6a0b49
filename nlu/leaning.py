"""Whether a message stands by itself, or only makes sense against what was asked before."""

from functools import cache

from nlu.files import lexicon_file
from nlu.frame import Frame, Wishes
from nlu.phrases import Phrases
from nlu.words import Reading, Word

NOTHING = Wishes()


def refines(reading: Reading, frame: Frame, *, moved: bool) -> bool:
    """Whether the wording changes a standing frame: "brighter", "not animated", "under two hours", "funny ones".

    `moved` says that a comparative was used. A request that brings its own subject stands by itself.
    """
    words = [word for word in reading.words if not word.mark]
    asks, heads, opens = _says(words, "asking"), _says(words, "heads"), _opens(words)
    if _says(words, "leaning") and not frame.like and frame != Frame(rest=frame.rest):
        return True
    if frame == Frame(rest=frame.rest):
        return False
    if frame.like:
        return opens and not moved and not asks and words[0].fold not in {"more", "something"}
    if moved:
        return opens or not _brings(frame)
    if opens and not (asks or heads):
        return True
    if not _brings(frame) and frame.avoids != NOTHING:
        return not asks
    return not (asks or heads) and not _brings(frame)


def _brings(frame: Frame) -> bool:
    """Whether there is a subject: anything wanted but a range, a rating, a movement."""
    return frame.wants != NOTHING or bool(frame.rest)


def _says(words: list[Word], part: str) -> bool:
    return next(_table(part).find(words), None) is not None


def _opens(words: list[Word]) -> bool:
    return bool(words) and _table("openers").at(words, 0) is not None


@cache
def _table(part: str) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in lexicon_file("operators")[part])
