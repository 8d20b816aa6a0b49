"""What sources call a genre, a mood or a theme, and what the closed vocabularies call it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from persona_configs.vocabulary import Term, genres, moods, themes

#: Fields of a film whose words come from a closed vocabulary.
CLOSED = MappingProxyType({"genres": genres, "moods": moods, "themes": themes})
#: What catalogues say besides the ways in which people say it.
_CATALOGUES_SAY: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "genres": {
        "action adventure": ("Action", "Adventure"),
        "biographical": ("Biography",),
        "children": ("Family",),
        "childrens": ("Family",),
        "historical": ("History",),
        "kids": ("Family",),
        "musicals": ("Musical",),
        "romantic": ("Romance",),
        "sports": ("Sport",),
    }
}
#: Likeness in percent below which no word is close enough to be offered.
_CLOSE_MIN = 55.0
_KINDS = {"genres": "genre", "moods": "mood", "themes": "theme"}


class UnknownWordError(ValueError):
    """A word outside a closed set. The message names the closest known one."""

    def __init__(self, word: str, kind: str, known: Iterable[str]) -> None:
        self.word = word
        near = closest(word, known)
        super().__init__(f"{word!r} is no {kind} we know" + (f"; the closest is {near!r}" if near else ""))


def known_words(field: str, said: str) -> tuple[str, ...]:
    """The words of the field's closed vocabulary that a source's word stands for, at least one: "sci-fi" is Science
    Fiction, "romantic comedy" is Comedy and Romance. Case, hyphens and spaces do not matter.

    Raises `UnknownWordError`.
    """
    found = _spoken(field).get(_plain(said))
    if not found:
        raise UnknownWordError(said, _KINDS[field], CLOSED[field]())
    return found


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None where none is like it."""
    best = process.extractOne(word, list(known), scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=_CLOSE_MIN)
    return best[0] if best else None


@cache
def _spoken(field: str) -> Mapping[str, tuple[str, ...]]:
    terms: Mapping[str, Term] = CLOSED[field]()
    found: dict[str, tuple[str, ...]] = {}
    for name, term in terms.items():
        for way in term.spoken:
            found[_plain(way)] = (*found.get(_plain(way), ()), name)
    # A name of its own is that word alone: "music film" may be said of Music, but "musical" is Musical.
    found.update({_plain(name): (name,) for name in terms})
    return {**_CATALOGUES_SAY.get(field, {}), **{way: tuple(dict.fromkeys(names)) for way, names in found.items()}}


def _plain(word: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", word.casefold().replace("'", "").replace("’", "")))
