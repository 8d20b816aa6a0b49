"""Each poster is measured once, by what its file holds."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from index.looks.measuring import BATCH, KnownPosters, measure_posters
from tests.looks.plain_network import QuarterColours


@pytest.fixture
def posters(tmp_path: Path) -> dict[str, Path]:
    chance = np.random.default_rng(11)
    files = {}
    for number in range(BATCH + 3):
        path = tmp_path / "posters" / f"tt{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(chance.integers(0, 256, (9, 6, 3), dtype=np.uint8)).save(path)
        files[path.stem] = path
    return files


def test_a_batch_equals_its_posters_one_by_one(posters: dict[str, Path]) -> None:
    whole = measure_posters(posters, network=QuarterColours())
    for row, name in enumerate(whole.ids):
        alone = measure_posters({name: posters[name]}, network=QuarterColours())
        assert (alone.vectors[0] == whole.vectors[row]).all()
        assert (alone.details[0] == whole.details[row]).all()


def test_a_second_run_measures_only_what_has_changed(posters: dict[str, Path], tmp_path: Path) -> None:
    first = KnownPosters.read(tmp_path / "state", "quarter-colours")
    before = measure_posters(posters, network=QuarterColours(), known=first)
    first.write()
    Image.new("RGB", (6, 9), (200, 10, 10)).save(posters["tt4"])
    posters["another name"] = posters["tt7"]
    network, steps = QuarterColours(), []
    known = KnownPosters.read(tmp_path / "state", "quarter-colours")
    after = measure_posters(posters, network=network, known=known, progress=lambda *step: steps.append(step))
    assert network.seen == 1
    assert after.reused == len(posters) - 1
    assert steps == [(0, 1), (1, 1)]
    same = [row for row, name in enumerate(before.ids) if name != "tt4"]
    assert (after.vectors[same] == before.vectors[same]).all()
    assert (after.vectors[4] != before.vectors[4]).any()
    assert (after.vectors[-1] == after.vectors[7]).all()


@pytest.mark.parametrize("content", [b"", b"garbage", b"PK\x03\x04 garbage"])
def test_a_damaged_memory_is_measured_anew(posters: dict[str, Path], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "quarter-colours.npz").write_bytes(content)
    known = KnownPosters.read(tmp_path, "quarter-colours")
    assert measure_posters(posters, network=QuarterColours(), known=known).reused == 0
    known.write()
    assert len(KnownPosters.read(tmp_path, "quarter-colours").rows) == len(posters)


def test_what_cannot_be_read_is_named_and_loses_nothing_else(posters: dict[str, Path]) -> None:
    posters["tt1"].write_bytes(b"no picture")
    posters["tt2"].unlink()
    measured = measure_posters(posters, network=QuarterColours())
    assert set(posters) - set(measured.ids) == {"tt1", "tt2"}
    assert sorted(fault.split(":")[0] for fault in measured.faults) == ["tt1", "tt2"]
    assert len(measured.vectors) == len(measured.details) == len(measured.digests) == len(measured.ids)


def test_nothing_is_measured_of_nothing() -> None:
    measured = measure_posters({}, network=QuarterColours())
    assert measured.vectors.shape == (0, 13)
    assert measured.ids == measured.faults == ()
