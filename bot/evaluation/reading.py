"""Reading conversations: one YAML file each, every fault of every file reported at once."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.evaluation.conversation import Conversation, names_unknown
from bot.evaluation.faults import ConversationError, Fault
from persona_configs.document import Document, Place, read_document

SUFFIXES = (".yaml", ".yml")


def read_conversations(paths: Iterable[Path]) -> dict[Path, Conversation]:
    """The conversations of the files and folders given, in the order of their paths; folders are read to the bottom.

    Raises `ConversationError` with every fault, also where a path is missing or nothing is found.
    """
    faults: list[Fault] = []
    found: dict[Path, Conversation] = {}
    for path in paths:
        files = list(_files(path))
        if not files:
            problem = "holds no conversation (*.yaml)" if path.is_dir() else "no such file"
            faults.append(Fault(path, 0, "", problem))
        for file in files:
            conversation, wrong = _read(file)
            faults += wrong
            if conversation is not None:
                found[file] = conversation
    faults += _same_names(found)
    if faults:
        raise ConversationError(faults)
    return found


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    elif path.is_file():
        yield path


def _read(path: Path) -> tuple[Conversation | None, list[Fault]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, [Fault(path, 0, "", f"cannot be read: {error}")]
    document = read_document(text)
    faults = [Fault(path, line, _said(place), problem) for line, place, problem in document.flaws]
    if not isinstance(document.value, dict):
        return None, faults or [Fault(path, 1, "", "not a conversation: expected name, persona, why and turns")]
    try:
        conversation = Conversation.model_validate(document.value)
    except ValidationError as error:
        return None, faults + list(_invalid(path, document, error))
    faults += [
        Fault(path, document.line(("turns", at)), f"turn {at + 1}", f"no film is remembered as {{{name}}} before it")
        for at, name in names_unknown(conversation)
    ]
    return conversation, faults


def _invalid(path: Path, document: Document, error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False):
        place = _known(document, fault["loc"])
        problem = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            problem = "there is no such field"
        yield Fault(path, document.line(place), _said(place), problem)


def _known(document: Document, place: Place) -> Place:
    # pydantic names the alternatives of a union in the place; people look for what stands in the file.
    known: Place = ()
    for part in place:
        if (*known, part) not in document.lines:
            missing = isinstance(part, str) and part.isidentifier() and part.islower()
            return (*known, part) if missing and len(known) + 1 == len(place) else known
        known = (*known, part)
    return known


def _said(place: Place) -> str:
    parts: list[str] = []
    for before, part in zip((None, *place), place, strict=False):
        if isinstance(part, int):
            parts[-1:] = [f"turn {part + 1}"] if before == "turns" else [f"{before} {part + 1}"]
        else:
            parts.append(part)
    return " › ".join(parts)


def _same_names(found: dict[Path, Conversation]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path, conversation in found.items():
        if (other := first.setdefault(conversation.name, path)) != path:
            yield Fault(path, 1, "name", f"{other.name} has the same name")
