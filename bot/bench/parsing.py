"""`matinee bench parse`: what odd input does to the parser, and how long ordinary messages take it."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Annotated

import typer
import yaml
from structlog.testing import capture_logs

from bot.bench.figures import Figures, Row
from bot.setup.environments import ROOT
from engine.catalogues import gazetteer_of
from index import gather
from index.sources.starter import JsonLinesFolder
from nlu import Gazetteer, Parse, Parser
from nlu.tagger import TaggerError

NASTY = ROOT / "tests" / "nlu" / "nasty.txt"
ORDINARY = ROOT / "tests" / "nlu" / "cases.yaml"
MODEL = ROOT / ".matinee" / "models" / "nlu"
#: Characters of the longest inputs: more than the parser reads.
LONG_CHARS = 4500
#: Code points are drawn below this, which leaves out planes without letters; surrogates are no text.
_POINTS, _SURROGATES = 0x20000, range(0xD800, 0xE000)
_PARTS_MAX, _EDITS_MAX, _RANDOM_CHARS_MAX = 6, 8, 200


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run over odd input found: how many were read, the inputs that failed, those with a span outside the text,
    and the slowest, with milliseconds of processor time of its thread."""

    read: int
    failed: tuple[str, ...]
    unsound: tuple[str, ...]
    slowest: str
    slowest_ms: float


def nasty(path: Path = NASTY) -> tuple[str, ...]:
    """The strings of a corpus file: one a line in ASCII with Python's escapes, comments after "#" in the first line."""
    lines = path.read_text(encoding="ascii").splitlines()[1:]
    return tuple(line.encode("ascii").decode("unicode_escape") for line in lines)


def odd_inputs(seeds: Sequence[str], *, count: int, seed: int = 0) -> Iterator[str]:
    """The seeds themselves, then as many changed, joined, repeated and random texts as make `count`; the same for the
    same `seed`."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    ways: tuple[Callable[[random.Random, Sequence[str]], str], ...] = (_edited, _joined, _repeated, _random, _shuffled)
    yield from seeds[:count]
    for _ in range(count - len(seeds)):
        yield chance.choices(ways, weights=(5, 4, 1, 3, 3))[0](chance, seeds)


def search(parser: Parser, names: Gazetteer, texts: Iterator[str]) -> Findings:
    """Reads every text, and looks at what came of it."""
    read, slowest, slowest_ms = 0, "", 0.0
    failed, unsound = [], []
    for text in texts:
        with capture_logs() as logs:
            parse, took_ms = _timed(parser, names, text)
            if took_ms > slowest_ms:  # the first reading may have paid for tables, or for a busy machine
                took_ms = min(took_ms, _timed(parser, names, text)[1])
        if any(entry["event"] == "parse_failed" for entry in logs):
            failed.append(text)
        if not _sound(parse):
            unsound.append(text)
        if took_ms > slowest_ms:
            slowest, slowest_ms = text, took_ms
        read += 1
    return Findings(read, tuple(failed), tuple(unsound), slowest, slowest_ms)


def pace_ms(parser: Parser, names: Gazetteer, texts: Sequence[str], *, rounds: int = 3) -> tuple[float, float]:
    """Median and 95th percentile of processor time a message, in milliseconds, after one round of warming up."""
    took: list[float] = []
    for nth in range(rounds + 1):
        for text in texts:
            _parse, took_ms = _timed(parser, names, text)
            if nth:
                took.append(took_ms)
    cuts = quantiles(took, n=20)
    return cuts[9], cuts[18]


def parsing_command(
    *,
    fuzz: Annotated[int, typer.Option(min=0, help="Odd inputs to read.")] = 2000,
    seed: Annotated[int, typer.Option(help="Of the odd inputs.")] = 0,
    model: Annotated[Path, typer.Option(help="Folder of the trained parser.")] = MODEL,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """Faults and slowest of odd inputs; pace of ordinary messages, with the starter catalogue's names."""
    try:
        parser = Parser.load(model)
        seeds = nasty()
        ordinary = [
            str(text) for rows in yaml.safe_load(ORDINARY.read_text(encoding="utf-8")).values() for text in rows
        ]
    except (OSError, TaggerError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    names = gazetteer_of(tuple(gather([JsonLinesFolder()])))
    p50_ms, p95_ms = pace_ms(parser, names, ordinary)
    found = search(parser, names, odd_inputs((*seeds, *ordinary), count=fuzz, seed=seed))
    rows: list[Row] = [
        {"model": "matinee", "kind": "ordinary", "messages": len(ordinary), "p50_ms": p50_ms, "p95_ms": p95_ms},
        {"model": "matinee", "kind": "odd", "messages": found.read, "failed": len(found.failed),
         "unsound": len(found.unsound), "slowest_ms": found.slowest_ms},
    ]  # fmt: skip
    figures = Figures("parse", {"seed": seed}, rows)
    figures.print()
    for text in (*found.failed[:5], *found.unsound[:5]):
        typer.echo(f"fault: {text[:200]!r}")
    if found.read:
        typer.echo(f"slowest: {found.slowest[:120]!r} ({len(found.slowest)} characters)")
    if figures_file:
        figures.write(figures_file)
    if found.failed or found.unsound:
        raise typer.Exit(1)


def _timed(parser: Parser, names: Gazetteer, text: str) -> tuple[Parse, float]:
    started = time.thread_time()
    parse = parser.parse(text, names)
    return parse, (time.thread_time() - started) * 1000


def _sound(parse: Parse) -> bool:
    return all(0 <= span.start < span.end <= len(parse.text) for span in parse.spans)


def _edited(chance: random.Random, seeds: Sequence[str]) -> str:
    letters = list(chance.choice(seeds))
    for _ in range(chance.randint(1, _EDITS_MAX)):
        at = chance.randint(0, len(letters))
        match chance.randrange(3):
            case 0:
                letters.insert(at, _letter(chance, seeds))
            case 1 if at < len(letters):
                letters[at] = _letter(chance, seeds)
            case _:
                del letters[at : at + 1]
    return "".join(letters)


def _joined(chance: random.Random, seeds: Sequence[str]) -> str:
    return chance.choice((" ", "", ", ", "\n", " but ", " no ")).join(
        chance.choices(seeds, k=chance.randint(2, _PARTS_MAX))
    )


def _repeated(chance: random.Random, seeds: Sequence[str]) -> str:
    unit = chance.choice(seeds) + chance.choice(("", " ", ", ", "\n"))
    return (unit * LONG_CHARS)[: chance.randint(1, LONG_CHARS)]


def _random(chance: random.Random, seeds: Sequence[str]) -> str:
    return "".join(_letter(chance, seeds) for _ in range(chance.randint(1, _RANDOM_CHARS_MAX)))


def _shuffled(chance: random.Random, seeds: Sequence[str]) -> str:
    words = " ".join(chance.choices(seeds, k=3)).split()
    chance.shuffle(words)
    return " ".join(words)


def _letter(chance: random.Random, seeds: Sequence[str]) -> str:
    if chance.random() < 0.5:
        return chance.choice(chance.choice(seeds) or " ")
    point = chance.randrange(_POINTS)
    return " " if point in _SURROGATES else chr(point)
