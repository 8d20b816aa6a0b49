"""Sentences with marked spans, as BIO files hold them: `TAG<tab>TOKEN` a line, an empty line between sentences.

`B-X` begins a span of label X, `I-X` goes on with it, `O` is outside of all spans (Ramshaw & Marcus 1995, as in the
MIT Movie Corpus).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OUTSIDE = "O"
#: Faults that one error names; a file of another form would have thousands.
_FAULTS_NAMED = 10


class BioError(ValueError):
    """A file is no BIO file; the message names the places, what is wrong there and the form that is read."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words [first, last) of a sentence that stand for a label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and their tags, equally many and at least one."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    def spans(self) -> tuple[Span, ...]:
        """The marked spans, in order and without overlaps."""
        return tuple(spans_of(self.tags))


def read_bio(path: Path) -> tuple[Sentence, ...]:
    """The sentences of a UTF-8 file, in its order, at least one. Raises `BioError` with the first ten faults."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BioError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    sentences: list[Sentence] = []
    faults: list[str] = []
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            tag, _, word = line.partition("\t")
            tag, word = tag.strip(), word.strip()
            if fault := _fault(tag, word, before=rows[-1][0] if rows else OUTSIDE):
                faults.append(f"{path}:{number}: {fault}")
            rows.append((tag, word))
        elif rows:
            sentences.append(Sentence(tuple(word for _, word in rows), tuple(tag for tag, _ in rows)))
            rows = []
    if faults:
        more = f"\nand {len(faults) - _FAULTS_NAMED} more" if len(faults) > _FAULTS_NAMED else ""
        raise BioError("\n".join(faults[:_FAULTS_NAMED]) + more)
    if not sentences:
        raise BioError(f"{path}: holds no sentence; write TAG, a tab and TOKEN a line, an empty line between sentences")
    return tuple(sentences)


def _fault(tag: str, word: str, *, before: str) -> str | None:
    if not word:
        return f"no token after {tag!r}; write TAG, a tab and TOKEN"
    if tag != OUTSIDE and not (tag[:2] in ("B-", "I-") and tag[2:]):
        return f"{tag!r} is no tag; write O, B-LABEL or I-LABEL"
    if tag.startswith("I-") and (before == OUTSIDE or before[2:] != tag[2:]):
        return f"{tag} goes on with a span that has not begun; write B-{tag[2:]}"
    return None


def spans_of(tags: Sequence[str]) -> Iterator[Span]:
    """The spans that tags stand for, in order. An I that follows no span of its label begins one."""
    first, label = 0, ""
    for at, tag in enumerate([*tags, OUTSIDE]):
        if label and not (tag.startswith("I-") and tag[2:] == label):
            yield Span(first, at, label)
            label = ""
        if tag != OUTSIDE and not label:
            first, label = at, tag[2:]


def tags_of(spans: Sequence[Span], words: int) -> tuple[str, ...]:
    """The tags of so many words under spans without overlaps: what `spans_of` reads back."""
    tags = [OUTSIDE] * words
    for span in spans:
        tags[span.first] = f"B-{span.label}"
        tags[span.first + 1 : span.last] = [f"I-{span.label}"] * (span.last - span.first - 1)
    return tuple(tags)


def labels_of(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The labels that occur, sorted."""
    return tuple(sorted({tag[2:] for sentence in sentences for tag in sentence.tags if tag != OUTSIDE}))
