"""The trained styles: taught by examples whose answer is forced, kept without loss, refused when they do not fit."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.looks.errors import StylesError
from index.looks.labels import SCORED, TRAINING, Label, read_labels
from index.looks.measuring import Measured
from index.looks.network import unit
from index.looks.pixels import DETAILS
from index.looks.styles import SHIPPED, Style, Styles, read_styles, write_styles

N = 400


@pytest.fixture(scope="module")
def taught() -> tuple[Measured, Styles]:
    """Posters whose first value of the vector says their age and whose first two details say light and colour."""
    training = pytest.importorskip("index.looks.training")
    pytest.importorskip("sklearn")
    chance = np.random.default_rng(5)
    vectors = chance.normal(0, 0.3, (N, 160)).astype(np.float32)
    old = np.arange(N) % 2 == 0
    vectors[:, 0] = np.where(old, 4, -4)
    details = chance.random((N, len(DETAILS))).astype(np.float32)
    ids = tuple(f"tt{row}" for row in range(N))
    digests = tuple(row.to_bytes(8, "big") + bytes(24) for row in range(N))
    measured = Measured(ids, digests, unit(vectors), details, (), 0)
    labels = {
        f"tt{row}": Label(
            bright=bool(details[row, 0] > 0.5), colourful=bool(details[row, 1] > 0.5), vintage=bool(old[row])
        )
        for row in range(240)
    }
    years = {name: 1950 if old[row] else 2005 for row, name in enumerate(ids)}
    held_out = frozenset(f"tt{row}" for row in range(300, N))
    styles = training.train(measured, network="plain", labels=labels, years=years, held_out=held_out)
    return measured, styles


def told(measured: Measured, styles: Styles, style: Style) -> np.ndarray:
    return styles.probability(style, styles.reduce(measured.vectors), measured.details)[300:]


def test_a_head_finds_what_its_labels_turn_on(taught: tuple[Measured, Styles]) -> None:
    measured, styles = taught
    light, colour = measured.details[300:, 0], measured.details[300:, 1]
    assert ((told(measured, styles, Style.VINTAGE) > 0.5) == (np.arange(300, N) % 2 == 0)).all()
    for style, figure in ((Style.BRIGHT, light), (Style.COLOURFUL, colour)):
        found = told(measured, styles, style)
        assert found[figure > 0.7].mean() > found[figure < 0.3].mean() + 0.4
        assert np.corrcoef(found, figure)[0, 1] > 0.8
    both = told(measured, styles, Style.BRIGHT_COLOURFUL)
    assert both[(light > 0.7) & (colour > 0.7)].mean() > both[(light < 0.3) | (colour < 0.3)].mean() + 0.2
    moody = told(measured, styles, Style.DARK_MOODY)
    assert moody[(light < 0.3) & (colour < 0.3)].mean() > moody[(light > 0.7) | (colour > 0.7)].mean() + 0.2


def test_posters_held_out_take_part_in_nothing(taught: tuple[Measured, Styles]) -> None:
    from index.looks.training import train

    measured, styles = taught
    chance = np.random.default_rng(6)
    vectors, details = measured.vectors.copy(), measured.details.copy()
    vectors[300:] = unit(chance.normal(size=(100, 160)))
    details[300:] = 0.5
    other = replace(measured, vectors=vectors, details=details)
    labels = {f"tt{row}": Label(bright=row % 2 == 0, colourful=row % 2 == 0, vintage=row % 2 == 0) for row in range(N)}
    years = dict.fromkeys(measured.ids, 1950) | {f"tt{row}": 2005 for row in range(1, N, 2)}
    held_out = frozenset(f"tt{row}" for row in range(300, N))
    one = train(measured, network="plain", labels=labels, years=years, held_out=held_out)
    two = train(other, network="plain", labels=labels, years=years, held_out=held_out)
    for style in Style:
        assert (one.heads[style].on_vector == two.heads[style].on_vector).all()
    assert (one.basis == two.basis).all()
    assert len(styles.dated) == 300
    assert styles.provenance.held_out == 100


def test_styles_survive_being_kept(taught: tuple[Measured, Styles], tmp_path: Path) -> None:
    measured, styles = taught
    write_styles(styles, tmp_path)
    again = read_styles(tmp_path, network="plain")
    for style in Style:
        assert (told(measured, again, style) == told(measured, styles, style)).all()
    write_styles(again, tmp_path / "twice")
    assert (tmp_path / "twice" / "styles.npz").read_bytes() == (tmp_path / "styles.npz").read_bytes()


def missing(folder: Path) -> None:
    (folder / "styles.npz").unlink()


def cut_short(folder: Path) -> None:
    (folder / "styles.npz").write_bytes((folder / "styles.npz").read_bytes()[:500])


def no_json(folder: Path) -> None:
    (folder / "styles.json").write_text("{")


def other_details(folder: Path) -> None:
    row = json.loads((folder / "styles.json").read_text())
    (folder / "styles.json").write_text(json.dumps(row | {"details": ["lightness"]}))


@pytest.mark.parametrize("spoil", [missing, cut_short, no_json, other_details])
def test_styles_that_cannot_be_trusted_are_refused(
    taught: tuple[Measured, Styles], tmp_path: Path, spoil: object
) -> None:
    write_styles(taught[1], tmp_path)
    spoil(tmp_path)  # type: ignore[operator]
    with pytest.raises(StylesError, match="styles"):
        read_styles(tmp_path)


def test_styles_of_another_network_are_refused() -> None:
    with pytest.raises(StylesError, match="looks-train"):
        read_styles(SHIPPED, network="ResNet50_Weights.IMAGENET1K_V2")


def test_too_few_labels_are_refused(taught: tuple[Measured, Styles]) -> None:
    from index.looks.training import train

    with pytest.raises(StylesError, match="too few"):
        train(taught[0], network="plain", labels={}, years={})


def test_scored_labels_share_no_poster_with_training() -> None:
    scored, training = read_labels(SCORED), read_labels(TRAINING)
    assert len(scored) >= 150
    assert not set(scored) & set(training)


def test_shipped_styles_are_read_without_torch_sklearn_or_pillow() -> None:
    code = (
        "import sys, index.looks as looks; looks.read_styles(network='efficientnet-lite0');"
        "from index.sources.starter import DERIVED_FOLDER; assert looks.read_vectors(DERIVED_FOLDER) is not None;"
        "print(sorted({'torch', 'torchvision', 'sklearn', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
