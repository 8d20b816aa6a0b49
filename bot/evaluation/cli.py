"""`matinee eval`: measuring a running Matinee from outside."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.evaluation.conversation import Conversation
from bot.evaluation.faults import ConversationError
from bot.evaluation.play import Line, Outcome, play_all
from bot.evaluation.reading import read_conversations
from bot.evaluation.report import figures, print_outcomes
from bot.settings import Settings
from bot.terminal.gateway_line import GatewayLine, LineError

_FAILED, _ASKED_WRONGLY = 1, 2

app = typer.Typer(help="Measure a running Matinee from outside.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Measure a running Matinee from outside."""


@app.command()
def dialogue(
    paths: Annotated[list[Path], typer.Argument(help="Conversation files, or folders of them.")],
    *,
    url: Annotated[str | None, typer.Option(help="The gateway's address; this machine's if not given.")] = None,
    persona_filter: Annotated[
        list[str] | None, typer.Option("--persona-filter", help="Only conversations with this persona; repeatable.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write everything to this file.")] = None,
) -> None:
    """Play golden conversations and say what was not as expected.

    Exit code 0 when all was, 1 when something was not or the gateway does not answer, 2 for a faulty file.
    """
    stdout, stderr = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
    try:
        conversations = _chosen(read_conversations(paths), personas=persona_filter)
    except ConversationError as error:
        stderr.print(str(error), markup=False, highlight=False, style="red")
        raise typer.Exit(_ASKED_WRONGLY) from error
    if not conversations:
        stderr.print(f"no conversation with {' or '.join(persona_filter or ())}", markup=False, style="red")
        raise typer.Exit(_ASKED_WRONGLY)
    address = url or _own_url(Settings())
    try:
        outcomes = _played(conversations, address, stderr)
    except LineError as error:
        stderr.print(f"{error}\nStart it with `make run`, or name another with --url.", markup=False, style="red")
        raise typer.Exit(_FAILED) from error
    print_outcomes(outcomes, stdout)
    if json_file is not None:
        text = json.dumps(figures(outcomes, url=address), ensure_ascii=False, indent=1)
        json_file.write_text(text + "\n", encoding="utf-8")
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(_FAILED)


def _chosen(conversations: dict[Path, Conversation], *, personas: list[str] | None) -> dict[Path, Conversation]:
    return {path: one for path, one in conversations.items() if not personas or one.persona in personas}


def _played(conversations: dict[Path, Conversation], url: str, console: Console) -> list[Outcome]:
    outcomes: list[Outcome] = []
    with console.status("") as status:
        for path, conversation in conversations.items():
            status.update(f"{len(outcomes) + 1}/{len(conversations)} {conversation.name}")
            outcomes += play_all({path: conversation}, lambda persona: gateway_line(url, persona))
    return outcomes


@contextmanager
def gateway_line(url: str, persona: str) -> Iterator[Line]:
    """The line of somebody new to a persona behind a running gateway. Raises `LineError`."""
    with GatewayLine(url, persona=persona) as line:
        line.open()
        yield line


def _own_url(settings: Settings) -> str:
    return f"http://{settings.gateway_host}:{settings.gateway_port}"
