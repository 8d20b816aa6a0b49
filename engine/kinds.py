"""Kinds of film beyond genre, mood and theme: which films are one, by what a catalogue says of them."""

from functools import reduce

from index import Catalogue, RowSet
from persona_configs.vocabulary import film_kinds

#: A content note from which a film is known for what it shows or says (0 none, 3 strong).
_STRONG = 2
#: What somebody who refuses a theme will not see, by the content note that tells of it.
_NOTED = {"sexuality": "sex"}


def keyword_rows(catalogue: Catalogue, word: str) -> RowSet:
    """The films that a keyword holds for: those that carry it and, where it names a kind of film, all of that kind."""
    rows = catalogue.having("keywords", word)
    kind = film_kinds().get(word)
    if kind is None:
        return rows
    rows = reduce(RowSet.__or__, (catalogue.having("keywords", keyword) for keyword in kind.keywords), rows)
    if kind.defines:
        labels = (("genres", name) for name in kind.genres), (("themes", name) for name in kind.themes)
        parts = [catalogue.having(field, name) for pairs in labels for field, name in pairs]
        rows = rows | reduce(RowSet.__and__, parts)
    return rows | _noted(catalogue, kind.content) if kind.content else rows


def is_kind(word: str) -> bool:
    """Whether a keyword names a kind of film, so that films can be held against it."""
    return word in film_kinds()


def shown_rows(catalogue: Catalogue, theme: str) -> RowSet:
    """The films that show what a theme is about, whatever they have to say: by their content notes."""
    note = _NOTED.get(theme)
    return _noted(catalogue, note) if note else RowSet.nothing(len(catalogue))


def _noted(catalogue: Catalogue, note: str) -> RowSet:
    return catalogue.where(lambda film: film.content.get(note, 0) >= _STRONG)
