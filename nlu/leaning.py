"""Whether a message stands by itself, or only makes sense against what was asked before."""

from functools import cache

from nlu.files import lexicon_file
from nlu.frame import Frame, Wishes
from nlu.phrases import Phrases
from nlu.words import Reading, Word

NOTHING = Wishes()
#: Words within which a message says that it asks for something ("I want …").
_OPENING_WORDS = 2


def refines(reading: Reading, frame: Frame, *, moved: bool, brought: bool) -> bool:
    """Whether the wording changes a standing frame: "brighter", "not animated", "under two hours", "funny ones".

    `moved` says that a comparative was used, `brought` that something was wanted in its own right: such a request
    stands by itself.
    """
    words = [word for word in reading.words if not word.mark]
    asks, heads, opens = _says(words, "asking"), _says(words, "heads"), _opens(words)
    if frame == Frame(rest=frame.rest):
        return False
    if frame.drops:
        return True
    if frame.like:
        return opens and not moved and not asks and words[0].fold != "more"
    if _says(words, "leaning") or (moved and (opens or not brought)):
        return True
    if _says(words[:1], "leads") or (opens and not (asks or heads)):
        return True
    refuses = not (brought or frame.rest) and frame.avoids != NOTHING
    return (
        opens or not _says(words[:_OPENING_WORDS], "asking")
        if refuses
        else not (asks or heads or brought or frame.rest)
    )


def _says(words: list[Word], part: str) -> bool:
    return next(_table(part).find(words), None) is not None


def _opens(words: list[Word]) -> bool:
    return bool(words) and _table("openers").at(words, 0) is not None


@cache
def _table(part: str) -> Phrases[str]:
    return Phrases((phrase, phrase) for phrase in lexicon_file("operators")[part])
