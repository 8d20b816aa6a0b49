"""`matinee bench visual` against its floors, on posters that are no part of the project."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.visual import auc, measure
from index.errors import CatalogueError
from index.looks.labels import SCORED
from tests.starter.reference import DATA

POSTERS = DATA / "posters" / "images"
FLOORS = tomllib.loads((Path(__file__).parents[1] / "floors.toml").read_text(encoding="utf-8"))["visual"]


def test_auc_by_hand() -> None:
    truth = np.array([True, True, False, False])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), truth) == 1
    assert auc(np.array([4.0, 1.0, 3.0, 2.0]), truth) == 0.5
    assert auc(np.array([4.0, 2.0, 2.0, 1.0]), truth) == 0.875
    assert auc(np.array([1.0]), np.array([True])) is None


@given(st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2))
def test_auc_of_the_opposite_is_the_rest(rows: list[tuple[int, bool]]) -> None:
    scores, truth = np.array([row[0] for row in rows], dtype=float), np.array([row[1] for row in rows])
    found, opposite = auc(scores, truth), auc(-scores, truth)
    if found is None:
        assert truth.all() or not truth.any()
    else:
        assert opposite == pytest.approx(1 - found)


def test_labels_without_posters_are_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no movieId\.jpg"):
        measure(tmp_path, SCORED)


@pytest.mark.torch
@pytest.mark.skipif(not POSTERS.is_dir(), reason=f"no posters at {POSTERS} (set MATINEE_TEST_DATA)")
def test_looks_are_told_as_well_as_the_floors_ask() -> None:
    pytest.importorskip("efficientnet_lite_pytorch")
    figures = measure(POSTERS, SCORED)
    assert figures.data["left_out_trained_on"] == figures.data["dated_in_training"] == 0
    assert figures.data["scored"] == figures.data["labelled"]
    found = {(row["model"], row["label"]): row.get("auc") for row in figures.rows}
    assert found["matinee", "bright/dark"] >= FLOORS["bright_dark_auc_least"]
    assert found["matinee", "colourful/muted"] >= FLOORS["colourful_muted_auc_least"]
    assert found["matinee", "vintage"] >= FLOORS["vintage_auc_least"]
    pixels = [value for (model, label), value in found.items() if model.startswith("pixels") and label == "vintage"]
    assert found["matinee", "vintage"] > max(value for value in pixels if value is not None) + 0.1
