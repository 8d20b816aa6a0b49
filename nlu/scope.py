"""How far a negation reaches and what a degree bears on: one walk over the message from left to right."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from nlu.bearing import Bearing
from nlu.behind import Behind, behind
from nlu.operators import Operator, Role, operators
from nlu.plot import lacks_someone, without_asked, without_told
from nlu.sense import Kind, Mention
from nlu.walk import CLAUSE_ENDS, Walk, bear, follows, operate, pass_by, pass_mark, reaches
from nlu.words import Reading

#: Kinds of which a film has one, so that a second after a comma puts the first right.
_SORTS = frozenset({Kind.GENRE, Kind.COUNTRY, Kind.LANGUAGE, Kind.PERSON})
#: After a comma, somebody who begins a clause of their own.
_SUBJECTS = frozenset({"i", "im", "ive", "id", "we", "were", "he", "she", "they", "its", "my", "our", "lets"})
_ARTICLES = frozenset({"a", "an", "the"})
_POLITE = frozenset({"please", "pls", "plz", "thanks"})
#: Words after a negation of a plot within which a guessed plot phrase belongs to it.
_TOLD_WORDS = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """The bearing of each mention, in their order, and the runs of plain words [first, last) that are not wanted.

    `spent` are the words that operators took, and those that a "not" turned against.
    """

    bearings: tuple[Bearing, ...]
    unwanted: tuple[tuple[int, int], ...]
    spent: frozenset[int]


def scope(reading: Reading, mentions: tuple[Mention, ...], *, plain: frozenset[str]) -> Scope:
    """What bears on each mention. `plain` are the small words that are no wish of their own."""
    spans = [reading.words_in(mention.start, mention.end) for mention in mentions]
    covered = [False] * len(reading.words)
    for mention, (first, last) in zip(mentions, spans, strict=True):
        if not _is_guess(mention):  # what is guessed to be a plot phrase may be an operator
            covered[first:last] = [True] * (last - first)
    asked = without_asked(reading, operators(reading.words, covered))
    found = without_told(reading, asked)
    after = behind(reading, mentions, spans, found)
    walked = _Walked(reading, mentions, spans, found, after, plain)
    walked.go()
    settled, spent = _with_behind(walked.bearings, after, mentions), walked.spent
    told = {before for before in asked if before not in found}
    likewise = {operator.last for operator in found.values() if Role.LIKEWISE in operator.roles}
    for place, (first, last) in enumerate(spans):
        if place and first in likewise:
            settled[place] = settled[place - 1]
        idle = place in walked.idle and settled[place].negated
        in_plot = mentions[place].by == "ner" and not told.isdisjoint(range(first - _TOLD_WORDS, first))
        if settled[place].allowed or idle or in_plot or after.used.issuperset(range(first, last)):
            settled[place] = Bearing(allowed=True)
            spent.update(range(first, last))
    return Scope(tuple(settled), tuple(_runs(walked.unwanted)), frozenset(spent))


@dataclass
class _Walked:
    """A walk over a message and what it has found: bearings by place, unwanted words, words that are spent.

    `idle` are the places of guesses that only say more of what is refused: "no dogs in this house".
    """

    reading: Reading
    mentions: tuple[Mention, ...]
    spans: list[tuple[int, int]]
    found: dict[int, Operator]
    after: Behind
    plain: frozenset[str]
    walk: Walk = field(default_factory=Walk)
    bearings: dict[int, Bearing] = field(default_factory=dict)
    unwanted: list[int] = field(default_factory=list)
    spent: set[int] = field(default_factory=set)
    idle: set[int] = field(default_factory=set)

    def go(self) -> None:
        """Walks to the end, once."""
        self.spent.update(self.after.used)
        places = {first: place for place, (first, _) in enumerate(self.spans)}
        words = self.reading.words
        at = 0
        while at < len(words):
            operator, place = self.found.get(at), places.get(at)
            if place is not None and not (operator and self._is_within(place, operator)):
                at = self._mention(place, at)
            elif operator:
                at = self._operator(operator, places)
            elif words[at].mark:
                pass_mark(self.walk, words[at].fold)
                if words[at].fold == "," and at + 1 < len(words) and words[at + 1].fold in _SUBJECTS:
                    self.walk.end_clause()
                at += 1
            else:
                self._word(at)
                at += 1

    def _mention(self, place: int, at: int) -> int:
        walk, mention, last = self.walk, self.mentions[place], self.spans[place][1]
        if place and walk.negator is Role.QUALITY_NEGATOR and self._corrects(place):
            walk.release()
        if _is_guess(mention):
            if walk.negator is Role.QUALITY_NEGATOR or (walk.negator and walk.items and walk.link is None):
                self.idle.add(place)
        elif self.unwanted and self.unwanted[-1] == at - 1:
            self.unwanted = _without_run(self.unwanted)
        free = follows(self.reading, last, "free")  # "gore-free": the negation stands behind
        self.bearings[place] = (
            Bearing(negated=True) if free else bear(walk, mention, place, reading=self.reading, last=last)
        )
        return last

    def _operator(self, operator: Operator, places: dict[int, int]) -> int:
        inside = range(operator.first, operator.last)
        if not self.after.used.isdisjoint(inside):
            self.walk.end_clause()
            return operator.last
        self.spent.update(inside)
        lacked = places.get(operator.last)
        if lacked is not None and Role.NOUN_NEGATOR in operator.roles:
            first, last = self.spans[lacked]
            if lacks_someone(self.reading, operator, [word.fold for word in self.reading.words[first:last]]):
                self.bearings[lacked] = Bearing(allowed=True)
                return last
        operate(self.walk, operator, self.reading, self.bearings)
        for at in inside:
            if at in places:  # what an operator holds in its midst is no wish: "bored to death of"
                self.bearings[places[at]] = Bearing(allowed=True)
        return operator.last

    def _word(self, at: int) -> None:
        walk, small = self.walk, self.reading.words[at].fold in self.plain
        if not small and walk.negator and reaches(walk):
            self.spent.add(at)
            listed = walk.items == 0 or walk.link is not None or at - 1 in self.unwanted[-1:]
            if walk.negator is Role.NOUN_NEGATOR and not walk.verb and listed:
                self.unwanted.append(at)
        elif not small and any(Role.LESS in operator.roles for operator in walk.pending):
            self.spent.add(at)  # "less talking" must not steer towards talking
        pass_by(walk, small=small)

    def _is_within(self, place: int, operator: Operator) -> bool:
        """Whether an operator that begins with the mention goes on behind it, or the mention is only a guess."""
        last = self.spans[place][1]
        return last < operator.last or (_is_guess(self.mentions[place]) and last <= operator.last)

    def _corrects(self, place: int) -> bool:
        """Whether the mention is what is meant instead of the one before: "not French, Italian". A list would go on,
        or have a link before its last."""
        words, before, here = self.reading.words, self.spans[place - 1], self.spans[place]
        between = [word.fold for word in words[before[1] : here[0]] if word.fold not in _ARTICLES]
        next_ = words[here[1] : here[1] + 1]
        ends = not next_ or next_[0].fold in CLAUSE_ENDS or next_[0].fold in _POLITE
        alone = place == 1 or self.spans[place - 2][1] < before[0] - 1
        kinds = [{sense.kind for sense in self.mentions[at].senses} & _SORTS for at in (place - 1, place)]
        return between == [","] and ends and alone and not kinds[0].isdisjoint(kinds[1])


def _with_behind(bearings: dict[int, Bearing], after: Behind, mentions: tuple[Mention, ...]) -> list[Bearing]:
    """The bearings with what stands behind: it refuses what was wanted, and measures what stays wanted."""
    settled = []
    for place, _ in enumerate(mentions):
        bearing = bearings.get(place, Bearing())
        if place in after.enough and (bearing.negated or bearing.soft):
            bearing = Bearing(change=1, strength=bearing.strength)
        if place in after.bearings and not (after.bearings[place].allowed and bearing.negated):
            bearing = after.bearings[place]
        if place in after.measures and not bearing.negated:
            bearing = replace(bearing, strength=after.measures[place])
        settled.append(bearing)
    return settled


def _is_guess(mention: Mention) -> bool:
    return mention.by == "ner" and mention.has(Kind.KEYWORD)


def _without_run(words: list[int]) -> list[int]:
    """Without the run of words that comes to the end: they describe the mention behind them ("cgi monsters")."""
    first = len(words) - 1
    while first and words[first - 1] == words[first] - 1:
        first -= 1
    return words[:first]


def _runs(words: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in words:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
