"""Reading a mapping file: every fault at once, each with its line, field and remedy."""

from pathlib import Path

from pydantic import ValidationError

from index.errors import CatalogueError
from index.sources.mapping.schema import Contradiction, Mapping, contradictions, unknown_fields
from persona_configs.document import KEY, Document, read_document

#: `films.csv` finds the mapping `films.mapping.yaml` beside it.
SUFFIX = ".mapping.yaml"
#: What pydantic says, in the words of someone who writes YAML, and the remedy.
_SAID = {
    "extra_forbidden": ("no such field", "Leave it out; docs/catalogues.md shows each."),
    "missing": ("is missing", "Add it."),
    "dict_type": ("should hold fields of its own", "Write them below it, indented."),
    "model_type": ("should be a column, a list of columns, or options below it", "Write a column's name."),
    "string_type": ("should be text", "Put it in quotes."),
    "string_too_short": ("is empty", "Write at least one character."),
    "string_too_long": ("is longer than one character", 'Write one: ";" or "\\t".'),
    "tuple_type": ("should be a list", "Write [item, item]."),
}
_NONE_OF_SEVERAL = ("should be text, a number or a list of them", "Put a word in quotes that YAML reads as yes or no.")
_DEFAULT_REMEDY = "Correct it; docs/catalogues.md shows each field."


def mapping_beside(path: Path) -> Path | None:
    """The mapping file that lies beside a CSV file, if there is one."""
    beside = path.with_name(path.stem + SUFFIX)
    return beside if beside.is_file() else None


def read_mapping(path: Path) -> tuple[Mapping, Document]:
    """The mapping in a YAML file, with the lines of its text. Raises `CatalogueError` with every fault."""
    try:
        document = read_document(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: no such file") from error
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    faults = [f"{path.name}:{line}: {problem}" for line, _, problem in document.flaws]
    mapping = None
    if not faults:
        try:
            mapping = Mapping.model_validate(document.value)
        except ValidationError as error:
            faults = _invalid(error, document, path.name)
    if mapping is not None:
        faults = told(contradictions(mapping), document, path.name)
    if faults or mapping is None:
        raise CatalogueError("\n".join(dict.fromkeys(faults)))
    return mapping, document


def told(found: list[Contradiction], document: Document, name: str) -> list[str]:
    """The contradictions as lines to show, in the order of the mapping file's lines."""
    placed = sorted(((document.line((*one.place, KEY)), one) for one in found), key=lambda pair: pair[0])
    return [f"{name}:{line}: {'.'.join(one.place)}: {one.problem}. {one.remedy}" for line, one in placed]


def _invalid(error: ValidationError, document: Document, name: str) -> list[str]:
    said: dict[tuple[int, str], tuple[str, str]] = {}
    for fault in error.errors():
        place = fault["loc"]
        # Between several types pydantic names each of them as a step, which stands nowhere in the file.
        while fault["type"] != "missing" and place and place not in document.lines:
            place = place[:-1]
        at = (document.line((*place, KEY)), ".".join(map(str, place)) or "file")
        told_here = _SAID.get(fault["type"]) or (fault["msg"].removeprefix("Value error, "), _DEFAULT_REMEDY)
        said[at] = told_here if said.get(at, told_here) == told_here else _NONE_OF_SEVERAL
    faults = [(line, field, problem, remedy) for (line, field), (problem, remedy) in said.items()]
    if isinstance(document.value, dict) and isinstance(fields := document.value.get("fields"), dict):
        for one in unknown_fields(fields):
            faults.append((document.line((*one.place, KEY)), ".".join(one.place), one.problem, one.remedy))
    return [f"{name}:{line}: {field}: {problem}. {remedy}" for line, field, problem, remedy in sorted(faults)]
