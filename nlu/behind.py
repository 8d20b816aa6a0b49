"""What stands behind a wish and bears on it: "horror? no thanks", "war is not my thing", "he does but I don't"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from nlu.bearing import Bearing
from nlu.files import lexicon_file
from nlu.operators import Operator, Role
from nlu.phrases import Hit, Phrases
from nlu.sense import Kind, Mention
from nlu.words import Reading

Spans = Sequence[tuple[int, int]]
#: Words of a clause that says no more than "I don't", at most.
_DECLINING_WORDS = 4
_BEFORE_ANSWERS = frozenset("?:-–—,…")
_SENTENCE_ENDS = frozenset(".!?;")
#: Words that a head noun adds to what is named: "horror films", "jump scares in general".
_HEADS = frozenset(
    {"film", "films", "movie", "movies", "stuff", "thing", "things", "scenes", "scene", "content", "bits", "flicks"}
)
_TAILS = frozenset(
    {"for", "me", "us", "tonight", "today", "please", "pls", "thanks", "really", "tbh", "lol", "to", "now"}
)
_GOES_ON = frozenset(
    {"and", "but", "so", "or", "though", "because", "give", "just", "i", "tho", "with", "yes", "rather"}
)
_LINKS = frozenset({"and", "or", "nor", ",", "/", "both", "the", "any", "&"})


@dataclass(frozen=True, slots=True)
class Behind:
    """By place of the mention, what bears on it from behind; `used` are the words that say so."""

    bearings: Mapping[int, Bearing]
    measures: Mapping[int, float]
    enough: frozenset[int]
    used: frozenset[int]


def behind(reading: Reading, mentions: Sequence[Mention], spans: Spans, found: Mapping[int, Operator]) -> Behind:
    """What is said behind each mention; `spans` are their words, `found` the operators of the message."""
    bearings: dict[int, Bearing] = {}
    measures: dict[int, float] = {}
    enough: set[int] = set()
    used: set[int] = set()
    for place, (_, last) in enumerate(spans):
        start = spans[place + 1][0] if place + 1 < len(spans) else len(reading.words)
        beyond = spans[place + 2][0] if place + 2 < len(spans) else len(reading.words)
        at = last
        while at < start and reading.words[at].fold in _HEADS:
            at += 1
        if measured := _measured(reading, at, start):
            measures[place] = measured.payload[0]
            used.update(range(measured.first, measured.last))
        elif last < start and reading.words[last].fold == "enough":
            enough.add(place)
            used.add(last)
        elif said := _said(reading, at, start, found) or _answer(reading, at, start, beyond):
            bearing, words = said
            if bearing.allowed and len(mentions) == 1 and mentions[0].has(Kind.GENRE, Kind.COUNTRY, Kind.LANGUAGE):
                continue  # "a comedy is fine" takes the comedy
            used.update(words)
            for fellow in _list_before(reading, spans, place):
                bearings[fellow] = bearing
    return Behind(bearings, measures, frozenset(enough), frozenset(used))


def _measured(reading: Reading, at: int, start: int) -> Hit[float] | None:
    skipped = at
    while skipped < start and reading.words[skipped].fold in {",", "but", "though"}:
        skipped += 1
    hit = _measures().at(reading.words, skipped) if skipped < start else None
    if hit is None or hit.last > start or not _ends(reading, hit.last):
        return None
    return hit if skipped == at or reading.words[hit.first].fold in {"only", "just", "as"} else None


def _said(reading: Reading, at: int, start: int, found: Mapping[int, Operator]) -> tuple[Bearing, range] | None:
    """What the words [at, start) say of what stands before them."""
    if at >= start:
        return None
    hit = _table("statements").at(reading.words, at)
    if hit and hit.last <= start and _ends(reading, hit.last):
        return hit.payload[0], range(hit.first, hit.last)
    return _answer(reading, at, start, start) or _declined(reading, at, start) or _back(reading, at, start, found)


def _answer(reading: Reading, at: int, start: int, beyond: int) -> tuple[Bearing, range] | None:
    """The answer that begins behind word `at` and before `start`; it may hold a word that is a mention elsewhere ("god
    no"), but ends before `beyond`."""
    answer = at
    while answer < len(reading.words) and reading.words[answer].fold in _BEFORE_ANSWERS:
        answer += 1
    hit = _table("answers").at(reading.words, answer) if answer < len(reading.words) and answer <= start else None
    if hit and hit.last <= beyond and (answer < start or hit.last > start) and _stops(reading, hit.last):
        tags = reading.words[answer - 1].fold == "," and reading.words[hit.last : hit.last + 1]
        if not (tags and tags[0].fold == "?"):  # "funny, no?" asks for agreement
            return hit.payload[0], range(hit.first, hit.last)
    return None


def _declined(reading: Reading, at: int, start: int) -> tuple[Bearing, range] | None:
    """ "… but I don't", "… my wife doesn't", "… isn't": a clause that only declines."""
    for first in range(at, min(start, at + _DECLINING_WORDS + 1)):
        word = reading.words[first]
        if word.fold in _SENTENCE_ENDS:
            return None
        hit = _table("declined").at(reading.words, first)
        if hit and hit.last <= start and _stops(reading, hit.last):
            return Bearing(negated=True), range(first, hit.last)
    return None


def _back(reading: Reading, at: int, start: int, found: Mapping[int, Operator]) -> tuple[Bearing, range] | None:
    """ "… and I can't stand it": a refusal whose object points back."""
    for first in range(at, start):
        if reading.words[first].fold in frozenset(".!;"):
            return None
        operator = found.get(first)
        if operator and operator.roles & {Role.REFUSING_VERB, Role.ALLOWING}:
            hit = _table("back").at(reading.words, operator.last) if operator.last < len(reading.words) else None
            if hit and _ends(reading, hit.last):
                refused = Role.REFUSING_VERB in operator.roles
                bearing = Bearing(negated=True) if refused else Bearing(allowed=True)
                return bearing, range(first, hit.last)
            return None
    return None


def _list_before(reading: Reading, spans: Spans, place: int) -> list[int]:
    """The mention and those that are listed with it just before."""
    fellows = [place]
    while fellows[-1] > 0:
        before = fellows[-1] - 1
        between = [word.fold for word in reading.words[spans[before][1] : spans[fellows[-1]][0]]]
        if not between or not all(fold in _LINKS or fold in _HEADS for fold in between):
            break
        if between == [","] and len(fellows) == 1 and not _is_list(reading, spans, place):
            break
        fellows.append(before)
    return fellows


def _is_list(reading: Reading, spans: Spans, place: int) -> bool:
    """Whether the mention ends a list by an "and" or an "or"."""
    before = reading.words[spans[place][0] - 1].fold if spans[place][0] else ""
    return before in {"and", "or", "nor"}


def _ends(reading: Reading, at: int) -> bool:
    """Whether a clause ends at word `at`, small talk behind it aside."""
    while at < len(reading.words) and reading.words[at].fold in _TAILS:
        at += 1
    return _stops(reading, at)


def _stops(reading: Reading, at: int) -> bool:
    return at >= len(reading.words) or reading.words[at].mark or reading.words[at].fold in _GOES_ON


@cache
def _measures() -> Phrases[float]:
    return Phrases((phrase, float(strength)) for phrase, strength in lexicon_file("refusals")["measured"].items())


@cache
def _table(part: str) -> Phrases[Bearing]:
    rows = lexicon_file("refusals")
    no, free, less = Bearing(negated=True), Bearing(allowed=True), Bearing(change=-1)
    tables: dict[str, tuple[tuple[Bearing, list[str]], ...]] = {
        "statements": (
            (no, [" ".join(pair) for pair in product(rows["copulas"], rows["refused"])]),
            (no, [" ".join(pair) for pair in product(rows["uncopulas"], rows["approved"])]),
            (no, rows["about"]),
            (free, rows["allowed"]),
            (less, rows["softly"]),
        ),
        "answers": ((no, rows["said"]), (less, rows["softly"])),
        "declined": ((no, rows["declined"]),),
        "back": ((no, rows["back"]),),
    }
    return Phrases((phrase, bearing) for bearing, phrases in tables[part] for phrase in phrases)
