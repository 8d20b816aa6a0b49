"""`matinee bench scope`: whether negation, degree and contrast bear on the right words, against a window rule.

A set is a folder of `PHENOMENON.yaml` (sentence → frame, as in `tests/nlu/scope`) and `names.yaml` (the titles and
people that they name). The peer reads the same mentions; what bears on them it decides by the nearest words alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console

from bot.bench.figures import Figures, Row
from bot.bench.window import window_scope
from bot.settings import Settings
from bot.setup.training import parser_folder
from index.errors import IndexingError
from nlu import Frame, Gazetteer, Parser
from nlu.frame import Shift, Wishes
from nlu.tagger import TaggerError

#: The bands of strength: slight up to the one, strong from the other, plain between.
SLIGHT_MOST, STRONG_LEAST = 0.35, 0.7
#: "Recent" and its kin count from this day.
TODAY = date(2026, 11, 1)
_NAMES = "names.yaml"
_WRITTEN = {"runtime": "runtime_min", "certification": "certification_max"}
_errors = Console(stderr=True)

Banded = dict[str, Any]


class SentencesError(IndexingError):
    """A set of sentences that cannot be read."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a person writes, and the frame that it must become: its fields that are not empty."""

    phenomenon: str
    text: str
    expected: Banded


@dataclass(frozen=True, slots=True)
class Sentences:
    """A set, with the names that its sentences use."""

    gazetteer: Gazetteer
    rows: tuple[Sentence, ...]


def read_sentences(folder: Path) -> Sentences:
    """The set of a folder. Raises `SentencesError` where a file is missing or a row is no frame."""
    try:
        names = yaml.safe_load((folder / _NAMES).read_text(encoding="utf-8"))
        titles = [(movie_id, title, (), year) for movie_id, title, year in names["titles"]]
        gazetteer = Gazetteer.of(titles=titles, people=names["people"])
        rows = tuple(
            Sentence(path.stem, str(text), banded(frame_of(written)))
            for path in sorted(folder.glob("*.yaml"))
            if path.name != _NAMES
            for text, written in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise SentencesError(f"{folder}: {error}") from error
    if not rows:
        raise SentencesError(f"{folder} holds no sentences")
    return Sentences(gazetteer, rows)


def frame_of(written: dict[str, Any]) -> Frame:
    """The frame that a row of a set writes. Raises `TypeError` for what no frame has."""
    parts: dict[str, Any] = {_WRITTEN.get(name, name): _frozen(value) for name, value in written.items()}
    for side in ("wants", "avoids"):
        parts[side] = Wishes(**{name: tuple(words) for name, words in written.get(side, {}).items()})
    parts["tone"] = {axis: Shift(1 if by > 0 else -1, abs(by)) for axis, by in written.get("tone", {}).items()}
    return Frame(**parts)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def banded(frame: Frame) -> Banded:
    """The fields of a frame that are not empty, `rest` and `roles` aside; strengths by band, lists without order."""
    empty = Frame()
    whole: Banded = {
        part.name: getattr(frame, part.name)
        for part in fields(Frame)
        if part.name not in {"rest", "roles", "wants", "avoids", "tone"}
        and getattr(frame, part.name) != getattr(empty, part.name)
    }
    for side, wishes in (("wants", frame.wants), ("avoids", frame.avoids)):
        for part in fields(Wishes):
            if words := getattr(wishes, part.name):
                whole[f"{side}.{part.name}"] = frozenset(words)
    for axis, shift in frame.tone.items():
        whole[f"tone.{axis}"] = (shift.direction, band(shift.strength))
    return whole


def band(strength: float) -> str:
    """The band that a strength of 0-1 falls into."""
    return "slight" if strength <= SLIGHT_MOST else "strong" if strength >= STRONG_LEAST else "plain"


def misses(parser: Parser, sentences: Sentences) -> Iterator[tuple[Sentence, Banded]]:
    """The sentences whose frame is not exactly right, each with what it became instead."""
    for row in sentences.rows:
        found = banded(parser.parse(row.text, sentences.gazetteer, today=TODAY).frame)
        if found != row.expected:
            yield row, found


def rows_of(model: str, parser: Parser, sentences: Sentences) -> Iterator[Row]:
    """Share of frames exactly right, and F1 of single wishes whatever their strength, by phenomenon and over all."""
    wrong = {row.text: found for row, found in misses(parser, sentences)}
    kinds = sorted({row.phenomenon for row in sentences.rows})
    for kind in (*kinds, "all"):
        chosen = [row for row in sentences.rows if kind in (row.phenomenon, "all")]
        yield {
            "model": model,
            "kind": kind,
            "sentences": len(chosen),
            "exact": sum(row.text not in wrong for row in chosen) / len(chosen),
            "f1": _f1((row.expected, wrong.get(row.text, row.expected)) for row in chosen),
        }


def _f1(pairs: Iterable[tuple[Banded, Banded]]) -> float:
    both = expected_count = found_count = 0
    for expected, found in pairs:
        one, other = _wishes(expected), _wishes(found)
        both += len(one & other)
        expected_count += len(one)
        found_count += len(other)
    return 2 * both / (expected_count + found_count) if expected_count + found_count else 1.0


def _wishes(whole: Banded) -> frozenset[tuple[str, object]]:
    """The single wishes of a frame; of a movement only its direction."""
    return frozenset(
        (name, one)
        for name, value in whole.items()
        for one in ([value[0]] if name.startswith("tone.") else value if isinstance(value, frozenset) else [value])
    )


def measure(folder: Path, load: Callable[..., Parser]) -> Figures:
    """The figures of the parser and of the window rule over the same mentions. Raises `SentencesError`."""
    sentences = read_sentences(folder)
    ours, peer = load(), load(scoping=window_scope)
    rows = [*rows_of("matinee", ours, sentences), *rows_of("window of 4 words", peer, sentences)]
    return Figures("scope", {"set": folder.name, "sentences": len(sentences.rows)}, rows)


def scope_command(
    *,
    folder: Annotated[
        Path, typer.Option("--set", help="Folder of sentences by phenomenon, with names.yaml.", file_okay=False)
    ] = Path("tests/nlu/scope"),
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    show_misses: Annotated[bool, typer.Option("--misses", help="Print the sentences that were read wrongly.")] = False,
) -> None:
    """Share of frames exactly right under negation, degree and contrast, against a window rule."""
    trained = parser_folder(Settings().state_dir)
    try:
        figures = measure(folder, lambda **given: Parser.load(trained, **given))
        missed = list(misses(Parser.load(trained), read_sentences(folder))) if show_misses else []
    except (IndexingError, TaggerError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    figures.print()
    for row, found in missed:
        typer.echo(f"{row.phenomenon}: {row.text}\n  expected {row.expected}\n  found    {found}")
    if figures_file:
        figures.write(figures_file)
