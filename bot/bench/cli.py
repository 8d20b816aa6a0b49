"""`matinee bench`: figures, each against its peer in the same run."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.bench.turns import measure
from bot.settings import Settings
from bot.setup.environments import SetupError
from bot.stack import NotReadyError

app = typer.Typer(name="bench", help="Measure, against a peer in the same run.", no_args_is_help=True)

FiguresFile = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")]


@app.callback()
def _group() -> None:
    """Measure, against a peer in the same run."""


@app.command()
def turns(
    *,
    blocks: Annotated[int, typer.Option(min=1, help="Blocks of turns, ours and the peer's in turn.")] = 8,
    long_turns: Annotated[int, typer.Option(min=0, help="Turns of the long conversation.")] = 100,
    figures_file: FiguresFile = None,
) -> None:
    """End-to-end latency of a turn, throughput and memory, against an empty Rasa bot as pip resolves it."""
    try:
        figures = asyncio.run(measure(Settings(), blocks=blocks, long_turns=long_turns))
    except (SetupError, NotReadyError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)
