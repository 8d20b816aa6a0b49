"""Years, decades and eras in a message."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from nlu.files import lexicon_file
from nlu.lifetimes import lifetime_mentions
from nlu.numbers import NUMBER, number
from nlu.phrases import Phrases
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading

#: The first film ever shown to a public, and how far ahead an announced film may lie.
FIRST_YEAR, AHEAD_YEARS = 1888, 3

_DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "noughties": 0, "aughts": 0, "tens": 10, "twenty tens": 10,
}  # fmt: skip
_DECADE = (
    r"(?:(?:the )?(?:'|’)?(?P<decade{n}>(?:1[89]|20)\d0|[0-9]0)(?:'|’)?s|(?:the )?(?P<word{n}>"
    + "|".join(_DECADE_WORDS)
    + r"))\b"
)
_YEAR = r"(?P<year{n}>(?:18[89]|19\d|20\d)\d)"
_POINT = rf"(?:(?P<part{{n}}>early|mid|middle|late)(?:[ -]|-to-late )?(?:the )?)?(?:{_DECADE}|{_YEAR}\b)"
_POINT_1, _POINT_2 = (_POINT.replace("{n}", which) for which in "12")
_OPEN_END = r"(?: and (?:later|after|newer|up|onwards?|beyond)| or (?:later|newer|after)| onwards?| on\b|\+)"
_OPEN_START = r"(?: and (?:earlier|before|older)| or (?:earlier|older|before))"
_SPAN = re.compile(rf"(?:\b(?:from|between|in) )?\b{_POINT_1} ?(?P<join>-|–|to|and|or|through|until|till) ?{_POINT_2}")
_BEFORE = re.compile(
    rf"\b(?:before|pre|prior to|earlier than|older than|up to|until|till|no later than|not later than"
    rf"|made before|by)[ -](?:the )?{_POINT_1}"
)
_AFTER = re.compile(
    rf"\b(?:after|post|since|later than|newer than|more recent than|from|starting"
    rf"|past)[ -](?:the )?{_POINT_1}(?P<on>{_OPEN_END})?"
)
_AT = re.compile(
    rf"\b(?:(?:in|of|around|circa|ca\.?) )?(?:the )?{_POINT_1}(?:(?P<on>{_OPEN_END})|(?P<back>{_OPEN_START}))?"
)
_SHORT = re.compile(r"(?<![\w'’])['’](?P<two>\d\d)\b(?!['’]?s)")
_AGO = re.compile(rf"\b(?P<about>(?:about|around|some|roughly) )?(?P<count>{NUMBER}) (?P<unit>years?|decades?) ago\b")
_AGE = re.compile(
    rf"\b(?P<side>older than|over|more than|at least|newer than|less than|younger than|no older than|not older than"
    rf"|nothing older than|no more than|not more than|under) (?P<count>{NUMBER}) (?P<unit>years?|decades?)"
    rf"(?: old| ago)?\b(?! of age)(?! (?:kid|child|boy|girl))"
)
_LAST = re.compile(
    rf"\b(?:in |from |of )?(?:the )?(?:last|past|previous) (?P<count>{NUMBER}|few"
    rf"|couple of) (?P<unit>years?|decades?)\b"
)
_THIS_DECADE = re.compile(r"\b(?P<which>this|the past|past|the last|last|current|previous) decade\b")
#: Whole years on each side of a year that is only given roughly.
_AROUND_YEARS = 2
#: "Five years ago" is that year; more years are told roughly.
_EXACT_YEARS = 5
_OLDER = frozenset({"older than", "over", "more than", "at least"})
_PARTS = {None: (0, 9), "early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (6, 9)}


def year_mentions(reading: Reading, *, this_year: int) -> Iterator[Mention]:
    """The mentions of years: "90s", "before 1970", "2010-2015", "recent", "older". Mentions may overlap."""
    text = reading.plain
    if any(char.isdigit() for char in text) or _has_words(text):
        for pattern, ends in _READERS:
            for hit in pattern.finditer(text):
                if found := ends(hit, this_year):
                    yield Mention(*hit.span(), (Sense(Kind.YEAR, low=found[0], high=found[1]),), "year")
    yield from lifetime_mentions(reading, this_year=this_year)
    for eras, compares in ((_eras("named"), False), (_eras("compared"), True)):
        for phrase in eras.find(reading.words):
            behind = reading.words[phrase.last].fold if phrase.last < len(reading.words) else ""
            if behind in _unless_before():
                continue
            (bounds,) = phrase.payload[:1]
            low, high = (_absolute(end, this_year) for end in bounds)
            span = reading.chars_of(phrase.first, phrase.last)
            yield Mention(*span, (Sense(Kind.YEAR, low=low, high=high, compares=compares),), "era")


Bounds = tuple[int | None, int | None]


def _between(hit: re.Match[str], this_year: int) -> Bounds | None:
    first, second = _point(hit, 1, this_year), _point(hit, 2, this_year)
    if first is None or second is None:
        return None
    if hit.group("join") == "or" and not (first[0] <= second[1] + 1 and second[0] <= first[1] + 1):
        return None  # "the 70s or the 90s" leaves out what lies between
    return min(first[0], second[0]), max(first[1], second[1])


def _before(hit: re.Match[str], this_year: int) -> Bounds | None:
    point = _point(hit, 1, this_year)
    if point is None:
        return None
    inclusive = hit.group().startswith(("up to", "until", "till", "no later", "not later", "by"))
    return None, point[1] if inclusive else point[0] - 1


def _after(hit: re.Match[str], this_year: int) -> Bounds | None:
    point = _point(hit, 1, this_year)
    if point is None:
        return None
    word = hit.group()
    if word.startswith("from") and not hit.group("on"):
        return point
    if word.startswith(("since", "from", "starting")):
        return point[0], None
    return point[1] + 1, None


def _at(hit: re.Match[str], this_year: int) -> Bounds | None:
    point = _point(hit, 1, this_year)
    if point is None:
        return None
    if hit.group("on"):
        return point[0], None
    if hit.group("back"):
        return None, point[1]
    if hit.group().startswith(("around", "circa", "ca")) and hit.group("year1"):
        return point[0] - _AROUND_YEARS, point[1] + _AROUND_YEARS
    return point


def _short(hit: re.Match[str], this_year: int) -> Bounds:
    two = int(hit.group("two"))
    year = (2000 if two <= this_year % 100 else 1900) + two
    return year, year


def _ago(hit: re.Match[str], this_year: int) -> Bounds | None:
    count = number(hit.group("count"))
    if not count:
        return None
    is_decades = hit.group("unit").startswith("decade")
    then = this_year - int(count * (10 if is_decades else 1))
    around = _AROUND_YEARS if count > _EXACT_YEARS or is_decades or hit.group("about") else 0
    return (then - around, then + around) if then >= FIRST_YEAR else None


def _age(hit: re.Match[str], this_year: int) -> Bounds | None:
    count = number(hit.group("count"))
    if not count:
        return None
    then = this_year - int(count * (10 if hit.group("unit").startswith("decade") else 1))
    if then < FIRST_YEAR:
        return None
    return (None, then) if hit.group("side") in _OLDER else (then, None)


def _last(hit: re.Match[str], this_year: int) -> Bounds | None:
    count = {"few": 4.0, "couple of": 2.0}.get(hit.group("count")) or number(hit.group("count"))
    if not count:
        return None
    years = int(count) * (10 if hit.group("unit").startswith("decade") else 1)
    return max(FIRST_YEAR, this_year - years), None


def _this_decade(hit: re.Match[str], this_year: int) -> Bounds:
    start = this_year - this_year % 10
    if hit.group("which") in {"this", "current"}:
        return start, None
    return (start - 10, start - 1) if hit.group("which") in {"last", "previous"} else (this_year - 10, None)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Bounds | None]], ...] = (
    (_SPAN, _between),
    (_BEFORE, _before),
    (_AFTER, _after),
    (_AT, _at),
    (_SHORT, _short),
    (_AGO, _ago),
    (_AGE, _age),
    (_LAST, _last),
    (_THIS_DECADE, _this_decade),
)
_WORDY = re.compile("|".join((*_DECADE_WORDS, "decade", "years")))


def _has_words(text: str) -> bool:
    return _WORDY.search(text) is not None


def _point(hit: re.Match[str], which: int, this_year: int) -> tuple[int, int] | None:
    """The first and last year of the one point in time that group `which` of a match names."""
    year, decade, word = (hit.group(f"{name}{which}") for name in ("year", "decade", "word"))
    if year:
        exact = int(year)
        return (exact, exact) if FIRST_YEAR <= exact <= this_year + AHEAD_YEARS else None
    start = _decade_start(decade, this_year) if decade else _decade_start(f"{_DECADE_WORDS[word]:02d}", this_year)
    first, last = _PARTS[hit.group(f"part{which}")]
    if decade == "1800":
        return FIRST_YEAR, 1899
    return (start + first, start + last) if start <= this_year else None


def _decade_start(digits: str, this_year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    century = 2000 if int(digits) <= this_year % 100 and int(digits) < 20 else 1900
    return century + int(digits)


@cache
def _eras(part: str) -> Phrases[tuple[int | str | None, int | str | None]]:
    return Phrases((phrase, (bounds[0], bounds[1])) for phrase, bounds in lexicon_file("eras")[part].items())


@cache
def _unless_before() -> frozenset[str]:
    return frozenset(lexicon_file("eras")["unless_before"])


def _absolute(end: int | str | None, this_year: int) -> int | None:
    return this_year + int(end) if isinstance(end, str) else end
