"""What is known of rated films besides their ratings: words, as columns of figures, for films that nobody rated yet."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.ratings.table import Figures, RatingsError

#: Lists of a catalogue row that tell something of a film's audience.
_LISTS = ("genres", "moods", "themes", "keywords", "directors", "cast", "countries", "languages")
_NAMES = ("director", "language")
_YEAR_IN_TITLE = re.compile(r"\((\d{4})\)\s*$")
#: A word that fewer films share teaches nothing.
FEWEST_FILMS = 5


def feature_matrix(films: Sequence[str], words: Mapping[str, Iterable[str]]) -> Figures:
    """One column for each word that enough films share and a last one of ones, (n, f) float32; a film's words share a
    length of 1. Films without words have only the last column."""
    own = [sorted(set(words.get(film, ()))) for film in films]
    counts = Counter(word for each in own for word in each)
    column = {word: place for place, word in enumerate(sorted(w for w, c in counts.items() if c >= FEWEST_FILMS))}
    matrix = np.zeros((len(films), len(column) + 1), dtype=np.float32)
    for row, each in enumerate(own):
        for word in each:
            if (place := column.get(word)) is not None:
                matrix[row, place] = 1.0
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    np.divide(matrix, lengths, out=matrix, where=lengths > 0)
    matrix[:, -1] = 1.0
    return matrix


def movielens_words(path: Path) -> dict[str, list[str]]:
    """Genres and decade of the films of a MovieLens movies.csv. Raises `RatingsError` when it is not one."""
    found: dict[str, list[str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                year = _YEAR_IN_TITLE.search(row["title"])
                decade = [f"decade {year[1][:3]}"] if year else []
                found[row["movieId"].strip()] = [f"genre {genre}" for genre in row["genres"].split("|")] + decade
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError, TypeError) as error:
        raise RatingsError(f"{path}: not a MovieLens movies.csv ({error})") from error
    return found


def catalogue_words(path: Path) -> dict[str, list[str]]:
    """The words of a catalogue of JSON lines (gzip accepted) by movieId: genres, decade, people, keywords, languages.

    Raises `RatingsError` with the line that cannot be read.
    """
    found: dict[str, list[str]] = {}
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                row: dict[str, Any] = json.loads(line)
                found[str(row["movieId"])] = _words(row)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise RatingsError(f"{path.name}:{number}: not a catalogue row with a movieId ({error})") from error
    return found


def _words(row: Mapping[str, Any]) -> list[str]:
    words = [f"{name} {word}" for name in _LISTS for word in row.get(name) or () if isinstance(word, str)]
    words += [f"{name} {row[name]}" for name in _NAMES if row.get(name)]
    return words + ([f"decade {int(row['year']) // 10}"] if row.get("year") else [])
