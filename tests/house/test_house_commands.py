"""What the pages tell people to type exists, and does what they say."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from pages import PAGES, ROOT, blocks
from typer.testing import CliRunner

from bot.cli import app

_CONTINUED = re.compile(r"\\\n\s*")
_SEPARATORS = {"|", "&&", ";"}
TARGETS = frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
PHONY = frozenset(
    re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
)
run = CliRunner().invoke


def _typed() -> Iterator[tuple[str, list[str]]]:
    """Each command of every `sh` block, with its page."""
    for page in PAGES:
        name = page.relative_to(ROOT).as_posix()
        for block in blocks(name, "sh"):
            for line in _CONTINUED.sub(" ", block).splitlines():
                command: list[str] = []
                for word in shlex.split(line, comments=True):
                    if word in _SEPARATORS:
                        yield name, command
                        command = []
                    else:
                        command.append(word)
                if command:
                    yield name, command


TYPED = list(_typed())


def _of(tool: str) -> list[Any]:
    found = [(page, words) for page, words in TYPED if Path(words[0]).name == tool]
    return [pytest.param(words[1:], id=f"{page}: {' '.join(words[:4])}") for page, words in found]


def _leaf(words: list[str]) -> tuple[Any, list[str]]:
    """The command that words reach, and the words left over as its arguments."""
    command: Any = typer.main.get_command(app)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"no command {words[0]!r} in {sorted(command.commands)}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


def test_the_pages_have_commands_to_check() -> None:
    assert len(_of("make")) >= 4
    assert len(_of("matinee")) >= 8


@pytest.mark.parametrize("words", _of("make"))
def test_a_make_target_exists(words: list[str]) -> None:
    assert set(words) <= TARGETS
    assert set(words) <= PHONY, "a file of that name would stop the target"


@pytest.mark.parametrize("words", _of("matinee"))
def test_a_matinee_command_exists_with_its_options(words: list[str]) -> None:
    command, rest = _leaf(words)
    assert not hasattr(command, "commands"), f"{words} is a group, not a command"
    known = {option for part in command.params for option in part.opts} | {"--help"}
    assert {word for word in rest if word.startswith("--")} <= known


def _leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not hasattr(command, "commands"):
        yield path
        return
    for name, inner in command.commands.items():
        yield from _leaves(inner, (*path, name))


@pytest.mark.parametrize("path", list(_leaves(typer.main.get_command(app))), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    result = run(app, [*path, "--help"])
    assert result.exit_code == 0
    assert len(result.output.split()) > 5
    page = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs" / "commands.md").read_text(
        encoding="utf-8"
    )
    assert f"matinee {' '.join(path)}" in page


def test_an_unknown_command_is_asked_wrongly() -> None:
    assert run(app, ["projector"]).exit_code == 2


def test_the_persona_of_the_readme_comes_to_be(tmp_path: Path) -> None:
    made = run(app, ["persona", "new", "film-club", "--folder", str(tmp_path)])
    assert made.exit_code == 0, made.output
    checked = run(app, ["persona", "validate", str(tmp_path / "film-club.yaml")])
    assert checked.exit_code == 0, checked.output
    shown = run(app, ["persona", "preview", "film-club", "--folder", str(tmp_path)])
    assert shown.exit_code == 0, shown.output


def test_the_catalogue_of_the_readme_is_built(tmp_path: Path) -> None:
    (csv,) = blocks("README.md", "csv")
    films = tmp_path / "films.csv"
    films.write_text(csv, encoding="utf-8")
    state = ["--catalogue", "mine", "--state-dir", str(tmp_path / "state")]
    built = run(app, ["index", "build", str(films), *state])
    assert built.exit_code == 0, built.output
    assert f"{len(csv.splitlines()) - 1} films" in built.output
    looked = run(app, ["index", "inspect", *state])
    assert looked.exit_code == 0, looked.output


def test_ci_and_hooks_call_what_exists() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert set(re.findall(r"^\s*make ([a-z -]+)$", ci, re.MULTILINE)) <= PHONY
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for repo in hooks["repos"] for hook in repo["hooks"]]
    assert all(words[0].startswith(".venv/bin/") for words in entries)
    for words in entries:
        if Path(words[0]).name == "matinee":
            _leaf(words[1:])
