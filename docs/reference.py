"""Writes settings.md, commands.md, problems.md and starter.md from the code: `python docs/reference.py [--check]`.

It reads every part of Matinee, so it is a part of none of them.
"""

import argparse
import inspect
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer.main
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings
from starter_counts import countries, decades, derived_parts, kept_readings, kinds, measured, size_mb, starter_films

import persona_configs
from actions.settings import Settings as ActionsSettings
from bot.cli import app
from bot.gateway.problems import MEDIA_TYPE, ProblemKind
from bot.settings import Settings as GatewaySettings
from engine.settings import EngineSettings
from index.agreement import agreements, second_labels

HERE = Path(__file__).parent
PREFIX = "MATINEE_"
#: Who reads which class. The gateway's is also the `matinee` command's.
CLASSES: dict[str, type[BaseSettings]] = {
    "gateway": GatewaySettings,
    "engine": EngineSettings,
    "actions": ActionsSettings,
}


class ContradictionError(Exception):
    """Two processes give one variable different defaults, or a setting is not described."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its default as one would write it, who reads it, and what it means."""

    variable: str
    default: str
    read_by: tuple[str, ...]
    meaning: str


def _script(name: str, default: str = "", meaning: str = "", *, read_by: str = "dialogue") -> Setting:
    return Setting(PREFIX + name, default, (read_by,), meaning)


#: What is read outside the settings classes: by scripts that run before or without the app environment.
_SCRIPTS = (
    _script("DIALOGUE_HOST", "127.0.0.1", "Address that the dialogue server listens on; never a public one."),
    _script("STATE_DIR", ".matinee"),
    _script("ENGINE_URL", "http://127.0.0.1:8701"),
    _script("ACTIONS_URL", "http://127.0.0.1:8703"),
    _script("TRACKER_DIALECT", "sqlite", "Database of the conversations' state: `sqlite` or `postgresql`."),
    _script("TRACKER_DB", "tracker.db in MATINEE_STATE_DIR", "Its file (SQLite) or name (PostgreSQL)."),
    _script("TRACKER_HOST", "", "Its host, or HOST:PORT, where the database is a server."),
    _script("TRACKER_USER", "", "Its user."),
    _script("TRACKER_PASSWORD", "", "Its password."),
    _script("REDIS_URL"),
    _script("LOG_FORMAT", "auto"),
    _script("LOG_LEVEL", "info"),
    _script("PYTHON", "", "The Python (3.11 to 3.13) of the app environment; looked for if empty.", read_by="make"),
    _script("PYTHON310", "", "The Python 3.10 of the dialogue environment; looked for if empty.", read_by="make"),
)


def settings() -> list[Setting]:
    """Every variable once, sorted. Raises `ContradictionError` with all that do not agree or lack a description."""
    found: dict[str, Setting] = {}
    faults: list[str] = []
    for one in (*_from_classes(), *_SCRIPTS):
        known = found.get(one.variable)
        if known is None:
            found[one.variable] = one
            continue
        if known.default != one.default:
            faults.append(f"{one.variable}: {known.default!r} in {known.read_by}, {one.default!r} in {one.read_by}")
        readers = (*known.read_by, *one.read_by)
        found[one.variable] = Setting(one.variable, known.default, readers, known.meaning or one.meaning)
    faults += [f"{one.variable}: no description" for one in found.values() if not one.meaning]
    if faults:
        raise ContradictionError("\n".join(faults))
    return sorted(found.values(), key=lambda one: one.variable)


def _from_classes() -> Iterator[Setting]:
    for reader, kind in CLASSES.items():
        for name, field in kind.model_fields.items():
            meaning = " ".join((field.description or "").split())
            yield Setting(PREFIX + name.upper(), _default(field), (reader,), meaning)


def _default(field: FieldInfo) -> str:
    given = field.get_default(call_default_factory=True, validated_data={})
    if given is PydanticUndefined or given is None:
        return ""
    if given == Path(persona_configs.__file__).parent:
        return "the shipped persona_configs"
    return f"{given:g}" if isinstance(given, float) else str(given)


def settings_page() -> str:
    """docs/settings.md."""
    rows = [
        (f"`{one.variable}`", f"`{one.default}`" if one.default else "empty", ", ".join(one.read_by), one.meaning)
        for one in settings()
    ]
    return _page(
        "Settings",
        "Every process reads its settings once, when it starts, from the environment. A wrong one stops the start and "
        "is named. What a persona may, shows and sounds like is not here: that is its file in `persona_configs/`.",
        _table(("variable", "default", "read by", "meaning"), rows),
    )


def problems_page() -> str:
    """docs/problems.md."""
    rows = [(f"`{kind.type}`", str(kind.status), kind.title, kind.remedy) for kind in ProblemKind]
    return _page(
        "Problems",
        f"What the gateway answers with when a request cannot be taken, as `{MEDIA_TYPE}` (RFC 9457). `type` stays; "
        "the words may change. A fault behind the gateway is no problem of the request: the person gets the persona's "
        "apology as a turn, with an id that is also in the log.",
        _table(("type", "status", "what is wrong", "what to do"), rows),
    )


def commands_page() -> str:
    """docs/commands.md."""
    parts = [part for path, command in commands() for part in _about(path, command)]
    return _page(
        "Commands",
        "`matinee` lies in `.venv/bin`. Exit codes: 0 done, 1 could not (or something was found), 2 asked wrongly. "
        "`--help` works everywhere.",
        *parts,
    )


def starter_page() -> str:
    """docs/starter.md."""
    films = starter_films()
    agreement = [
        (f"`{one.axis}`", f"{one.correlation:.2f}", f"{one.distance:.2f}", f"{one.near:.0%}")
        for one in agreements(films, second_labels())
    ]
    from_where = countries(films)
    listed = ", ".join(f"{code} {count}" for code, count in from_where.most_common())
    kept, against, build = list(kept_readings()), measured()["reference"], measured()["build"]
    return _page(
        "The starter catalogue",
        "What ships in `index/starter/`, so that the first conversation works offline. How it is labelled stands in "
        "[index/starter/LABELLING.md](../index/starter/LABELLING.md).",
        _table(("what", "films"), kinds(films)),
        f"Main countries: {len(from_where)}. {listed}.",
        _table(("decade", "films"), decades(films)),
        "How far two labellers agree who share the rule-book: films that were labelled twice, independently "
        "(`index/starter/second_labels.jsonl`). Both know the films and the rule-book, and three of these films are "
        "anchors in it; strangers would agree less.",
        _table(("axis", "correlation", "mean distance", "within 0.15"), agreement),
        f"Of {against['films']:,} films that a reference knows, {against['years']:.1%} agree with it in the year "
        f"(within one) and {against['directors']:.1%} in the director. These {len(kept)} facts differ from it in year, "
        "running time (by more than 3 minutes), certification, director or TMDB id; each was looked into and ours "
        "kept:",
        _table(("film", "fact", "why ours"), kept),
        "Derived by `matinee index derive`; each part has a manifest with its source, its terms and checksums:",
        _table(("part", "from", "films", "made by"), derived_parts()),
        f"`index/starter/` takes {size_mb()} MB. "
        f"A build without torch took {build['seconds']} s ({build['conditions']}).",
    )


def commands() -> Iterator[tuple[str, Any]]:
    """Each command that does something, by its full name, in the order of the help."""
    yield from _below("matinee", typer.main.get_command(app))


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name in sorted(inner, key=lambda name: hasattr(inner[name], "commands")):
        yield from _below(f"{path} {name}", inner[name])


def _about(path: str, command: Any) -> Iterator[str]:
    yield f"## {path}"
    yield inspect.cleandoc(command.help or "")
    rows = [(_written(part), _default_of(part), part.help or "") for part in command.params if not part.hidden]
    if rows:
        yield _table(("argument or option", "default", "meaning"), rows)


def _written(part: Any) -> str:
    if part.param_type_name == "option":
        value = "" if part.is_flag else f" {part.name.upper()}"
        return f"`{'`, `'.join(part.opts)}{value}`"
    name = part.name.upper() + (" ..." if part.nargs == -1 else "")
    return f"`{name}`" if part.required else f"`[{name}]`"


def _default_of(part: Any) -> str:
    if part.required:
        return "required"
    if getattr(part, "is_flag", False) or part.default in (None, ()):
        return ""
    if isinstance(part.default, Path) and part.default.is_absolute():
        return f"`{part.default.relative_to(HERE.parent)}`"
    return f"`{part.default}`"


def _page(title: str, about: str, *parts: str) -> str:
    made = "<!-- Made by `python docs/reference.py`; a test compares it with the code. -->"
    return "\n\n".join((f"# {title}", made, about, *parts)) + "\n"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def main(arguments: list[str] | None = None) -> int:
    """Writes the pages; with --check only compares, and returns 1 when one is not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the pages are")
    given = parser.parse_args(arguments)
    pages = {
        "settings.md": settings_page,
        "commands.md": commands_page,
        "problems.md": problems_page,
        "starter.md": starter_page,
    }
    try:
        written = {given.folder / name: make() for name, make in pages.items()}
    except ContradictionError as error:
        print(error, file=sys.stderr)
        return 1
    if not given.check:
        for path, text in written.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path for path, text in written.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path} is not current; run: python docs/reference.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
