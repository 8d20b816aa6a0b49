"""The rule-book's anchors are true: each film stands on its axis where LABELLING.md says."""

import re
from pathlib import Path

import index.starter
from index import gather
from index.sources.starter import JsonLinesFolder
from persona_configs.vocabulary import axes

FILMS = {(film.title, film.year): film for film in gather([JsonLinesFolder()])}
BOOK = (Path(index.starter.__path__[0]) / "LABELLING.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `([a-z]+)` \| (.+) \|$", re.MULTILINE)
_FILM = re.compile(r"^(.+) \((\d{4})\)$")
#: Columns of the table that hold films, and the figure that each stands for.
_ANCHORS = {1: 0.0, 2: 0.25, 3: 0.5, 4: 0.75, 6: 1.0}
_SLACK = 0.1


def anchors() -> list[tuple[str, float, str, int]]:
    """Every anchor: axis, figure, title, year."""
    found = []
    for axis, cells in _ROW.findall(BOOK):
        if axis not in axes():
            continue
        parts = [cell.strip() for cell in cells.split("|")]
        for column, figure in _ANCHORS.items():
            if hit := _FILM.match(parts[column]):
                found.append((axis, figure, hit[1], int(hit[2])))
    return found


def test_every_axis_has_anchors() -> None:
    assert {axis for axis, *_ in anchors()} == set(axes())
    assert len(anchors()) >= 13 * 5 - 1


def test_anchors_stand_where_the_book_says() -> None:
    off = [
        f"{title}: {axis} is {film.tone[axis]}, the book says {figure}"
        for axis, figure, title, year in anchors()
        if abs((film := FILMS[title, year]).tone[axis] - figure) > _SLACK
    ]
    assert not off, "\n".join(off)
