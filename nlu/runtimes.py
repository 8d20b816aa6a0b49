"""How long a film may run, as a message says it."""

import re
from collections.abc import Iterator

from nlu.numbers import NUMBER, number
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading

# One letter is a unit behind a digit only: "I am" is no minute, "ah" no hour.
_HOUR, _MINUTE = (rf"(?:{words}|(?:(?<=\d)|(?<=\d[ -])){letter})" for words, letter in (
    (r"hours?|hrs?", "h"), (r"minutes?|mins?|min", "m"),
))  # fmt: skip
_LENGTH = (
    rf"(?:(?P<hours{{n}}>{NUMBER})[ -]?{_HOUR}(?:\b|(?=\d))(?:(?P<half{{n}}> and a half)\b"
    rf"|(?: and)? ?(?P<rest{{n}}>{NUMBER})(?:[ -]?{_MINUTE})?\b(?! half))?"
    rf"|(?P<half_hour{{n}}>half an hour)|(?P<and_half{{n}}>{NUMBER}) and a half hours"
    rf"|(?P<minutes{{n}}>{NUMBER})[ -]?{_MINUTE}\b)"
)
_LENGTH_1, _LENGTH_2 = (_LENGTH.replace("{n}", which) for which in "12")
_AT_MOST = (
    r"under|less than|below|at most|max|max\.|maximum|up to|no more than|not more than|no longer than"
    r"|not longer than|shorter than|within|not over|nothing over|no longer|fewer than|inside"
    r"|nothing longer than|nothing above|not above"
)
_AT_LEAST = (
    r"over|more than|above|at least|longer than|min|minimum|no less than|not less than|not under"
    r"|nothing under|no shorter than|nothing shorter than"
)
_BETWEEN = re.compile(rf"\b(?:between|from) (?:{_LENGTH_1}|(?P<bare>{NUMBER})) (?:and|to|-) {_LENGTH_2}")
_LENGTHS = re.compile(
    rf"(?:\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>about|around|roughly"
    rf"|approximately|circa|approx)|(?P<no>no|not an?|not another|nothing of)) (?:an? )?)?"
    rf"\b{_LENGTH_1}(?P<after> ?(?:max|maximum|tops|or less|or under|or shorter|at most"
    rf"|or so))?(?P<from> ?(?:min|minimum|or more|or longer|at least|plus|\+))?(?(no)(?: epics?)?)"
)
#: Running times in minutes that stand for words; the middle half of feature films runs 95 to 120 minutes.
SHORT_MAX, LONG_MIN, SHORTER_MAX, NOT_LONG_MAX, SHORT_FILM_MAX, NOT_SHORT_MIN = 95, 140, 100, 120, 45, 90
_ROUGHLY_MIN = 15
#: Below this a film is a short film or an episode (the Academy's bound is 40).
FEATURE_MIN = 60
#: "1:45 max", but no time of day: "at 1:45", "until 9:30".
_CLOCK = re.compile(
    r"(?<!at )(?<!until )(?<!till )(?<!by )(?<!before )(?<!from )"
    r"\b(?:(?P<most>under|less than|max|maximum|at most|up to"
    r"|no longer than|not over) )?(?P<hours>[0-4]):(?P<minutes>[0-5]\d)\b(?P<after> (?:max|maximum|tops|or less|or"
    r" under|or shorter|at most|long|hours?))?(?! ?(?:am|pm|o'clock))"
)
#: One unit behind a number above one, as an adjective has it: "3 hour", "ninety-minute".
_ADJECTIVE = re.compile(r"(?<!\ban )(?<!\bone )(?<!\ba )(?<!\b1[ -])(?<!half )\b(?:hour|minute)$")
#: What follows such an adjective where it does not describe a film: nothing, or the time that there is.
_ROOM = re.compile(
    r"(?! [a-z])| (?:limit|window|slot|gap|break|flight|train|bus|journey|trip|ride|drive|wait|commute|nap|max|maximum"
    r"|or|and|at|tops|please|long|is|for|if|because|before|so|but|with|to)\b"
)
#: What somebody did for as long as that; the film need not be as short.
_SPENT = re.compile(
    r"\b(?:(?:scroll|wait|brows|search|argu|work|talk|discuss|debat)(?:ing|e?d)|driving|drove|sitting|sat) for $"
)
_WORDS: tuple[tuple[re.Pattern[str], int | None, int | None, bool], ...] = (
    (re.compile(r"\bshort films?\b|\bshorts\b|\bshort movies?\b(?= under)"), None, SHORT_FILM_MAX, False),
    (
        re.compile(
            r"\b(?:not|nothing|neither|nor|never|isn't|isnt|aren't|don't want anything)"
            r" (?:too|that|so|very|super)? ?long\b"
        ),
        None,
        NOT_LONG_MAX,
        False,
    ),
    (
        re.compile(r"\b(?:too|way too|a bit too) long\b|\bshorter\b(?! than)|\bless long\b|\bnot as long\b"),
        None,
        SHORTER_MAX,
        True,
    ),
    (re.compile(r"\b(?:too|way too|a bit too) short\b|\blonger\b(?! than)|\bless short\b"), NOT_LONG_MAX, None, True),
    (re.compile(r"\bnot (?:too |that |so )?short\b"), NOT_SHORT_MIN, None, False),
    (
        re.compile(
            r"\b(?:really |very |super |something |quite )?short\b(?! films?| on|-| haired| story| stories"
            r"| term)|\bquick (?:watch|one|film|movie|flick)\b|\b(?:something|anything) quick\b"
        ),
        None,
        SHORT_MAX,
        False,
    ),
    (
        re.compile(
            r"\b(?:really |very |super )?long (?:film|movie|one|epic)s?\b|\bsomething (?:really "
            r"|very )?long\b|\b(?:three|3)[ -]hour epic\b"
        ),
        LONG_MIN,
        None,
        False,
    ),
    (re.compile(r"\b(?:feature[ -]length|full[ -]length|no short films?|no shorts)\b"), FEATURE_MIN, None, False),
)


def runtime_mentions(reading: Reading) -> Iterator[Mention]:
    """The mentions of running time: "under two hours", "90 minutes max", "short", "not too long". May overlap."""
    text = reading.plain
    for hit in _BETWEEN.finditer(text):
        low = _minutes(hit, 1) if hit.group("bare") is None else number(hit.group("bare"))
        high = _minutes(hit, 2)
        if low and high:
            in_hours = hit.group("bare") is not None and hit.group("minutes2") is None and low < 10
            yield _mention(hit.span(), int(low * 60 if in_hours else low), int(high))
    for hit in _LENGTHS.finditer(text):
        minutes = _minutes(hit, 1)
        if minutes and 1 <= minutes <= 2000 and not _SPENT.search(text, 0, hit.start()):
            yield _mention(hit.span(), *_bounds(hit, minutes))
    for hit in _CLOCK.finditer(text):
        if hit.group("most") or hit.group("after"):
            yield _mention(hit.span(), None, int(hit.group("hours")) * 60 + int(hit.group("minutes")))
    for pattern, low_min, high_min, compares in _WORDS:
        for hit in pattern.finditer(text):
            yield _mention(hit.span(), low_min, high_min, compares=compares)


def _mention(span: tuple[int, int], low: int | None, high: int | None, *, compares: bool = False) -> Mention:
    return Mention(*span, (Sense(Kind.RUNTIME, low=low, high=high, compares=compares),), "runtime")


def _bounds(hit: re.Match[str], minutes: int) -> tuple[int | None, int | None]:
    after = (hit.group("after") or "").strip()
    if hit.group("most"):
        return None, minutes
    if hit.group("no") and not after:
        return None, minutes - 1
    if hit.group("least") or hit.group("from"):
        return minutes, None
    if hit.group("about") or after == "or so":
        return minutes - _ROUGHLY_MIN, minutes + _ROUGHLY_MIN
    # "A three-hour musical" says what it is like: so long, and an epic may well be longer.
    if _ADJECTIVE.search(hit.group()) and not _ROOM.match(hit.string, hit.end()):
        return minutes - _ROUGHLY_MIN, minutes + _ROUGHLY_MIN if minutes < LONG_MIN else None
    # A bare "90 minutes" says how much time there is.
    return None, minutes


def _minutes(hit: re.Match[str], which: int) -> int | None:
    parts = {
        name: hit.group(f"{name}{which}") for name in ("hours", "rest", "half", "half_hour", "and_half", "minutes")
    }
    if parts["half_hour"]:
        return 30
    if parts["and_half"]:
        count = number(parts["and_half"])
        return int(count * 60 + 30) if count is not None else None
    if parts["minutes"]:
        count = number(parts["minutes"])
        return int(count) if count is not None else None
    hours = number(parts["hours"] or "")
    if hours is None:
        return None
    rest = number(parts["rest"]) if parts["rest"] else 30.0 if parts["half"] else 0.0
    return int(hours * 60 + (rest or 0.0))
