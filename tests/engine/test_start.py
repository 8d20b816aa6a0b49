"""Starting the engine: what is missing or damaged is said once, with the remedy, and the exit code is 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import ONNX_MINILM, build
from tests.engine.stage import PERSONAS_DIR
from tests.engine.test_store_at_once import ROOT
from tests.index.films import small_catalogue
from tests.index.hash_encoder import HashEncoder


class NamedLikeTheRealOne(HashEncoder):
    """So that the artefact passes for one that the engine can serve; nothing is searched in it here."""

    name = ONNX_MINILM


def start(state_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MATINEE_")}
    environment = clean | {"MATINEE_STATE_DIR": str(state_dir), "MATINEE_ENGINE_PORT": "9801", **settings}
    return subprocess.run(
        [sys.executable, "-m", "engine"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def with_artefact(state_dir: Path) -> Path:
    return build(
        small_catalogue(),
        root=state_dir / "index",
        catalogue="starter",
        encoder=NamedLikeTheRealOne(),
        sources=["test"],
    ).folder


def assert_says(started: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert started.returncode == 2, started.stderr
    assert "The engine cannot start." in started.stderr
    assert "Traceback" not in started.stderr
    for part in parts:
        assert part in started.stderr


def test_without_an_artefact_it_says_what_to_build(tmp_path: Path) -> None:
    assert_says(start(tmp_path), "'starter' has not been built", "matinee index build")


def test_with_a_truncated_artefact_it_names_the_file(tmp_path: Path) -> None:
    films = with_artefact(tmp_path) / "films.jsonl"
    films.write_bytes(films.read_bytes()[:100])
    assert_says(start(tmp_path), "films.jsonl is truncated", "make index")


def test_without_a_parser_it_says_what_to_train(tmp_path: Path) -> None:
    with_artefact(tmp_path)
    assert_says(start(tmp_path), "nlu", "train")


def test_a_setting_out_of_range_is_named(tmp_path: Path) -> None:
    assert_says(start(tmp_path, MATINEE_ENGINE_PORT="123456"), "engine_port")


def test_a_faulty_persona_is_named_with_its_line(tmp_path: Path) -> None:
    personas = tmp_path / "personas"
    personas.mkdir()
    text = (PERSONAS_DIR / "matinee.yaml").read_text(encoding="utf-8")
    (personas / "matinee.yaml").write_text(text + "\ncolour: red\n", encoding="utf-8")
    assert_says(start(tmp_path, MATINEE_PERSONAS_DIR=str(personas)), "matinee.yaml", "colour")


@pytest.mark.skipif(not (ROOT / ".matinee/models/nlu").is_dir(), reason="no parser has been trained in this checkout")
def test_with_a_database_that_cannot_be_opened_it_says_so(tmp_path: Path) -> None:
    with_artefact(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "nlu").symlink_to(ROOT / ".matinee/models/nlu")
    assert_says(start(tmp_path, MATINEE_DATABASE_URL=f"sqlite:///{tmp_path}"), "the database cannot be opened")
