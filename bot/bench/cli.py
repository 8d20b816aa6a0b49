"""`matinee bench`: figures, each against its peer in the same run."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.bench import turns as turns_bench
from bot.bench import visual as visual_bench
from bot.bench.emoji import emoji_command
from bot.bench.fusion import fusion_command
from bot.bench.intents import intents_command
from bot.bench.parsing import parsing_command
from bot.bench.ratings import ratings_command
from bot.bench.reviews import reviews_command
from bot.bench.scope import scope_command
from bot.bench.slots import slots_command
from bot.settings import Settings
from bot.setup.environments import SetupError
from index.errors import IndexingError

app = typer.Typer(name="bench", help="Measure, against a peer in the same run.", no_args_is_help=True)
app.command("emoji")(emoji_command)
app.command("fusion")(fusion_command)
app.command("intents")(intents_command)
app.command("parse")(parsing_command)
app.command("ratings")(ratings_command)
app.command("reviews")(reviews_command)
app.command("scope")(scope_command)
app.command("slots")(slots_command)

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
        figures = asyncio.run(turns_bench.measure(Settings(), blocks=blocks, long_turns=long_turns))
    except (SetupError, IndexingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)


@app.command()
def visual(
    *,
    posters: Annotated[Path, typer.Option(help="Folder of posters, movieId.jpg.", file_okay=False, exists=True)],
    labels: Annotated[Path, typer.Option(help="CSV movieId,brightness,palette,vintage; empty where unsure.")],
    figures_file: FiguresFile = None,
) -> None:
    """How well the looks of posters are told, against statistics of their pixels alone."""
    try:
        figures = visual_bench.measure(posters, labels)
    except IndexingError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)
