"""What a stretch of a message can mean: senses, and the mentions that carry them until one place decides."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from nlu.frame import Role, Sort
from persona_configs.vocabulary import CERTIFICATIONS, VISUAL, axes, genres, moods, themes

#: What a message can take back: a field of the frame, the wants of a kind, or a tone axis.
DROPPED = (
    "year", "runtime_min", "certification_max", "sort", "tone", "like", "people", "wants.genres", "wants.moods",
    "wants.themes", "wants.visual", "wants.keywords", "wants.languages", "wants.countries", "wants.awards",
)  # fmt: skip


class Kind(StrEnum):
    """What a sense fills. The first nine are the fields of `nlu.frame.Wishes` in the singular."""

    MOOD = "mood"
    THEME = "theme"
    VISUAL = "visual"
    GENRE = "genre"
    PERSON = "person"
    KEYWORD = "keyword"
    LANGUAGE = "language"
    COUNTRY = "country"
    AWARD = "award"
    TONE = "tone"
    CERTIFICATION = "certification"
    YEAR = "year"
    RUNTIME = "runtime"
    FILM = "film"
    SORT = "sort"
    DROP = "drop"  # takes back what stands of a field of the frame
    UNHELD = "unheld"  # a wish that no catalogue can answer


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning. `value` is the word of the closed vocabulary, the code, the name or the movie_id.

    `direction` is for tone axes. `weighed`: holds only under a degree or a negation. `compares`: the word is a
    comparative. `avoid`: the sense itself is a wish to avoid. `low` and `high` are the ends of a year or runtime range;
    `guess`: they are no more than likely. `joined`: holds beside the other senses of its phrase, not instead of them.
    `role`: what a person does in the film.
    """

    kind: Kind
    value: str = ""
    direction: Literal[-1, 1] = 1
    weighed: bool = False
    compares: bool = False
    avoid: bool = False
    low: int | None = None
    high: int | None = None
    guess: bool = False
    joined: bool = False
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters [start, end) of a message that carry senses, and what found them.

    `by` is the finder's name, as in `nlu.frame.Span`. `asks` is False where a film is only pointed at.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]
    by: str
    asks: bool = True

    def has(self, *kinds: Kind) -> bool:
        """Whether a sense is of one of these kinds."""
        return any(sense.kind in kinds for sense in self.senses)


class LexiconError(ValueError):
    """A lexicon holds something that means nothing here; the message lists every fault with its file."""


def sense_of(written: str) -> Sense:
    """The sense that a lexicon writes as `kind:value`, `tone:axis+`, `not kind:value`. Raises `LexiconError`."""
    _, avoid, bare = written.rpartition("not ")
    name, _, value = bare.partition(":")
    if name not in {kind.value for kind in Kind} or not value:
        raise LexiconError(f"{written!r} is not a sense: write kind:value with a kind of {', '.join(Kind)}")
    kind = Kind(name)
    direction: Literal[-1, 1] = 1
    if kind is Kind.TONE:
        if value[-1] not in "+-":
            raise LexiconError(f"{written!r} needs + or - behind the axis")
        direction, value = (1 if value[-1] == "+" else -1), value[:-1]
    if (closed := _closed(kind)) is not None and value not in closed:
        raise LexiconError(f"{written!r}: {value!r} is not a {kind}")
    return Sense(kind, value, direction, avoid=bool(avoid))


def _closed(kind: Kind) -> Collection[str] | None:
    """The closed set that values of a kind come from; None where any word will do."""
    sets: dict[Kind, Callable[[], Collection[str]]] = {
        Kind.MOOD: moods,
        Kind.THEME: themes,
        Kind.GENRE: genres,
        Kind.TONE: axes,
        Kind.VISUAL: lambda: VISUAL,
        Kind.CERTIFICATION: lambda: CERTIFICATIONS,
        Kind.SORT: lambda: tuple(Sort),
        Kind.DROP: lambda: DROPPED,
    }
    return sets[kind]() if kind in sets else None
