"""What is kept of a catalogue's looks, and the commands that keep it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from index.cli import app
from index.looks.errors import LooksError
from index.looks.kept import figures_of, read_vectors, write_looks
from index.looks.measuring import Measured
from index.looks.network import unit
from index.looks.pixels import DETAILS
from index.looks.styles import read_styles
from index.sources.derived import FIGURES, read_figures
from index.sources.starter import DERIVED_FOLDER


@pytest.fixture
def measured() -> Measured:
    chance = np.random.default_rng(8)
    ids = ("tt30", "tt4", "tt100")
    vectors = unit(chance.random((3, 1280)))
    return Measured(ids, (bytes(32),) * 3, vectors, chance.random((3, len(DETAILS))).astype(np.float32), (), 0)


def test_looks_come_back_by_film_whatever_their_order(measured: Measured, tmp_path: Path) -> None:
    styles = read_styles()
    write_looks(tmp_path, measured, styles)
    kept = read_vectors(tmp_path)
    assert kept is not None
    wanted = dict(zip(measured.ids, styles.reduce(measured.vectors), strict=True))
    for name, vector in zip(kept.movie_ids, kept.vectors, strict=True):
        assert float(vector @ wanted[name]) == pytest.approx(1, abs=1e-3)
    assert read_figures(tmp_path) == figures_of(measured, styles)
    assert all(0 <= value <= 1 for row in read_figures(tmp_path).values() for value in row.values())


def test_every_figure_is_one_that_a_film_knows(measured: Measured) -> None:
    assert {name for row in figures_of(measured, read_styles()).values() for name in row} <= FIGURES


def test_no_vectors_are_no_fault(tmp_path: Path) -> None:
    assert read_vectors(tmp_path) is None


@pytest.mark.parametrize("name", ["looks_vectors.npz", "looks.json"])
def test_damage_is_told(measured: Measured, tmp_path: Path, name: str) -> None:
    write_looks(tmp_path, measured, read_styles())
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:100])
    with pytest.raises(LooksError, match="matinee index looks"):
        read_vectors(tmp_path)


def test_the_starter_films_have_their_looks() -> None:
    kept = read_vectors(DERIVED_FOLDER)
    assert kept is not None
    assert len(kept.movie_ids) >= 150
    assert (DERIVED_FOLDER / "looks_vectors.npz").stat().st_size < 300_000
    told = json.loads((DERIVED_FOLDER / "looks.json").read_text())
    assert told["styles_sha256"] == read_styles().provenance.sha256


def test_a_command_without_posters_says_what_it_needs() -> None:
    done = CliRunner().invoke(app, ["looks"])
    assert done.exit_code == 2
    assert "--download" in done.output


@pytest.mark.torch
def test_posters_become_looks_by_one_command(tmp_path: Path) -> None:
    pytest.importorskip("efficientnet_lite_pytorch")
    films, posters = tmp_path / "films", tmp_path / "posters"
    films.mkdir()
    posters.mkdir()
    rows = [{"movie_id": f"tt{number}", "title": f"Film {number}"} for number in (1, 2, 3)]
    (films / "films.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    Image.new("RGB", (40, 60), (250, 250, 245)).save(posters / "tt1.jpg")
    Image.new("RGB", (40, 60), (8, 8, 12)).save(posters / "tt2.jpg")
    (posters / "tt3.jpg").write_bytes(b"no picture")
    options = ["--films", str(films), "--out", str(tmp_path / "derived"), "--state-dir", str(tmp_path / "state")]
    for told in ("2 posters measured, 0 unchanged", "0 posters measured, 2 unchanged"):
        done = CliRunner().invoke(app, ["looks", str(posters), *options])
        assert done.exit_code == 0, done.output
        assert f"2 of 3 films have looks now ({told})" in done.output
        assert "left out: tt3" in done.output
    figures = read_figures(tmp_path / "derived")
    assert figures["tt1"]["lightness"] > 0.9
    assert figures["tt2"]["lightness"] < 0.1
    assert figures["tt2"]["dark_moody"] > 0.5 > figures["tt1"]["dark_moody"]
