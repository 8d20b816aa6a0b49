"""The frame: what a person asked for, as the rest of the system reads it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from annotated_types import Ge, Le

Words = tuple[str, ...]
Range = tuple[int | None, int | None]
#: Years (first, last), both inclusive and known.
Years = tuple[int, int]

#: The language that we speak, ISO 639-1.
ENGLISH = "en"

#: The keyword that asks for praise ("critically acclaimed", "something people loved") and names no subject.
WELL_REVIEWED = "well-reviewed"

#: The visual word that asks for the look of the films that a frame is like.
LOOKS_LIKE = "looks-like"


class Role(StrEnum):
    """What a person does in the films that are meant, where the words say so."""

    DIRECTOR = "director"
    CAST = "cast"
    WRITER = "writer"


class Sort(StrEnum):
    """What comes first among the films that fit."""

    POPULAR = "popular"  # well known before little known
    OBSCURE = "obscure"  # the other way round
    BEST = "best"  # by what viewers and juries thought
    NEWEST = "newest"
    OLDEST = "oldest"
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is wanted, or avoided, by kind. Moods, themes, visual words and genres are from the closed vocabularies.

    `languages` are ISO 639-1, `countries` ISO 3166-1 alpha-2, `people` names as the catalogue spells them.
    """

    moods: Words = ()
    themes: Words = ()
    visual: Words = ()
    genres: Words = ()
    people: Words = ()
    keywords: Words = ()
    languages: Words = ()
    countries: Words = ()
    awards: Words = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """A movement along a tone axis: more (1) or less (-1) of it, and how much of the way, 0-1."""

    direction: Literal[-1, 1]
    strength: Annotated[float, Ge(0.0), Le(1.0)] = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One request. Empty fields ask for nothing; `rest` holds the words that no slot took, which still steer meaning.

    `year` and `runtime_min` are inclusive (min, max) with None for an open end; `not_years` are stretches that no
    film may be of. `roles` says what a person, wanted or avoided, does in the film, where the words said it. `drops`
    are the fields ("year", "wants.languages") whose wishes a change takes back; a frame in force has none.
    """

    wants: Wishes = field(default_factory=Wishes)
    avoids: Wishes = field(default_factory=Wishes)
    like: Words = ()
    unlike: Words = ()
    year: Range = (None, None)
    runtime_min: Range = (None, None)
    certification_max: str | None = None
    tone: dict[str, Shift] = field(default_factory=dict)
    rest: str = ""
    not_years: tuple[Years, ...] = ()
    roles: dict[str, Role] = field(default_factory=dict)
    sort: Sort | None = None
    drops: Words = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, [start, end) in characters, that filled a slot.

    `slot` is "wants.moods", "avoids.genres", "year", "reference" …, `value` what it became, `by` what found it.
    """

    start: int
    end: int
    slot: str
    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointing at something shown or known: the n-th pick (0-based, -1 for the last), a film by id, or "all"."""

    kind: Literal["ordinal", "film", "all", "last"]
    ordinal: int | None = None
    movie_id: str | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Words that leave open what they mean ("when my parents were young"), and the years they were taken for."""

    said: str
    years: Range


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A title as it was written that several films of the catalogue bear, and nothing said which: at least two ids.

    The first is the one that the frame took.
    """

    said: str
    movie_ids: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """All that one message says: the frame, what it points at, how many films it wants, and the spans behind it.

    `refines` is true when the wording only makes sense against a standing frame ("brighter", "not animated").
    `compares` names the ranges ("year", "runtime_min") that are meant against what was shown ("older", "shorter"); the
    frame then holds what they mean with nothing shown.
    `language` is what it is written in, ISO 639-1; of a message in another one only what was surely understood is here.
    `unknown` are titles that the message clearly names and the catalogue does not hold; their words are in `rest` too.
    `ambiguous` are titles that several films bear where no year decides.
    `assumed` are guesses that the frame rests on, `unheld` wishes that no catalogue tells ("dubbed"): a reply says
    both.
    """

    text: str
    frame: Frame = field(default_factory=Frame)
    references: tuple[Reference, ...] = ()
    spans: tuple[Span, ...] = ()
    number: int | None = None
    refines: bool = False
    unknown: Words = ()
    compares: Words = ()
    assumed: tuple[Assumption, ...] = ()
    unheld: Words = ()
    ambiguous: tuple[Namesakes, ...] = ()
    language: str = ENGLISH
    latency_ms: float = 0.0
