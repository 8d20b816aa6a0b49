"""Labels files: read whole, or refused with every fault."""

from pathlib import Path

import pytest

from index.errors import CatalogueError
from index.looks.labels import Label, read_labels


def test_empty_cells_are_unsure(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("\ufeffmovieId,brightness,palette,vintage\n7,Bright,,no\n8,,muted,\n", encoding="utf-8")
    assert read_labels(path) == {
        "7": Label(bright=True, colourful=None, vintage=False),
        "8": Label(bright=None, colourful=False, vintage=None),
    }


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("movieId,brightness,palette,vintage\n7,light,,no\n7,dark,grey,\n,dark,,\n")
    with pytest.raises(CatalogueError) as told:
        read_labels(path)
    lines = str(told.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["labels.csv:2", "labels.csv:3", "labels.csv:3", "labels.csv:4"]
    assert "'light', not one of bright, dark" in lines[0]


@pytest.mark.parametrize("content", [b"", b"movieId,brightness\n1,dark\n", b"\xff\xfe\x00garbage", b"movieId\n"])
def test_what_is_no_labels_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match="labels"):
        read_labels(path)
