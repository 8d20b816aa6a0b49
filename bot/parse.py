"""`matinee parse`: what a message says, what found it, and which word negated or weighed it. No stack is needed."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import httpx
import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console

from bot.settings import Settings
from engine.catalogues import gazetteer_of
from index import current_folder, gather, read_artefact
from index.errors import IndexingError
from index.prepare import STARTER
from index.sources.starter import JsonLinesFolder
from nlu import Parse, Parser
from nlu.show import shown
from nlu.tagger import TaggerError
from nlu.why import Doing, doings, listed_in
from persona_configs import PersonaError, load_personas

_PARSE: TypeAdapter[Parse] = TypeAdapter(Parse)
#: A parse takes milliseconds; an engine that takes longer is not there.
TIMEOUT_S = 10.0

Read = Callable[[str], Parse]


def parse_command(
    *,
    text: Annotated[str | None, typer.Argument(help="The message; without it, each line of standard input.")] = None,
    persona: Annotated[str, typer.Option(help="Whose catalogue's names are known.")] = "matinee",
    url: Annotated[str | None, typer.Option(help="Ask a running engine, as http://127.0.0.1:8701.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
) -> None:
    """Show how a message is understood, and why."""
    lines = [text] if text is not None else (line.rstrip("\n") for line in sys.stdin)
    console = Console(highlight=False)
    try:
        read = _asking(url, persona) if url else _reading(Settings(), persona)
        for line in lines:
            parse = read(line)
            done = doings(parse, read)
            if as_json:
                typer.echo(json.dumps(as_document(parse, done), ensure_ascii=False))
            else:
                console.print(shown(parse, done))
    except (PersonaError, IndexingError, TaggerError, httpx.HTTPError, ValidationError) as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red")
        raise typer.Exit(1) from error


def as_document(parse: Parse, done: tuple[Doing, ...]) -> dict[str, Any]:
    """The parse as JSON values, each span with its words and where they are listed, and what each operator bears on."""
    document: dict[str, Any] = _PARSE.dump_python(parse, mode="json")
    for span, row in zip(parse.spans, document["spans"], strict=True):
        row |= {"words": parse.text[span.start : span.end], "listed_in": listed_in(parse, span)}
    document["operators"] = [
        {
            "start": one.start,
            "end": one.end,
            "words": parse.text[one.start : one.end],
            "roles": list(one.roles),
            "bears_on": list(_said(parse, one)),
        }
        for one in done
    ]
    return document


def _said(parse: Parse, one: Doing) -> Iterator[str]:
    yield from dict.fromkeys(parse.text[span.start : span.end] for span in one.bears_on)


def _reading(settings: Settings, name: str) -> Read:
    personas = load_personas(settings.personas_dir)
    if name not in personas:
        raise typer.BadParameter(f"no persona {name!r}; there are {', '.join(personas)}")
    catalogue = personas[name].catalogue
    if catalogue == STARTER:
        films = tuple(gather([JsonLinesFolder()]))
    else:
        films = read_artefact(current_folder(settings.state_dir / "index", catalogue)).catalogue.films
    names = gazetteer_of(films)
    parser = Parser.load(settings.state_dir / "models" / "nlu")
    return lambda line: parser.parse(line, names)


def _asking(url: str, persona: str) -> Read:
    def read(line: str) -> Parse:
        answer = httpx.post(
            f"{url.rstrip('/')}/v1/parse", json={"persona": persona, "text": line}, timeout=TIMEOUT_S
        ).raise_for_status()
        return _PARSE.validate_json(answer.content)

    return read
