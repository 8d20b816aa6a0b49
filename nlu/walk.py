"""The state of a walk over a message from left to right: what negates, what weighs, and how far a list has run."""

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache

from nlu.bearing import Bearing
from nlu.files import lexicon_file
from nlu.operators import DEGREES, NEGATORS, Operator, Role
from nlu.sense import Kind, Mention
from nlu.words import Reading

CLAUSE_ENDS = frozenset(".;!?:()–—…")
#: Plain words after a negation before it is taken to be over.
_REACH_WORDS = 4
_RANGES = (Kind.YEAR, Kind.RUNTIME, Kind.CERTIFICATION)
_QUALITIES = frozenset({Kind.MOOD, Kind.TONE, Kind.VISUAL})
_RELATIVES = frozenset({"that", "thats", "which", "who"})
#: Negations that never take another back: "I don't want no …".
_CONCORDANT = frozenset({"no", "nothing", "nor", "neither", "nobody"})


class Side(Enum):
    """Whether a wish lifts or pulls down; a list under one negation stays on one side."""

    UP = 1
    DOWN = -1
    NEITHER = 0


@dataclass
class Walk:
    """Where the walk stands. `items` were refused under `negator` so far, at the places `taken`; `plain` words went by
    since the last; `pending` degrees wait for what they weigh; `last` is the word after the negation, `bare` a "no"."""

    negator: Role | None = None
    verb: bool = False
    side: Side = Side.NEITHER
    items: int = 0
    plain: int = 0
    link: Role | None = None
    pending: list[Operator] = field(default_factory=list)
    carried: Bearing | None = None
    was_quality: bool = False
    bare: bool = False
    last: int = 0
    taken: list[int] = field(default_factory=list)
    lifted: bool = False

    def release(self) -> None:
        self.negator, self.link, self.items, self.plain, self.verb = None, None, 0, 0, False
        self.taken = []

    def end_clause(self) -> None:
        self.release()
        self.pending, self.carried, self.lifted = [], None, False


def operate(walk: Walk, operator: Operator, reading: Reading, bearings: dict[int, Bearing]) -> None:
    """Takes an operator in; where it takes a negation back, the `bearings` that this gave are mended."""
    roles = operator.roles
    if Role.TRANSPARENT in roles:
        walk.release()
        walk.lifted = True
    elif roles & NEGATORS:
        if walk.negator is Role.ALLOWING and not walk.items:
            return
        if _cancels(walk, operator, reading):
            for place in walk.taken:
                bearings[place] = Bearing(lifted=True)
            walk.end_clause()
            walk.lifted = True
            return
        walk.end_clause()
        walk.last = operator.last
        walk.bare = reading.words[operator.last - 1].fold in {"no", "nope", "nah"}
        kinds = (Role.ALLOWING, Role.NOUN_NEGATOR, Role.QUALITY_NEGATOR)
        walk.negator = next(role for role in kinds if role in roles)
    elif Role.FILLER in roles and (not walk.negator or not walk.items) and Role.OR not in roles:
        walk.verb = walk.verb or (bool(walk.negator) and reading.words[operator.first].fold == "to")
        if roles & DEGREES:
            walk.pending.append(operator)
    elif Role.CONTRAST in roles:
        walk.end_clause()
    elif roles & DEGREES:
        if walk.negator and walk.items and reading.words[operator.first].fold != "that":
            walk.release()
        walk.pending.append(operator)
    elif Role.OR in roles:
        walk.link = Role.OR
    elif Role.AND in roles and walk.link is not Role.OR:
        walk.link = Role.AND


def _cancels(walk: Walk, operator: Operator, reading: Reading) -> bool:
    """Whether a second negation takes the first back: "nothing that isn't …", "not without …", "no … without …". "I
    don't want no …" and "no, not …" refuse twice."""
    folds = [word.fold for word in reading.words[operator.first : operator.last]]
    fold = folds[0]
    if walk.negator is None or fold in _CONCORDANT:
        return False
    before = reading.words[operator.first - 1].fold
    relative = before in _RELATIVES or not _RELATIVES.isdisjoint(folds)
    if walk.items:
        return relative or (fold == "without" and len(walk.taken) == 1 and walk.plain == 0)
    beside = operator.first == walk.last and not walk.bare
    return relative or fold == "without" or (beside and walk.negator is Role.QUALITY_NEGATOR)


def pass_mark(walk: Walk, mark: str) -> None:
    """Takes a mark in: it ends a clause, or goes on with a list."""
    if mark in CLAUSE_ENDS:
        walk.end_clause()
    elif mark == "/":
        walk.link = Role.OR
    elif mark == ",":
        walk.pending = []
        if walk.negator and not walk.items:
            walk.release()
        elif walk.link is not Role.OR:
            walk.link = Role.AND


def pass_by(walk: Walk, *, small: bool) -> None:
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


def reaches(walk: Walk) -> bool:
    """Whether the negation still reaches a plain word here."""
    return walk.link is not Role.AND or walk.items == 0 or not walk.was_quality


def bear(walk: Walk, mention: Mention, place: int, *, reading: Reading, last: int) -> Bearing:
    """What bears on the mention number `place`, which ends before word `last`."""
    quality, side = _is_quality(mention), _side(mention)
    negated = walk.negator is not None
    if negated and walk.items:
        runs_on = walk.link is not Role.AND or (
            (quality == walk.was_quality and Side.NEITHER in {side, walk.side}) or side is walk.side
        )
        if not runs_on or mention.has(*_RANGES):
            negated = False
            walk.release()
    bearing = _weigh(walk, negated=negated)
    if negated and quality and reading.words[walk.last - 1].fold == "more" and follows(reading, last, "than"):
        bearing = replace(bearing, soft=True)  # "no more violent than this"
    if bearing in {Bearing(), Bearing(lifted=True)} and walk.carried and walk.link and mention.has(Kind.TONE):
        bearing = walk.carried
    walk.carried = bearing if bearing.change else None
    walk.pending, walk.lifted = [], False
    if negated:
        walk.taken.append(place)
        walk.items += 1
        walk.plain, walk.side, walk.was_quality = 0, side, quality
        walk.link = None
    else:
        walk.link = None
    return bearing


def _weigh(walk: Walk, *, negated: bool) -> Bearing:
    roles = frozenset(role for operator in walk.pending for role in operator.roles)
    strength = next((measure for operator in reversed(walk.pending) if (measure := operator.strength())), None)
    if negated and walk.negator is Role.ALLOWING:
        return Bearing(allowed=True)
    if negated:
        if Role.LESS in roles:
            return Bearing(change=1, strength=strength)
        return Bearing(negated=True, soft=bool(roles & {Role.SOFT, Role.TOO, Role.MORE}))
    for role, change in ((Role.LESS, -1), (Role.MORE, 1), (Role.TOO, -1)):
        if role in roles:
            return Bearing(change=change, strength=strength)
    return Bearing(strength=strength, lifted=walk.lifted or Role.SOME in roles)


def _is_quality(mention: Mention) -> bool:
    """Whether it is an adjective: nouns of an axis ("violence") and genres are none."""
    firm = {sense.kind for sense in mention.senses if not sense.weighed}
    return not firm.isdisjoint(_QUALITIES) and Kind.GENRE not in firm


def follows(reading: Reading, at: int, fold: str) -> bool:
    """Whether this word stands at `at`."""
    return at < len(reading.words) and reading.words[at].fold == fold


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
