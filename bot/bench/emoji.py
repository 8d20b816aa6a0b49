"""`matinee bench emoji`: requests in emoji, against the emoji's names read as plain words by the same parser."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import emoji
import typer
import yaml

from bot.bench.asked import Asked, misses, read_asked
from bot.bench.figures import Figures, Row
from bot.setup.environments import ROOT
from nlu import Frame, Parser
from nlu.tagger import TaggerError

MODEL = ROOT / ".matinee" / "models" / "nlu"
ASKED = ROOT / "tests" / "nlu" / "emoji.yaml"
ALL = "all"

Read = Callable[[str], Frame]


def measure(asked: Iterable[Asked], parser: Parser) -> Figures:
    """Share of requests understood, 0-1, by kind: all that a frame must carry and nothing that it must not."""
    requests = tuple(asked)
    readers: tuple[tuple[str, Read], ...] = (
        ("matinee", lambda text: parser.parse(text).frame),
        ("names as words", lambda text: parser.parse(in_words(text)).frame),
    )
    kinds = (*dict.fromkeys(request.kind for request in requests), ALL)
    rows: list[Row] = []
    for model, read in readers:
        good = {request: not misses(request, read(request.text)) for request in requests}
        for kind in kinds:
            chosen = [good[request] for request in requests if kind in (request.kind, ALL)]
            rows.append(
                {"model": model, "kind": kind, "requests": len(chosen), "understood": sum(chosen) / len(chosen)}
            )
    return Figures("emoji", {"requests": len(requests)}, rows)


def in_words(text: str) -> str:
    """The text with each emoji as its name: "🐶" is "dog face"."""
    return emoji.demojize(text, delimiters=(" ", " ")).replace("_", " ")


def emoji_command(
    *,
    requests: Annotated[
        Path, typer.Option(help="YAML of requests: kind, text, what it must and must not say.")
    ] = ASKED,
    model: Annotated[Path, typer.Option(help="Folder of the trained parser.")] = MODEL,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """How well emoji are understood, against their names read as words by the same parser."""
    try:
        figures = measure(read_asked(requests), Parser.load(model))
    except (OSError, TypeError, yaml.YAMLError, TaggerError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)
