"""MovieLens titles: "City of Lost Children, The (Cité des enfants perdus, La) (1995)"."""

import re
from dataclasses import dataclass

from index.sources.mapping.cells import article_first, title_and_year

#: A group in brackets at the end, which may itself hold one pair. What is glued to its word ("Frontière(s)") is none.
_BRACKETS = re.compile(r"(?P<before>.*\S)\s+\((?P<inside>(?:[^()]|\([^()]*\))+)\)$", re.DOTALL)
_ALSO_KNOWN = re.compile(r"^(?:a\.?\s*k\.?\s*a\.?:?|aka:?)\s+", re.IGNORECASE)
#: Ends that no title has: what follows in brackets belongs to it ("Birdman: Or (The Unexpected …)").
_GOES_ON = re.compile(r"(?:\b(?:or|and|of|the)|[:&,-])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title in reading order, the other names that stood in brackets behind it, and the year of release."""

    title: str
    others: tuple[str, ...]
    year: int | None


def read_title(written: str) -> Titled:
    """The title as MovieLens writes it: articles brought to the front, other titles and the year taken apart.

    Which of the other titles is the original one is not said, so none is called that.
    """
    rest, year = title_and_year(written)
    others: list[str] = []
    while (found := _BRACKETS.match(rest)) and not _GOES_ON.search(article_first(found["before"])):
        others.insert(0, _plain(_ALSO_KNOWN.sub("", found["inside"])))
        rest = found["before"]
    title = _plain(rest)
    return Titled(title, tuple(dict.fromkeys(other for other in others if other and other != title)), year)


def _plain(title: str) -> str:
    return article_first(" ".join(title.split()))
