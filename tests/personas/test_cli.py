"""The persona commands, the exported schema, and the template."""

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import BaseModel
from typer.testing import CliRunner

from persona_configs import Persona, Phrase, load_persona
from persona_configs.cli import HERE, SCHEMA_FILE, app, schema_text

run = CliRunner().invoke
TEMPLATE = (HERE / "base" / "template.yaml").read_text(encoding="utf-8")
SHIPPED = sorted(HERE.glob("*.yaml"))


def test_the_exported_schema_is_current() -> None:
    assert (HERE / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text(), (
        "write it again: python -m persona_configs.cli schema > persona_configs/persona.schema.json"
    )
    assert run(app, ["schema"]).output == schema_text()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_an_editor_finds_the_schema_and_agrees_with_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    jsonschema.validate(yaml.safe_load(text), json.loads(schema_text()))


def test_the_schema_knows_the_closed_words() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"certification_max": "PG13"}, json.loads(schema_text())["$defs"]["Limits"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"phrases": {"greeet": ["Hi"]}}, {**json.loads(schema_text()), "$ref": "#/$defs/Voice"})


def _field_names(part: type[BaseModel]) -> set[str]:
    names = set(part.model_fields)
    for field in part.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names |= _field_names(field.annotation)
    return names


@pytest.mark.parametrize("name", sorted(_field_names(Persona)))
def test_the_template_and_the_readme_explain_every_field(name: str) -> None:
    assert f"{name}:" in TEMPLATE
    assert name in (HERE / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("phrase", Phrase)
def test_the_readme_lists_every_phrase(phrase: Phrase) -> None:
    assert f"| `{phrase}` |" in (HERE / "README.md").read_text(encoding="utf-8")


def test_new_writes_a_sound_file_once(tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    assert run(app, ["new", "film-club", "--folder", str(folder)]).exit_code == 0
    persona = load_persona(folder / "film-club.yaml")
    assert (persona.name, persona.display_name) == ("film-club", "Film Club")
    assert (folder / SCHEMA_FILE).is_file()
    before = (folder / "film-club.yaml").read_bytes()
    again = run(app, ["new", "film-club", "--folder", str(folder)])
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert (folder / "film-club.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["Film", "../escape", "a", "x" * 33, "film\n"])
def test_new_refuses_what_is_not_a_name(tmp_path: Path, name: str) -> None:
    assert run(app, ["new", "--folder", str(tmp_path), "--", name]).exit_code == 2
    assert list(tmp_path.rglob("*")) == []


def test_new_shows_the_defaults_of_the_schema() -> None:
    text = TEMPLATE.replace("NAME_OF_THE_PERSONA", "x1").replace("NAME_AS_SHOWN", "X")
    written = Persona.model_validate(yaml.safe_load(text))
    for name in ("locale", "catalogue", "picks", "limits", "leaning", "web"):
        assert getattr(written, name) == Persona.model_fields[name].default, name


def test_validate_tells_all_faults_and_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("name: bad\ncolour: red\n", encoding="utf-8")
    told = run(app, ["validate", str(path), str(HERE)])
    assert told.exit_code == 1
    assert f"{path}:2: colour: no such field" in told.stderr
    assert "look: is missing" in told.stderr
    machine = run(app, ["validate", "--json", str(path)])
    assert machine.exit_code == 1
    faults = json.loads(machine.stdout)["faults"]
    assert {fault["field"] for fault in faults} == {"about", "colour", "display_name", "look", "tagline"}
    assert all(fault["remedy"] for fault in faults)


def test_validate_is_content_with_the_shipped_personas() -> None:
    told = run(app, ["validate", str(HERE)])
    assert (told.exit_code, told.stdout) == (0, "4 persona files without a fault.\n")


def test_list_names_the_personas_and_their_limits() -> None:
    assert "lantern" in run(app, ["list"]).stdout
    rows = json.loads(run(app, ["list", "--json"]).stdout)
    assert [row["name"] for row in rows] == ["arthouse", "lantern", "matinee", "vibe"]
    assert rows[1]["limits"]["certification_max"] == "PG"


@pytest.mark.parametrize("name", [path.stem for path in SHIPPED])
def test_preview_samples_every_phrase(name: str) -> None:
    shown = run(app, ["preview", name], env={"COLUMNS": "200"}).stdout
    assert all(phrase.value in shown for phrase in Phrase)


def test_preview_and_key_of_an_unknown_persona_exit_1() -> None:
    assert run(app, ["preview", "nobody"]).exit_code == 1
    assert run(app, ["key", "nobody"]).exit_code == 1


def test_key_gives_the_hash_of_the_key_it_shows() -> None:
    lines = run(app, ["key", "lantern"]).stdout.splitlines()
    secret, digest = lines[0].split(": ")[1], lines[-1].strip().removeprefix("- ")
    assert hashlib.sha256(secret.encode()).hexdigest() == digest
    assert run(app, ["key", "lantern"]).stdout.splitlines()[0] != lines[0]
