"""The format of the hand-written requests: `films by [Agnès Varda](PERSON)`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"\[([^\]\[]+)\]\((\w+)\)")


class MarkError(ValueError):
    """A line holds a mark that is none; the message names the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Example:
    """A request with its spans as (start, end, label), in characters of `text`."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def unmarked(line: str, *, labels: frozenset[str], place: str = "line") -> Example:
    """The example that a marked line stands for. Raises `MarkError` for an unknown label or a bracket left over."""
    text, spans, end = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        if mark.group(2) not in labels:
            raise MarkError(f"{place}: {mark.group(2)!r} is no label; one of {', '.join(sorted(labels))}")
        spans.append((len(text), len(text) + len(mark.group(1)), mark.group(2)))
        text += mark.group(1)
        end = mark.end()
    text += line[end:]
    if "](" in text:
        raise MarkError(f"{place}: a mark is not closed in {line!r}")
    return Example(text, tuple(spans))


def examples(source: str, *, labels: frozenset[str], name: str) -> Iterator[Example]:
    """The examples of a file's text; empty lines and lines that start with # are left out. Raises `MarkError`."""
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield unmarked(line.strip(), labels=labels, place=f"{name}:{number}")
