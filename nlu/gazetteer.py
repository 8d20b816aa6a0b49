"""The names a catalogue holds: titles and people, given as plain values, found by word, by surname and by likeness."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import jellyfish
from rapidfuzz import fuzz, process

from nlu.phrases import Folds, Phrases, folds
from nlu.titles import title_keys

#: One film: movie_id, title, alternative titles, year of release.
TitleRow = tuple[str, str, Iterable[str], int | None]
#: Likeness in percent from which a misspelt name is taken for the catalogue's; shorter names need more.
LIKENESS_MIN, LIKENESS_SHORT_MIN, SHORT_CHARS = 87.0, 91.0, 8
#: Names below this many letters are never corrected: too many words lie one letter away.
CORRECTED_MIN_CHARS = 5
#: How many times more often a person must appear than the next of the same surname to be meant by the surname alone.
OUTSHINES = 2
#: Likeness of the one part of a name where the other part is spelt right; less where both sound the same.
PART_LIKENESS_MIN, PART_SOUND_MIN = 75.0, 60.0
#: From how many films on a person is meant by a surname that is an everyday word too.
KNOWN_FILMS = 4
#: How many bearers of one surname "the … brothers" can mean.
SIBLINGS_MOST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A film under one of its names; `whole` is False for one that people made of it ("Godfather", "Fury Road")."""

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
    _counts: Mapping[str, int] = field(repr=False)
    _by_part: Mapping[str, tuple[str, ...]] = field(repr=False)
    given: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, *, titles: Iterable[TitleRow] = (), people: Iterable[str] = ()) -> "Gazetteer":
        """The gazetteer of these films and people. Where two films share a title, the one given first is meant
        unless the message gives a year. A name may repeat: how often decides who is meant by a surname alone."""
        counts = Counter(people)
        keys = {folds(name): name for name in counts}
        films = [entry for row in titles for entry in _title_entries(row, people=keys)]
        parts: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            if len(key) > 1:
                for part in {key[0], key[-1]}:
                    parts[part].append(" ".join(key))
        given = Counter(key[0] for key in keys if len(key) > 1)
        whole: dict[str, list[Named]] = defaultdict(list)
        for key, named in films:
            whole[" ".join(key)].append(named)
        names = {" ".join(key): name for key, name in keys.items()}
        return cls(
            films=Phrases(films),
            people=Phrases((key, name) for key, name in keys.items() if any(word.isalpha() for word in key)),
            surnames=Phrases(_surnames(counts)),
            _titles=tuple(title for title in whole if len(title) >= CORRECTED_MIN_CHARS),
            _title_of={title: tuple(named) for title, named in whole.items()},
            _names=tuple(name for name in names if len(name) >= CORRECTED_MIN_CHARS),
            _name_of=names,
            _counts=counts,
            _by_part={part: tuple(of_part) for part, of_part in parts.items()},
            given=frozenset(name for name, count in given.items() if count > 1),
        )

    def title_like(self, written: Sequence[str]) -> tuple[Named, ...]:
        """The films whose name is most like these folded words, () where none is like enough."""
        found = _most_like(" ".join(written), self._titles)
        return self._title_of[found] if found else ()

    def person_like(self, written: Sequence[str]) -> str | None:
        """The person whose whole name is most like these folded words, None where none is like enough."""
        found = _most_like(" ".join(written), self._names)
        return self._name_of[found] if found else None

    def person_of_parts(self, given: str, family: str) -> str | None:
        """The person of whose two names one is spelt right and the other nearly ("seth rogan", "micheal caine")."""
        written = f"{given} {family}"
        best: tuple[float, int, str] | None = None
        for name in (*self._by_part.get(given, ()), *self._by_part.get(family, ())):
            first, _, rest = name.partition(" ")
            last = rest.rpartition(" ")[2]
            one, other = (family, last) if first == given else (given, first)
            if one == other or len(one) < 4 or one[0] != other[0]:
                continue
            likeness = fuzz.ratio(one, other)
            sounds = jellyfish.metaphone(one) == jellyfish.metaphone(other)
            if likeness >= (PART_SOUND_MIN if sounds else PART_LIKENESS_MIN):
                rank = (likeness + 10 * sounds, self._counts[self._name_of[name]], name)
                best = max(best, rank) if best else rank
        return self._name_of[best[2]] if best and best[2] != written else None

    def well_known(self, name: str) -> bool:
        """Whether the person stands in enough films to be meant by a surname that is an everyday word too."""
        return self._counts.get(name, 0) >= KNOWN_FILMS

    def namesakes(self, written: Sequence[str]) -> tuple[Named, ...]:
        """The films that bear exactly this title, as folded words."""
        return tuple(film for film in self.films.of(tuple(written)) if film.whole)


def meant(films: Sequence[Named], *, year: int | None = None) -> Named:
    """The one film that a name stands for: of the year given if one is, a whole title before a shortened one."""
    return min(films, key=lambda film: (year is not None and film.year != year, not film.whole))


def _most_like(written: str, names: Sequence[str]) -> str | None:
    if len(written) < CORRECTED_MIN_CHARS:
        return None
    least = LIKENESS_SHORT_MIN if len(written) < SHORT_CHARS else LIKENESS_MIN
    found = process.extractOne(written, names, scorer=fuzz.ratio, score_cutoff=least)
    return str(found[0]) if found else None


def _title_entries(row: TitleRow, *, people: Mapping[Folds, str]) -> Iterator[tuple[Folds, Named]]:
    movie_id, title, others, year = row
    names = [name for name in (title, *others) if name]
    wholes = {key for name in names if (key := folds(name))}
    for key in wholes:
        yield key, Named(movie_id, year, whole=True)
    seen = set(wholes)
    for name in names:
        for key in title_keys(name):
            # A film about a person ("Frida: …") does not take the person's name.
            if key not in seen and key not in people:
                seen.add(key)
                yield key, Named(movie_id, year, whole=False)


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
