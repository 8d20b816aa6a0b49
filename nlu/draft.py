"""From mentions and their bearings to a frame: every mention becomes a wish, an avoidance, a movement or a range."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from nlu.bearing import Bearing
from nlu.frame import LOOKS_LIKE, WELL_REVIEWED, Frame, Range, Role, Shift, Sort, Span, Wishes, Years
from nlu.sense import Kind, Mention, Sense
from persona_configs.vocabulary import CERTIFICATIONS

#: Strength of a movement that says no measure, of a plain quality, and of a plain "not".
MOVE, PLAIN, NOT = 0.5, 0.5, 0.7
FIELDS = {
    Kind.MOOD: "moods", Kind.THEME: "themes", Kind.VISUAL: "visual", Kind.GENRE: "genres", Kind.PERSON: "people",
    Kind.KEYWORD: "keywords", Kind.LANGUAGE: "languages", Kind.COUNTRY: "countries", Kind.AWARD: "awards",
}  # fmt: skip
#: What bounds or orders a request and is no subject of one.
_BOUNDS = frozenset({Kind.YEAR, Kind.RUNTIME, Kind.CERTIFICATION, Kind.SORT, Kind.DROP, Kind.UNHELD})
#: What somebody who refuses an order asks for: "nothing too obscure".
_TURNED = {
    Sort.POPULAR: Sort.OBSCURE, Sort.OBSCURE: Sort.POPULAR, Sort.NEWEST: Sort.OLDEST, Sort.OLDEST: Sort.NEWEST,
    Sort.SHORTEST: Sort.LONGEST, Sort.LONGEST: Sort.SHORTEST,
}  # fmt: skip
#: Genres that a compound ("romantic comedy") is a kind of; refusing the kind does not refuse these.
_BROAD = frozenset({"Comedy", "Drama"})


@dataclass
class Draft:
    """A frame in the making. `spans` are what the words became.

    `moved` once a wording compared with what stands, `brought` once something was wanted in its own right.
    """

    wants: dict[str, list[str]] = field(default_factory=dict)
    avoids: dict[str, list[str]] = field(default_factory=dict)
    like: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    year: Range = (None, None)
    runtime_min: Range = (None, None)
    certification_max: str | None = None
    tone: dict[str, Shift] = field(default_factory=dict)
    not_years: list[Years] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)
    sort: Sort | None = None
    drops: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    moved: bool = False
    brought: bool = False

    def add(self, mention: Mention, bearing: Bearing, *, about: bool = False) -> bool:
        """Takes a mention in; `about` where the words before it say that it is the subject. False where it says nothing
        in this place, so that its words stay open for others."""
        before = len(self.spans)
        compares = any(sense.compares for sense in mention.senses)
        if bearing.allowed and mention.has(Kind.CERTIFICATION, Kind.DROP):
            bearing = Bearing()  # "PG-13 is fine" is a limit all the same
        if bearing.allowed and not any(sense.value == WELL_REVIEWED for sense in mention.senses):
            return False
        if bearing.allowed:  # praise that need not be takes back the wish for it, and costs no film
            bearing = Bearing(negated=True)
        if mention.has(Kind.FILM):
            for sense in mention.senses:
                self._put(mention, sense, avoid=bearing.negated or bearing.change < 0)
        elif compares or bearing.change or (bearing.soft and mention.has(Kind.TONE)):
            self._move(mention, bearing, compares=compares)
        elif bearing.negated:
            self._refuse(mention)
        else:
            self._wish(mention, bearing, about=about)
        return len(self.spans) > before

    def frame(self, *, text: str, rest: str) -> Frame:
        """The frame so far, with the words of `text` that nothing took. What is wanted and avoided in other words ("a
        Christmas film without Santa") stays wanted, and the words themselves are avoided."""
        for name, words in list(self.avoids.items()):
            for word in [word for word in words if word in self.wants.get(name, ())]:
                wanted, avoided = (self._said(text, f"{side}.{name}", word) for side in ("wants", "avoids"))
                if wanted == avoided:
                    self.wants[name].remove(word)
                else:
                    words.remove(word)
                    _append(self.avoids.setdefault("keywords", []), avoided)
        if not self.like and LOOKS_LIKE in (looks := self.wants.get("visual", [])):
            looks.remove(LOOKS_LIKE)  # "looks like a painting" names no film
        return Frame(
            wants=_wishes(self.wants),
            avoids=_wishes(self.avoids),
            like=tuple(movie_id for movie_id in self.like if movie_id not in self.unlike),
            unlike=tuple(self.unlike),
            year=self.year,
            runtime_min=self.runtime_min,
            certification_max=self.certification_max,
            tone=self.tone,
            rest=rest,
            not_years=tuple(self.not_years),
            roles=self.roles,
            sort=self.sort,
            drops=tuple(self.drops),
        )

    def _said(self, text: str, slot: str, value: str) -> str:
        return next(text[s.start : s.end].lower() for s in self.spans if s.slot == slot and s.value == value)

    def _move(self, mention: Mention, bearing: Bearing, *, compares: bool) -> None:
        direction = bearing.change or 1
        if bearing.negated:
            direction = -1
        self.moved = True
        axes = _axes(mention, firm=True) or _axes(mention, firm=False)
        if axes:
            for sense in axes:
                self._shift(mention, sense, direction, bearing.strength or MOVE)
            return
        compared = [sense for sense in mention.senses if sense.compares] if compares else list(mention.senses)
        for sense in compared:
            self._put(mention, sense, avoid=direction < 0)

    def _refuse(self, mention: Mention) -> None:
        # Whoever watches, and a rating that is refused, set no limit of their own: "not for kids" allows everything.
        watcher = mention.has(Kind.CERTIFICATION)
        kinds = [sense for sense in mention.senses if sense.kind not in {Kind.TONE, Kind.CERTIFICATION}]
        # Who wants no slashers may still want to be frightened.
        kinds = [sense for sense in kinds if sense.joined and sense.kind is Kind.KEYWORD] or kinds
        genres = {sense.value for sense in kinds if sense.kind is Kind.GENRE}
        for sense in () if watcher else kinds:
            if not (len(genres) > 1 and sense.value in _BROAD):
                self._put(mention, sense, avoid=True)
        for sense in _axes(mention, firm=True) or ([] if kinds else _axes(mention, firm=False)):
            self._shift(mention, sense, -1, NOT)

    def _wish(self, mention: Mention, bearing: Bearing, *, about: bool) -> None:
        senses = [sense for sense in mention.senses if not sense.weighed]
        if not senses and bearing.lifted:
            senses = _axes(mention, firm=False)
        kinds = {sense.kind for sense in senses}
        if Kind.CERTIFICATION not in kinds and mention.by != "emoji":
            if Kind.MOOD in kinds and bearing.strength is None:
                senses = [sense for sense in senses if sense.kind is not Kind.TONE]
            if {Kind.GENRE, Kind.THEME} <= kinds and not any(sense.joined for sense in senses):
                dropped = Kind.GENRE if about else Kind.THEME
                senses = [sense for sense in senses if sense.kind is not dropped]
            if Kind.GENRE in kinds:
                senses = [sense for sense in senses if sense.kind is not Kind.TONE]
        watched = Kind.CERTIFICATION in kinds
        for sense in senses:
            self.brought = self.brought or not (sense.kind in _BOUNDS or sense.avoid or watched)
            if sense.kind is Kind.TONE:
                self._shift(mention, sense, 1, bearing.strength or PLAIN)
            else:
                self._put(mention, sense, avoid=False)

    def _put(self, mention: Mention, sense: Sense, *, avoid: bool) -> None:
        avoided = avoid != sense.avoid
        match sense.kind:
            case Kind.YEAR:
                self._put_years(mention, sense, avoid=avoid)
            case Kind.RUNTIME:
                ends = _flipped(sense) if avoid else (sense.low, sense.high)
                self.runtime_min = _met(self.runtime_min, ends)
                self._span(mention, "runtime_min", _shown(ends))
                self.moved = self.moved or sense.compares
            case Kind.CERTIFICATION:
                both = [name for name in (self.certification_max, sense.value) if name]
                self.certification_max = min(both, key=CERTIFICATIONS.index)
                self._span(mention, "certification_max", sense.value)
            case Kind.FILM:
                if mention.asks or avoided:
                    _append(self.unlike if avoided else self.like, sense.value)
                    self._span(mention, "unlike" if avoided else "like", sense.value)
                else:
                    self._span(mention, "reference", sense.value)
            case Kind.TONE:
                self._shift(mention, sense, -1 if avoided else 1, MOVE)
            case Kind.SORT | Kind.DROP | Kind.UNHELD:
                self._put_request(mention, sense, avoid=avoided)
            case kind:
                if sense.role is not None:
                    self.roles[sense.value] = sense.role
                side, name = (self.avoids, "avoids") if avoided else (self.wants, "wants")
                _append(side.setdefault(FIELDS[kind], []), sense.value)
                self._span(mention, f"{name}.{FIELDS[kind]}", sense.value)

    def _put_years(self, mention: Mention, sense: Sense, *, avoid: bool) -> None:
        if avoid and sense.low is not None and sense.high is not None:
            _append_years(self.not_years, (sense.low, sense.high))
            self._span(mention, "not_years", _shown((sense.low, sense.high)))
            return
        ends = _flipped(sense) if avoid else (sense.low, sense.high)
        if (gap := _between(self.year, ends)) is not None:
            _append_years(self.not_years, gap)
        self.year = _met(self.year, ends)
        self._span(mention, "year", _shown(ends))
        self.moved = self.moved or sense.compares

    def _put_request(self, mention: Mention, sense: Sense, *, avoid: bool) -> None:
        if sense.kind is Kind.SORT:
            self.sort = (_TURNED.get(Sort(sense.value)) if avoid else Sort(sense.value)) or self.sort
            self._span(mention, "sort", self.sort or "")
        elif sense.kind is Kind.DROP:
            _append(self.drops, sense.value)
            self._span(mention, "drops", sense.value)
        else:
            self._span(mention, "unheld", sense.value)

    def _shift(self, mention: Mention, sense: Sense, direction: int, strength: float) -> None:
        signed = direction * sense.direction
        self.tone[sense.value] = Shift(1 if signed > 0 else -1, round(strength, 2))
        self._span(mention, f"tone.{sense.value}", f"{signed * strength:+.2g}")

    def _span(self, mention: Mention, slot: str, value: str) -> None:
        self.spans.append(Span(mention.start, mention.end, slot, value, mention.by))


def _axes(mention: Mention, *, firm: bool) -> list[Sense]:
    axes = (sense for sense in mention.senses if sense.kind is Kind.TONE and sense.weighed != firm)
    return list({sense.value: sense for sense in axes}.values())


def _flipped(sense: Sense) -> Range:
    """What is left of all years or minutes: an open range has one, of a closed one both sides stay, so none is set."""
    if sense.low is None and sense.high is not None:
        return sense.high + 1, None
    return (None, sense.low - 1) if sense.high is None and sense.low is not None else (None, None)


def _met(one: Range, other: Range) -> Range:
    """Where two ranges meet; where they do not, the stretch from the one to the other ("80s or 2000s")."""
    low = max((end for end in (one[0], other[0]) if end is not None), default=None)
    high = min((end for end in (one[1], other[1]) if end is not None), default=None)
    if low is None or high is None or low <= high:
        return low, high
    return (
        (None, None) if None in (*one, *other) else (min(one[0] or 0, other[0] or 0), max(one[1] or 0, other[1] or 0))
    )


def _between(one: Range, other: Range) -> Years | None:
    """The years between two stretches that do not meet ("the 70s or the 90s"); None where they do, or one is open."""
    if None in (*one, *other):
        return None
    early, late = sorted((one, other), key=lambda ends: ends[0] or 0)
    first, last = (early[1] or 0) + 1, (late[0] or 0) - 1
    return (first, last) if first <= last else None


def _append_years(stretches: list[Years], years: Years) -> None:
    if years not in stretches:
        stretches.append(years)


def _shown(ends: Range) -> str:
    return "-".join("" if end is None else str(end) for end in ends)


def _append(words: list[str], word: str) -> None:
    if word not in words:
        words.append(word)


def _wishes(words: dict[str, list[str]]) -> Wishes:
    return Wishes(**{name: tuple(words[name]) for name in _names() if words.get(name)})


def _names() -> Iterator[str]:
    return (part.name for part in fields(Wishes))
