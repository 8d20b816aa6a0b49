"""The `matinee` command."""

import asyncio
import contextlib
import json
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from bot.bench.cli import app as bench
from bot.doctor import examine, print_findings
from bot.evaluation.cli import app as evaluation
from bot.parse import parse_command
from bot.settings import Settings
from bot.setup.environments import ROOT, SetupError
from bot.setup.training import train_dialogue, train_parser
from bot.stack import NotReadyError, answer_first_turn, gateway_url, log_folder, processes
from bot.supervisor import PortTakenError, Supervisor, check_port
from bot.terminal.chat import run_chat
from index.cli import app as index
from index.errors import IndexingError
from index.prepare import prepare_catalogues
from persona_configs import PersonaError, load_personas
from persona_configs.cli import app as persona

app = typer.Typer(
    name="matinee", help="A conversational film recommender with many faces.", no_args_is_help=True,
    pretty_exceptions_enable=False,
)  # fmt: skip
app.add_typer(index, name="index")
app.add_typer(persona, name="persona")
app.add_typer(evaluation, name="eval")
app.add_typer(bench, name="bench")
app.command("parse")(parse_command)

#: Colours of the processes' names in the log.
_COLOURS = {"engine": "cyan", "actions": "green", "dialogue": "magenta", "gateway": "blue", "matinee": "bold yellow"}
_errors = Console(stderr=True)


def main() -> None:
    """Entry point of the command; exit codes 0 (done), 1 (could not), 2 (asked wrongly)."""
    app()


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors():
            name = "MATINEE_" + "_".join(map(str, fault["loc"])).upper()
            _errors.print(f"{name}: {fault['msg']}", markup=False, highlight=False)
        raise typer.Exit(2) from error


def _fail(error: Exception) -> typer.Exit:
    _errors.print(str(error), markup=False, highlight=False, style="red")
    return typer.Exit(1)


class _Log:
    """Writes each process's lines under its name, to the terminal and to a file of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._console = folder, Console(highlight=False, soft_wrap=True)

    def __call__(self, name: str, line: str) -> None:
        self._console.print(Text(f"{name:>8} ", style=_COLOURS.get(name, "")), Text.from_ansi(line), sep="")
        with (self._folder / f"{name}.log").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def say(self, line: str) -> None:
        self("matinee", line)


@app.command()
def up(
    *,
    check: Annotated[bool, typer.Option("--check", help="Start, answer one turn, stop again.")] = False,
) -> None:
    """Serve: train and build what is missing, start every process, answer a first turn, run until Ctrl-C."""
    settings, started = _settings(), time.monotonic()
    try:
        personas = load_personas(settings.personas_dir)
        for process in processes(settings):
            check_port(process)
        log = _Log(log_folder(settings))
        with ThreadPoolExecutor(max_workers=1) as beside:  # the longest part runs beside the others
            train_parser(settings.state_dir, say=log.say)  # the dialogue model learns from what it reads
            dialogue = beside.submit(train_dialogue, settings.state_dir, say=log.say)
            prepare_catalogues(settings.state_dir / "index", {one.catalogue for one in personas.values()}, say=log.say)
            dialogue.result()
        log.say("starting engine, actions, dialogue and gateway")
        asyncio.run(_serve(settings, log, first=next(iter(personas)), started=started, check=check))
    except (SetupError, PortTakenError, NotReadyError, IndexingError, PersonaError, OSError) as error:
        raise _fail(error) from error


async def _serve(settings: Settings, log: _Log, *, first: str, started: float, check: bool) -> None:
    supervisor = Supervisor(processes(settings), write=log)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, supervisor.stop)

    async def once_started() -> None:
        await answer_first_turn(settings, say=log.say, persona=first)
        log.say(f"first turn answered {time.monotonic() - started:.0f} s after the start")
        log.say(f"open {gateway_url(settings)} in a browser, or run `.venv/bin/matinee chat` (Ctrl-C stops everything)")
        if check:
            supervisor.stop()

    await supervisor.run(once_started=once_started)
    log.say("stopped")


@app.command()
def train(
    *,
    state_dir: Annotated[Path | None, typer.Option(envvar="MATINEE_STATE_DIR", help="Folder of the models.")] = None,
) -> None:
    """Train the parser and the dialogue model, unless their inputs are those of the last training."""
    folder = state_dir or _settings().state_dir

    def say(line: str) -> None:
        _errors.print(line, markup=False, highlight=False)

    try:
        for what, trained in (("parser", train_parser(folder, say=say)), ("dialogue", train_dialogue(folder, say=say))):
            took = "is up to date" if trained.seconds is None else f"trained in {trained.seconds:.0f} s"
            typer.echo(f"{what}: {took}")
    except SetupError as error:
        raise _fail(error) from error


@app.command()
def chat(
    *,
    persona: Annotated[str, typer.Option(help="Which persona to talk to.")] = "matinee",
    user: Annotated[str | None, typer.Option(help="Who you are; a new anonymous person if not given.")] = None,
    url: Annotated[str | None, typer.Option(help="The gateway's address; this machine's if not given.")] = None,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One message a line in, one turn as JSON a line out.")
    ] = False,
) -> None:
    """Talk to a persona in the terminal."""
    address = url or gateway_url(_settings())
    raise typer.Exit(
        run_chat(persona=persona, user=user, url=address, json_lines=json_lines, stdin=sys.stdin, stdout=sys.stdout)
    )


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False) -> None:
    """Say what is installed, trained, built and reachable, and what to do about the rest."""
    findings = examine(_settings(), root=ROOT)
    if as_json:
        typer.echo(json.dumps([finding.row for finding in findings]))
    else:
        print_findings(findings)
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
