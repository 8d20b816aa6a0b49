"""How far a negation reaches and what a degree bears on: one walk over the message from left to right."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from nlu.files import lexicon_file
from nlu.operators import DEGREES, NEGATORS, Operator, Role, operators
from nlu.plot import without_told
from nlu.sense import Kind, Mention
from nlu.words import Reading

_CLAUSE_ENDS = frozenset(".;!?:()–—…")
#: Plain words after a negation before it is taken to be over.
_REACH_WORDS = 4
_RANGES = (Kind.YEAR, Kind.RUNTIME, Kind.CERTIFICATION)
_QUALITIES = (Kind.MOOD, Kind.TONE, Kind.VISUAL)


class Side(Enum):
    """Whether a wish lifts or pulls down; a list under one negation stays on one side."""

    UP = 1
    DOWN = -1
    NEITHER = 0


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the words around a mention do to it.

    `change` is 1 for more, -1 for less, 0 for neither; `soft` means "not too …"; `strength` (0-1) is None where nothing
    was said of it.
    """

    negated: bool = False
    soft: bool = False
    change: int = 0
    strength: float | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The bearing of each mention, in their order, and the runs of plain words [first, last) that are not wanted.

    `spent` are the words that operators took, and those that a "not" turned against.
    """

    bearings: tuple[Bearing, ...]
    unwanted: tuple[tuple[int, int], ...]
    spent: frozenset[int]


@dataclass
class _Walk:
    negator: Role | None = None
    verb: bool = False
    side: Side = Side.NEITHER
    items: int = 0
    plain: int = 0
    link: Role | None = None
    pending: list[Operator] = field(default_factory=list)
    carried: Bearing | None = None
    was_quality: bool = False

    def release(self) -> None:
        self.negator, self.link, self.items, self.plain, self.verb = None, None, 0, 0, False

    def end_clause(self) -> None:
        self.release()
        self.pending, self.carried = [], None


def scope(reading: Reading, mentions: tuple[Mention, ...], *, plain: frozenset[str]) -> Scope:
    """What bears on each mention. `plain` are the small words that are no wish of their own."""
    at_word = {reading.words_in(mention.start, mention.end): place for place, mention in enumerate(mentions)}
    covered = [False] * len(reading.words)
    for first, last in at_word:
        covered[first:last] = [True] * (last - first)
    found = without_told(reading, operators(reading.words, covered))
    starts = {first: (last, mentions[place]) for (first, last), place in at_word.items()}
    walk, bearings, unwanted, spent = _Walk(), [], [], set[int]()
    at = 0
    while at < len(reading.words):
        word = reading.words[at]
        if at in starts:
            last, mention = starts[at]
            bearings.append(_free(reading, last) or _bear(walk, mention))
            at = last
        elif operator := found.get(at):
            spent.update(range(at, operator.last))
            _operate(walk, operator, reading)
            at = operator.last
        elif word.mark:
            _mark(walk, word.fold)
            at += 1
        else:
            if word.fold not in plain and walk.negator and _reaches(walk):
                spent.add(at)
                if walk.negator is Role.NOUN_NEGATOR and not walk.verb:
                    unwanted.append(at)
            elif word.fold not in plain and any(Role.LESS in operator.roles for operator in walk.pending):
                spent.add(at)  # "less talking" must not steer towards talking
            _pass(walk, small=word.fold in plain)
            at += 1
    return Scope(tuple(bearings), tuple(_runs(unwanted)), frozenset(spent))


def _operate(walk: _Walk, operator: Operator, reading: Reading) -> None:
    roles = operator.roles
    if Role.TRANSPARENT in roles:
        walk.release()
    elif roles & NEGATORS:
        walk.end_clause()
        walk.negator = Role.NOUN_NEGATOR if Role.NOUN_NEGATOR in roles else Role.QUALITY_NEGATOR
    elif Role.FILLER in roles and (not walk.negator or not walk.items) and Role.OR not in roles:
        walk.verb = walk.verb or (bool(walk.negator) and reading.words[operator.first].fold == "to")
        if roles & DEGREES:
            walk.pending.append(operator)
    elif Role.CONTRAST in roles:
        walk.end_clause()
    elif roles & DEGREES:
        if walk.negator and walk.items:
            walk.release()
        walk.pending.append(operator)
    elif Role.OR in roles:
        walk.link = Role.OR
    elif Role.AND in roles and walk.link is not Role.OR:
        walk.link = Role.AND


def _mark(walk: _Walk, mark: str) -> None:
    if mark in _CLAUSE_ENDS:
        walk.end_clause()
    elif mark == "/":
        walk.link = Role.OR
    elif mark == ",":
        walk.pending = []
        if walk.negator and not walk.items:
            walk.release()
        elif walk.link is not Role.OR:
            walk.link = Role.AND


def _pass(walk: _Walk, *, small: bool) -> None:
    """A plain word goes by: degrees let go, and a negation ends when too many have."""
    if small:
        return
    walk.pending, walk.carried = [], None
    if walk.negator:
        walk.items += walk.plain == 0
        walk.plain += 1
        walk.was_quality, walk.side = False, Side.NEITHER
        walk.link = None
        if walk.plain >= _REACH_WORDS:
            walk.release()


def _reaches(walk: _Walk) -> bool:
    return walk.link is not Role.AND or walk.items == 0 or not walk.was_quality


def _bear(walk: _Walk, mention: Mention) -> Bearing:
    quality, side = mention.has(*_QUALITIES), _side(mention)
    negated = walk.negator is not None
    if negated and walk.items:
        runs_on = walk.link is not Role.AND or (
            (quality == walk.was_quality and Side.NEITHER in {side, walk.side}) or side is walk.side
        )
        if not runs_on or mention.has(*_RANGES):
            negated = False
            walk.release()
    bearing = _weigh(walk, negated=negated)
    if bearing == Bearing() and walk.carried and walk.link and mention.has(Kind.TONE):
        bearing = walk.carried
    walk.carried = bearing if bearing.change else None
    walk.pending = []
    if negated:
        walk.items += 1
        walk.plain, walk.side, walk.was_quality = 0, side, quality
        walk.link = None
    else:
        walk.link = None
    return bearing


def _weigh(walk: _Walk, *, negated: bool) -> Bearing:
    roles = frozenset(role for operator in walk.pending for role in operator.roles)
    strength = next((measure for operator in reversed(walk.pending) if (measure := operator.strength())), None)
    if negated:
        if Role.LESS in roles:
            return Bearing(change=1, strength=strength)
        return Bearing(negated=True, soft=bool(roles & {Role.SOFT, Role.TOO, Role.MORE}))
    if Role.LESS in roles:
        return Bearing(change=-1, strength=strength)
    if Role.MORE in roles:
        return Bearing(change=1, strength=strength)
    if Role.TOO in roles:
        return Bearing(change=-1, strength=strength)
    return Bearing(strength=strength)


def _free(reading: Reading, last: int) -> Bearing | None:
    """ "gore-free", "violence free": the negation stands behind."""
    behind = reading.words[last].fold if last < len(reading.words) else ""
    return Bearing(negated=True) if behind == "free" else None


@cache
def _sides() -> dict[tuple[Kind, str], Side]:
    kinds = (("moods", Kind.MOOD), ("axes", Kind.TONE), ("genres", Kind.GENRE), ("themes", Kind.THEME))
    tone = lexicon_file("tone")
    return {
        (kind, name): side
        for heading, side in (("upward", Side.UP), ("downward", Side.DOWN))
        for part, kind in kinds
        for name in tone[heading][part]
    }


def _side(mention: Mention) -> Side:
    sides = [_sides().get((sense.kind, sense.value), Side.NEITHER) for sense in mention.senses if sense.direction == 1]
    return next((side for side in sides if side is not Side.NEITHER), Side.NEITHER)


def _runs(words: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in words:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
