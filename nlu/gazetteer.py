"""The names a catalogue holds: titles and people, given as plain values, found by word, by surname and by likeness."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from nlu.phrases import Folds, Phrases, folds

#: One film: movie_id, title, alternative titles, year of release.
TitleRow = tuple[str, str, Iterable[str], int | None]
#: Likeness in percent from which a misspelt name is taken for the catalogue's; shorter names need more.
LIKENESS_MIN, LIKENESS_SHORT_MIN, SHORT_CHARS = 87.0, 91.0, 8
#: Names below this many letters are never corrected: too many words lie one letter away.
CORRECTED_MIN_CHARS = 5
#: How many times more often a person must appear than the next of the same surname to be meant by the surname alone.
OUTSHINES = 2
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "el", "los", "il", "der", "die", "das"})


@dataclass(frozen=True, slots=True)
class Named:
    """A film under one of its names; `whole` is False for a shortened one ("Godfather", "Kill Bill")."""

    movie_id: str
    year: int | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Titles and people of one catalogue. An immutable value; build it with `of`, share it between threads."""

    films: Phrases[Named]
    people: Phrases[str]
    surnames: Phrases[str]
    _titles: tuple[str, ...] = field(repr=False)
    _title_of: Mapping[str, tuple[Named, ...]] = field(repr=False)
    _names: tuple[str, ...] = field(repr=False)
    _name_of: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, *, titles: Iterable[TitleRow] = (), people: Iterable[str] = ()) -> "Gazetteer":
        """The gazetteer of these films and people. Where two films share a title, the one given first is meant
        unless the message gives a year. A name may repeat: how often decides who is meant by a surname alone."""
        films = [entry for row in titles for entry in _title_entries(row)]
        counts = Counter(people)
        whole: dict[str, list[Named]] = defaultdict(list)
        for key, named in films:
            whole[" ".join(key)].append(named)
        names = {" ".join(folds(name)): name for name in counts}
        return cls(
            films=Phrases(films),
            people=Phrases((folds(name), name) for name in counts),
            surnames=Phrases(_surnames(counts)),
            _titles=tuple(title for title in whole if len(title) >= CORRECTED_MIN_CHARS),
            _title_of={title: tuple(named) for title, named in whole.items()},
            _names=tuple(name for name in names if len(name) >= CORRECTED_MIN_CHARS),
            _name_of=names,
        )

    def title_like(self, written: Sequence[str]) -> tuple[Named, ...]:
        """The films whose name is most like these folded words, () where none is like enough."""
        found = _most_like(" ".join(written), self._titles)
        return self._title_of[found] if found else ()

    def person_like(self, written: Sequence[str]) -> str | None:
        """The person whose whole name is most like these folded words, None where none is like enough."""
        found = _most_like(" ".join(written), self._names)
        return self._name_of[found] if found else None


def meant(films: Sequence[Named], *, year: int | None = None) -> Named:
    """The one film that a name stands for: of the year given if one is, a whole title before a shortened one."""
    return min(films, key=lambda film: (year is not None and film.year != year, not film.whole))


def _most_like(written: str, names: Sequence[str]) -> str | None:
    if len(written) < CORRECTED_MIN_CHARS:
        return None
    least = LIKENESS_SHORT_MIN if len(written) < SHORT_CHARS else LIKENESS_MIN
    found = process.extractOne(written, names, scorer=fuzz.ratio, score_cutoff=least)
    return str(found[0]) if found else None


def _title_entries(row: TitleRow) -> Iterator[tuple[Folds, Named]]:
    movie_id, title, others, year = row
    names = [name for name in (title, *others) if name]
    wholes = {folds(name) for name in names}
    for key in wholes:
        if key:
            yield key, Named(movie_id, year, whole=True)
    for name in names:
        for key in _shortened(name):
            if key and key not in wholes:
                yield key, Named(movie_id, year, whole=False)


def _shortened(name: str) -> Iterator[Folds]:
    """How people cut a title: no article, no subtitle, "Spider-Man" as one word."""
    key = folds(name)
    if len(key) > 1 and key[0] in _ARTICLES:
        yield key[1:]
    head, colon, _ = name.partition(": ")
    if colon and (len(folds(head)) > 1 or len(head) >= SHORT_CHARS):
        yield folds(head)
    if "-" in name:
        yield folds(name.replace("-", ""))


def _surnames(counts: Counter[str]) -> Iterator[tuple[Folds, str]]:
    families: dict[str, list[str]] = defaultdict(list)
    for name, _ in counts.most_common():
        key = folds(name)
        if len(key) > 1:
            families[key[-1]].append(name)
            if key[-2] in {"de", "von", "van", "del", "du", "da", "di", "le", "la", "ten"}:
                families[" ".join(key[-2:])].append(name)
    for surname, names in families.items():
        key = tuple(surname.split())
        rivals = len(names) > 1 and counts[names[0]] < OUTSHINES * counts[names[1]]
        yield from ((key, name) for name in (names if rivals else names[:1]))
