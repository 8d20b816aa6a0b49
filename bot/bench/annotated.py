"""Dialogues of others with what people named in each turn, read into one form: turns with values by label."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from index.errors import IndexingError

#: What INSPIRED writes for a quotation mark.
_QUOTATION_MARK = "QUOTATION_MARK"
_SLOTS = {"GENRE": "genre", "TITLE": "title", "ACTOR": "person", "DIRECTOR": "person", "YEAR": "year"}
_TAGS = {"Actor": "person", "Director": "person", "Genre": "genre", "Year": "year"}


class Label(StrEnum):
    """What a value names."""

    GENRE = "genre"
    PERSON = "person"
    TITLE = "title"
    YEAR = "year"


class AnnotationError(IndexingError):
    """A file is not of the form that its reader expects; the message names file and row."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and the values that its annotation says were named in it, as the annotation writes them."""

    text: str
    named: tuple[tuple[Label, str], ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A data set: its turns, and the labels that its annotators looked for."""

    name: str
    turns: tuple[Turn, ...]
    labels: frozenset[Label]


def inspired(paths: tuple[Path, ...]) -> Annotated:
    """What seekers said in INSPIRED (Hayati et al. 2020): TSV without quoting, values separated by ";".

    Raises `AnnotationError` where a column is missing.
    """
    turns = tuple(turn for path in paths for turn in _inspired(path))
    return Annotated("inspired", turns, frozenset({Label.GENRE, Label.PERSON, Label.TITLE}))


def _inspired(path: Path) -> Iterator[Turn]:
    columns = {"movies": Label.TITLE, "genres": Label.GENRE, "people_names": Label.PERSON}
    with opened(path) as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if missing := {"speaker", "text", *columns} - {name for name, cell in row.items() if cell is not None}:
                raise AnnotationError(f"{path.name}: no column {', '.join(sorted(missing))}")
            if row["speaker"] == "SEEKER":
                values = [(label, value.strip()) for name, label in columns.items() for value in row[name].split(";")]
                yield Turn(
                    row["text"].replace(_QUOTATION_MARK, '"'), tuple((label, value) for label, value in values if value)
                )


def dialogue_acts(path: Path, *, name: str) -> Annotated:
    """What people said in dialogues annotated with acts and slot values, the form of UserSimCRS.

    Raises `AnnotationError` where the file holds no such dialogues.
    """
    try:
        with opened(path) as lines:
            turns = tuple(turn for dialogue in json.load(lines) for turn in _acts(dialogue))
    except (ValueError, KeyError, TypeError) as error:
        raise AnnotationError(f"{path.name}: not a list of dialogues with dialogue acts ({error})") from error
    return Annotated(name, turns, frozenset(label for turn in turns for label, _ in turn.named))


def _acts(dialogue: Mapping[str, Any]) -> Iterator[Turn]:
    for said in dialogue["conversation"]:
        if said["participant"] == "USER":
            slots = [slot for act in said["dialogue_acts"] for slot in act["slot_values"]]
            values = [(Label(_SLOTS[slot[0]]), str(slot[1])) for slot in slots if slot[0] in _SLOTS and slot[1]]
            yield Turn(said["utterance"], tuple(dict.fromkeys(values)))


def tagged(path: Path, *, name: str) -> Annotated:
    """Sentences with one word a line, `tag TAB word` with B- and I-, an empty line between: the MIT Movie Corpus.

    Raises `AnnotationError` for a line of another form.
    """
    turns: list[Turn] = []
    with opened(path) as lines:
        words: list[tuple[str, str]] = []
        for at, line in enumerate((*lines, ""), start=1):
            tag, tab, word = line.strip("\r\n").partition("\t")
            if tag and not tab:
                raise AnnotationError(f"{path.name}:{at}: {line[:60]!r} is not tag, tab, word")
            if tag:
                words.append((tag, word))
            elif words:
                turns.append(_sentence(words))
                words = []
    return Annotated(name, tuple(turns), frozenset({Label.GENRE, Label.PERSON, Label.YEAR}))


def _sentence(words: list[tuple[str, str]]) -> Turn:
    values: list[tuple[str, list[str]]] = []
    open_tag = ""
    for tag, word in words:
        name = tag[2:]
        if tag.startswith("B-") or (tag.startswith("I-") and open_tag != name):
            values.append((name, [word]))
        elif tag.startswith("I-"):
            values[-1][1].append(word)
        open_tag = name
    named = [(Label(_TAGS[name]), " ".join(parts)) for name, parts in values if name in _TAGS]
    return Turn(" ".join(word for _, word in words), tuple(named))


def opened(path: Path) -> IO[str]:
    """The file as text, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
