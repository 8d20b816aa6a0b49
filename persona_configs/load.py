"""Reading personas: one YAML file each, every fault of it reported at once."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from persona_configs.checks import Flaw, contrast_flaws, phrase_flaws
from persona_configs.document import KEY, Document, Place, read_document
from persona_configs.faults import Fault, PersonaError
from persona_configs.remedies import problem_of, remedy_for
from persona_configs.schema import Persona

SUFFIXES = (".yaml", ".yml")
#: A persona file is a few hundred lines; what is larger was meant for something else.
FILE_MAX_BYTES = 512 * 1024


def load_persona(path: Path) -> Persona:
    """The persona that a file describes. Raises `PersonaError` with every fault of the file, by line."""
    persona, faults = read_persona(path)
    if persona is None or faults:
        raise PersonaError(faults)
    return persona


def load_personas(folder: Path) -> dict[str, Persona]:
    """The personas of a folder by name, in the order of their names; subfolders are not read.

    Raises `PersonaError` with every fault of every file, and when the folder holds no persona at all.
    """
    if not folder.is_dir():
        raise PersonaError([Fault(folder, 0, "", "no such folder", "Create it, or set MATINEE_PERSONAS_DIR.")])
    paths = persona_files(folder)
    if not paths:
        remedy = "Write one with `matinee persona new NAME`."
        raise PersonaError([Fault(folder, 0, "", "holds no persona file (NAME.yaml)", remedy)])
    faults: list[Fault] = []
    personas: dict[str, Persona] = {}
    for path in paths:
        persona, found = read_persona(path)
        faults += found
        if persona is not None:
            personas[persona.name] = persona
    faults += _shared_tokens(folder, personas.values())
    if faults:
        raise PersonaError(faults)
    return personas


def persona_files(folder: Path) -> list[Path]:
    """The persona files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())


def read_persona(path: Path) -> tuple[Persona | None, list[Fault]]:
    """The persona of a file, or None, with the faults of the file. Never raises for what is in the file."""
    text, fault = _text(path)
    if fault is not None:
        return None, [fault]
    document = read_document(text)
    faults = [
        Fault(path, line, _field(place), problem, remedy_for("yaml", problem))
        for line, place, problem in document.flaws
    ]
    if document.value is None and faults:
        return None, faults
    if not isinstance(document.value, dict):
        what = "is empty" if document.value is None else "is not a mapping of fields"
        return None, [*faults, Fault(path, 0, "", what, "Start from `matinee persona new NAME`.")]
    persona: Persona | None = None
    try:
        # JSON mode, because it is strict about types and still takes lists and names for tuples and enums.
        persona = Persona.model_validate_json(json.dumps(document.value), strict=True)
    except ValidationError as error:
        faults += [_of_schema(path, document, details) for details in _first_causes(error)]
    for place, problem in _flaws(document.value):
        faults.append(Fault(path, document.line(place), _field(place), problem, remedy_for("flaw", problem)))
    faults += _misnamed(path, document)
    return persona, sorted(set(faults))


def _text(path: Path) -> tuple[str, Fault | None]:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > FILE_MAX_BYTES:
            problem = f"is {size_bytes:,} bytes; a persona file has at most {FILE_MAX_BYTES:,}"
            return "", Fault(path, 0, "", problem, "Give the path of a persona file.")
        content = path.read_bytes()
    except FileNotFoundError:
        return "", Fault(path, 0, "", "no such file", "Check the path, or write it with `matinee persona new NAME`.")
    except OSError as error:
        return "", Fault(path, 0, "", f"cannot be read: {error.strerror}", "Check that it is a file you may read.")
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", Fault(path, line, "", "is not UTF-8", "Save the file with the encoding UTF-8.")


def _first_causes(error: ValidationError) -> Iterator[Any]:
    """The errors without those that only follow from others: a list is too short because its one item is wrong."""
    found = error.errors(include_url=False)
    inside = {details["loc"][:depth] for details in found for depth in range(len(details["loc"]))}
    return (details for details in found if details["type"] != "too_short" or details["loc"] not in inside)


def _of_schema(path: Path, document: Document, details: Any) -> Fault:
    place: Place = tuple(details["loc"])
    # A field that is too much is best seen at its name; its value may start lines below.
    line = document.line((*place, KEY) if details["type"] == "extra_forbidden" else place)
    context = details.get("ctx") or {}
    return Fault(
        path, line, _field(place), problem_of(details["type"], details["msg"]),
        remedy_for(details["type"], details["msg"], place=place, context=context),
    )  # fmt: skip


def _flaws(fields: dict[str, Any]) -> Iterator[Flaw]:
    """The flaws that the schema does not reach when something else in the same part is wrong."""
    phrases = _inner(fields, "voice", "phrases")
    yield from ((("voice", "phrases", *place), problem) for place, problem in phrase_flaws(phrases))
    for scheme in ("light", "dark"):
        palette = _inner(fields, "look", scheme)
        yield from ((("look", scheme, *place), problem) for place, problem in contrast_flaws(palette))


def _inner(fields: dict[str, Any], *names: str) -> dict[Any, Any]:
    inner: Any = fields
    for name in names:
        inner = inner.get(name) if isinstance(inner, dict) else None
    return inner if isinstance(inner, dict) else {}


def _misnamed(path: Path, document: Document) -> list[Fault]:
    name = document.value.get("name") if isinstance(document.value, dict) else None
    if not isinstance(name, str) or name == path.stem:
        return []
    problem = "is not the name of the file"
    return [Fault(path, document.line(("name",)), "name", problem, f"Write {path.stem!r}, or rename the file.")]


def _shared_tokens(folder: Path, personas: Iterable[Persona]) -> list[Fault]:
    owners: dict[str, str] = {}
    faults: list[Fault] = []
    for persona in personas:
        if persona.telegram is None:
            continue
        owner = owners.setdefault(persona.telegram.token, persona.name)
        if owner != persona.name:
            problem = f"has the same token reference as {owner}"
            path = folder / f"{persona.name}.yaml"
            faults.append(Fault(path, 0, "telegram.token", problem, "Give each persona a Telegram bot of its own."))
    return faults


def _field(place: Place) -> str:
    words = ""
    for step in place:
        if step == KEY:
            continue
        words += f"[{step}]" if isinstance(step, int) else f"{'.' if words else ''}{step}"
    return words
