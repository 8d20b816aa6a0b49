"""A table of phrases: finds, word by word, the longest phrase that starts there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlu.words import Word, read

T = TypeVar("T")
Folds = tuple[str, ...]
#: Marks that a name may hold ("Monsters, Inc.", "2001: A Space Odyssey", "Face/Off").
IN_NAMES = frozenset(":,.-–!?/'’·")


def folds(phrase: str) -> Folds:
    """The words of a phrase as they are compared, marks left out."""
    return tuple(word.fold for word in read(phrase).words if not word.mark)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """Words [first, last) of a text are a phrase of the table; `payload` holds all that was entered for it."""

    first: int
    last: int
    payload: tuple[T, ...]


class Phrases(Generic[T]):
    """An immutable table phrase → payloads. Phrases are compared by `fold`, the last word of one also by its stem."""

    def __init__(self, entries: Iterable[tuple[str | Folds, T]]) -> None:
        table: dict[Folds, dict[T, None]] = {}
        for phrase, payload in entries:
            key = phrase if isinstance(phrase, tuple) else folds(phrase)
            if key:
                table.setdefault(key, {})[payload] = None
        self._table: Mapping[Folds, tuple[T, ...]] = {key: tuple(payloads) for key, payloads in table.items()}
        lengths: dict[str, set[int]] = {}
        for key in self._table:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths: Mapping[str, Sequence[int]] = {
            first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()
        }

    def __len__(self) -> int:
        return len(self._table)

    def __contains__(self, phrase: object) -> bool:
        return (folds(phrase) if isinstance(phrase, str) else phrase) in self._table

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        return frozenset(word for key in self._table for word in key)

    def of(self, phrase: str | Folds) -> tuple[T, ...]:
        """What was entered for a phrase; empty where it is unknown."""
        return self._table.get(phrase if isinstance(phrase, tuple) else folds(phrase), ())

    def at(self, words: Sequence[Word], first: int, *, over: frozenset[str] = frozenset()) -> Hit[T] | None:
        """The longest phrase that starts at word `first`, stepping over marks in `over`."""
        word = words[first]
        counts = self._lengths.get(word.fold) or self._lengths.get(word.stem)
        if not counts:
            return None
        run, ends = _run(words, first, counts[0], over)
        for count in counts:
            if count > len(run):
                continue
            payload = self._table.get(tuple(run[:count]))
            last = ends[count - 1]
            if payload is None and words[last - 1].stem != words[last - 1].fold:
                payload = self._table.get((*run[: count - 1], words[last - 1].stem))
            if payload is not None:
                return Hit(first, last, payload)
        return None

    def find(self, words: Sequence[Word], *, over: frozenset[str] = frozenset()) -> Iterator[Hit[T]]:
        """The longest phrase at every word where one starts; hits may overlap."""
        for first in range(len(words)):
            if hit := self.at(words, first, over=over):
                yield hit

    def cover(self, words: Sequence[Word]) -> Iterator[Hit[T]]:
        """The longest phrases from the left, without overlaps."""
        first = 0
        while first < len(words):
            hit = self.at(words, first)
            if hit:
                yield hit
            first = hit.last if hit else first + 1


def _run(words: Sequence[Word], first: int, most: int, over: frozenset[str]) -> tuple[list[str], list[int]]:
    """Up to `most` folds from `first` on, and for each the word after it; ends at a mark that is not stepped over."""
    run: list[str] = []
    ends: list[int] = []
    for at in range(first, len(words)):
        word = words[at]
        if word.mark:
            if word.fold in over and run:
                continue
            break
        run.append(word.fold)
        ends.append(at + 1)
        if len(run) == most:
            break
    return run, ends
