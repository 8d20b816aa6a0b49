"""A folder of posters, measured into a catalogue by the build's own command."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from index import current_folder, read_artefact
from index.cli import app


@pytest.mark.torch
def test_posters_become_figures_and_vectors_of_a_catalogue_and_are_measured_once(tmp_path: Path) -> None:
    pytest.importorskip("efficientnet_lite_pytorch", reason="needs the build group: `make env-build`")
    films, posters, state = tmp_path / "films.csv", tmp_path / "posters", tmp_path / "state"
    posters.mkdir()
    films.write_text("movie_id,title,imdb_id\nlight,Light,\ndark,Dark,tt0000007\nnone,None,\nbroken,Broken,\n")
    Image.new("RGB", (40, 60), (250, 250, 245)).save(posters / "light.jpg")
    Image.new("RGB", (40, 60), (8, 8, 12)).save(posters / "tt0000007.png")
    (posters / "broken.jpg").write_bytes(b"no picture")
    options = ["--posters", str(posters), "--no-topics", "--state-dir", str(state), "--catalogue", "mine", "--json"]
    for encoded in (4, 0):
        done = CliRunner().invoke(app, ["build", str(films), *options])
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        assert (told["looks"], told["encoded"]) == (2, encoded)
        assert "left out: broken" in done.output
    artefact = read_artefact(current_folder(state / "index", "mine"))
    light, dark, none, broken = artefact.catalogue.films
    assert light.lightness is not None
    assert dark.lightness is not None
    assert dark.lightness < 0.1
    assert light.lightness > 0.9
    assert dark.dark_moody is not None
    assert (none.lightness, broken.lightness) == (None, None)
    assert artefact.looks is not None
    assert artefact.looks.vectors(np.arange(4, dtype=np.int64)).any(axis=1).tolist() == [True, True, False, False]
    assert (state / "looks").is_dir()
