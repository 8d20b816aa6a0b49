"""Years that hang on who speaks: "when my parents were young", "films of my childhood". Guesses, and marked as such."""

import re
from collections.abc import Iterator
from functools import cache

from nlu.files import lexicon_file
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading

#: Most speakers were born within these years before the current one; "before I was born" counts from their middle.
_BORN_YEARS_AGO = 35
_LEAD = r"(?:\b(?:made |set |out )?(?:from |of |in |back )?(?:the (?:days|time|times|years) )?)?"
_BEFORE_BIRTH = re.compile(rf"{_LEAD}\b(?:from )?before i was (?:even )?born\b")


def lifetime_mentions(reading: Reading, *, this_year: int) -> Iterator[Mention]:
    """The mentions of a stretch of somebody's life, as the years that it most likely was."""
    text = reading.plain
    if not _HINT.search(text):
        return
    for pattern, first, last in _patterns():
        for hit in pattern.finditer(text):
            yield _mention(hit, this_year + first, this_year + last)
    for hit in _BEFORE_BIRTH.finditer(text):
        yield _mention(hit, None, this_year - _BORN_YEARS_AGO - 1)


_HINT = re.compile(r"\b(?:when|my|our|before i)\b")


def _mention(hit: re.Match[str], low: int | None, high: int) -> Mention:
    return Mention(*hit.span(), (Sense(Kind.YEAR, low=low, high=high, guess=True),), "year")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    rows = lexicon_file("eras")
    found = []
    for life in rows["lifetimes"].values():
        first, last = map(int, life["years"])
        who = _any(life["who"])
        if "stage" in life:
            told = rf"{_LEAD}\bwhen (?:{who}) (?:was|were) (?:still )?(?:{_any(life['stage'])})\b"
            own = _any(life["own"])
            found.append((re.compile(rf"{told}|\b(?:from|of|in|back in) (?:my|our) (?:own )?(?:{own})\b"), first, last))
        else:
            told = rf"{_LEAD}\bwhen (?:my |our |the )?(?:{who}) (?:was|were) (?:still )?(?:{_any(rows['young'])})\b"
            days = rf"\b(?:from |of |in )(?:my |our )(?:{who})['’]?s?['’]? (?:{_any(rows['days'])})\b"
            found.append((re.compile(rf"{told}|{days}"), first, last))
    return tuple(found)


def _any(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
