"""The commands around persona files: new, validate, list, preview, schema, key."""

import hashlib
import json
import re
import secrets
import sys
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from persona_configs.faults import Fault, PersonaError
from persona_configs.load import load_persona, load_personas, persona_files, read_persona
from persona_configs.preview import limits_in_words, show
from persona_configs.schema import Persona

SCHEMA_FILE = "persona.schema.json"
_SLUG = Persona.model_fields["name"].metadata[0].pattern
_FAULTY, _MISUSED = 1, 2

app = typer.Typer(name="persona", help="Write, check and look at personas.", no_args_is_help=True)

Folder = Annotated[
    Path,
    typer.Option("--folder", envvar="MATINEE_PERSONAS_DIR", help="Where the persona files are.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, for machines.")]
HERE = Path(__file__).parent


def schema_text() -> str:
    """The JSON Schema of a persona file, as it is written to persona.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Persona.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="2-32 lower-case letters, digits and hyphens.")], folder: Folder = HERE
) -> None:
    """Write a new persona file that explains every field. Never overwrites."""
    if not re.fullmatch(_SLUG, name):
        _fail(f"{name!r} is not a persona name: 2-32 lower-case letters, digits and hyphens, a letter first.", _MISUSED)
    text = files("persona_configs.base").joinpath("template.yaml").read_text(encoding="utf-8")
    text = text.replace("NAME_OF_THE_PERSONA", name).replace("NAME_AS_SHOWN", name.replace("-", " ").title())
    path = folder / f"{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        schema = folder / SCHEMA_FILE
        if not schema.exists():
            schema.write_text(schema_text(), encoding="utf-8")
    except FileExistsError:
        _fail(f"{path} exists already; choose another name or edit it.", _FAULTY)
    except OSError as error:
        _fail(f"{path} cannot be written: {error.strerror}.", _FAULTY)
    typer.echo(f"Wrote {path}. Edit it, then: matinee persona validate {path}")


@app.command()
def validate(
    paths: Annotated[list[Path], typer.Argument(help="Persona files, or folders of them.", show_default=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Report every fault of the given files, with line, field and remedy. Exits 1 when there is one."""
    faults: list[Fault] = []
    checked: list[Path] = []
    for path in paths:
        if path.is_dir():
            checked += persona_files(path)
            faults += _faults_of_folder(path)
        else:
            checked.append(path)
            faults += read_persona(path)[1]
    if as_json:
        rows = [{**asdict(fault), "path": str(fault.path)} for fault in faults]
        typer.echo(json.dumps({"files": [str(path) for path in checked], "faults": rows}, ensure_ascii=False))
    elif faults:
        typer.echo("\n".join(map(str, faults)), err=True)
        typer.echo(
            f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {len({f.path for f in faults})} file(s).", err=True
        )
    else:
        typer.echo(f"{len(checked)} persona file{'s' if len(checked) != 1 else ''} without a fault.")
    if faults:
        raise typer.Exit(_FAULTY)


@app.command("list")
def list_personas(*, folder: Folder = HERE, as_json: AsJson = False) -> None:
    """The personas of the folder: name, line, catalogue, limits."""
    personas = _loaded(folder)
    if as_json:
        rows = [
            {"name": p.name, "display_name": p.display_name, "tagline": p.tagline, "locale": p.locale,
             "catalogue": p.catalogue, "limits": p.limits.model_dump(mode="json")}
            for p in personas.values()
        ]  # fmt: skip
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("", "name", "called", "catalogue", "never shows")
    for persona in personas.values():
        limits = "; ".join(limits_in_words(persona)) or "no limits"
        avatar, called = Text(persona.look.avatar), Text(f"{persona.display_name}: {persona.tagline}")
        table.add_row(avatar, persona.name, called, persona.catalogue, limits)
    Console().print(table)


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="A persona of the folder, or the path of a file.")], folder: Folder = HERE
) -> None:
    """Show how a persona looks and talks: colours, limits and a sample of every phrase."""
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"}:
        path = folder / f"{name}.yaml"
    try:
        persona = load_persona(path)
    except PersonaError as error:
        _fail(str(error), _FAULTY)
    show(persona, Console())


@app.command()
def schema() -> None:
    """Print the JSON Schema of persona files, for editors."""
    sys.stdout.write(schema_text())


@app.command()
def key(name: Annotated[str, typer.Argument(help="The persona that the key is for.")], folder: Folder = HERE) -> None:
    """Make an API key for a server that speaks for its own users. It is shown once and kept nowhere."""
    if name not in _loaded(folder):
        _fail(f"No persona {name!r} in {folder}; `matinee persona list` names them.", _FAULTY)
    secret = f"{name}_{secrets.token_urlsafe(32)}"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    typer.echo(f"key, shown this once: {secret}")
    typer.echo(f"Add to {name}.yaml:\nweb:\n  key_hashes:\n    - {digest}")


def _loaded(folder: Path) -> dict[str, Persona]:
    try:
        return load_personas(folder)
    except PersonaError as error:
        _fail(str(error), _FAULTY)


def _faults_of_folder(folder: Path) -> tuple[Fault, ...]:
    try:
        load_personas(folder)
    except PersonaError as error:
        return error.faults
    return ()


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
