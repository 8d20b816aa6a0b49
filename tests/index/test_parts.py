"""The optional parts of an artefact: written whole, read whole, and never half in force."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Artefact, ArtefactError, add, build, current_folder, read_artefact
from index.artefact import FORMAT, FileSum
from index.enrich import Enriched
from index.looks.kept import KeptVectors
from index.ratings import write_item_vectors
from index.vectors import FaissStore
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder
from tests.index.parts import items_of, known_of, looks_of

ROOT = Path(__file__).parents[2]
SEEN, RATED = ("farm-pig", "mild-ghost"), ("farm-pig", "quiet-monk", "unrated-war")


def built(root: Path, known: Enriched, encoder: HashEncoder | None = None) -> Path:
    return build(known, root=root, catalogue="small", encoder=encoder or HashEncoder(), sources=["test"]).folder


def small(*, looks: tuple[str, ...] = SEEN, rated: tuple[str, ...] = RATED) -> Enriched:
    return Enriched(small_catalogue(), looks=looks_of(looks), items=items_of(rated))


def in_force(root: Path) -> Artefact:
    return read_artefact(current_folder(root, "small"))


def test_looks_and_ratings_stand_in_the_rows_of_their_films(tmp_path: Path) -> None:
    built(tmp_path, small())
    artefact = in_force(tmp_path)
    assert artefact.looks is not None
    assert artefact.items is not None
    ids = [each.movie_id for each in artefact.catalogue.films]
    rows = np.arange(len(ids), dtype=np.int64)
    looks = artefact.looks.vectors(rows)
    assert [ids[row] for row in rows if looks[row].any()] == list(SEEN)
    np.testing.assert_allclose(looks[ids.index("mild-ghost")], looks_of(("mild-ghost",)).vectors[0], atol=1e-6)
    assert [ids[row] for row in np.flatnonzero(artefact.items.known)] == list(RATED)
    np.testing.assert_array_equal(artefact.items.vectors[ids.index("quiet-monk")], items_of(("quiet-monk",)).vectors[0])
    assert (artefact.items.model, artefact.items.source, artefact.items.ratings) == ("drawn", "test", 9)


def test_a_catalogue_without_them_has_none(tmp_path: Path) -> None:
    for known in (Enriched(small_catalogue()), small(looks=("stranger",), rated=("stranger",))):
        built(tmp_path, known)
        artefact = in_force(tmp_path)
        assert (artefact.looks, artefact.items) == (None, None)
        assert set(artefact.manifest.files) == {"films.jsonl", "text.faiss"}


def test_the_artefacts_name_hangs_on_its_parts(tmp_path: Path) -> None:
    names = [
        built(tmp_path, known).name
        for known in (small(), small(looks=SEEN[:1]), small(rated=RATED[:2]), Enriched(small_catalogue()))
    ]
    assert len(set(names)) == 4
    assert built(tmp_path, small()).name == names[0]


def test_a_build_in_which_only_looks_and_ratings_changed_encodes_nothing(tmp_path: Path) -> None:
    built(tmp_path, small())
    encoder = HashEncoder()
    report = build(
        small(looks=("quiet-monk",), rated=RATED[:1]), root=tmp_path, catalogue="small", encoder=encoder, sources=["t"]
    )
    assert (report.encoded, report.reused, report.looks, report.rated) == (0, 6, 1, 1)
    assert encoder.encoded == []


@pytest.mark.parametrize("name", ["looks.faiss", "items/vectors.npy", "items/manifest.json"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "remove", "empty"])
def test_a_damaged_part_is_refused_with_the_remedy(tmp_path: Path, name: str, damage: str) -> None:
    path = built(tmp_path, small()) / name
    content = path.read_bytes()
    match damage:
        case "truncate":
            path.write_bytes(content[: len(content) // 2])
        case "flip":
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        case "empty":
            path.write_bytes(b"")
        case _:
            path.unlink()
    with pytest.raises(ArtefactError, match="make index"):
        in_force(tmp_path)


def owned_up_to(folder: Path) -> None:
    """Writes the checksums of the files as they are now into the manifest."""
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text())
    for name in manifest["files"]:
        content = (folder / name).read_bytes()
        manifest["files"][name] = FileSum(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)).model_dump()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_looks_of_another_number_of_films_are_refused(tmp_path: Path) -> None:
    folder = built(tmp_path, small())
    FaissStore.of(looks_of(("a", "b")).vectors).write(folder / "looks.faiss")
    owned_up_to(folder)
    with pytest.raises(ArtefactError, match="2 vectors for 6 films"):
        in_force(tmp_path)


def test_looks_that_are_not_of_unit_length_are_refused(tmp_path: Path) -> None:
    import faiss

    folder = built(tmp_path, small())
    index = faiss.IndexFlatIP(4)
    index.add(np.full((6, 4), 3.0, dtype=np.float32))
    faiss.write_index(index, str(folder / "looks.faiss"))
    owned_up_to(folder)
    with pytest.raises(ArtefactError, match="unit length"):
        in_force(tmp_path)


def test_item_vectors_of_films_that_are_not_there_are_refused(tmp_path: Path) -> None:
    folder = built(tmp_path, small())
    vectors = items_of(("a", "b")).vectors
    write_item_vectors(folder / "items", movie_ids=["a", "b"], vectors=vectors, model="m", source="s", ratings=1)
    owned_up_to(folder)
    with pytest.raises(ArtefactError, match="2 films that the catalogue does not hold"):
        in_force(tmp_path)


def test_looks_with_nan_are_never_written(tmp_path: Path) -> None:
    broken = KeptVectors(("farm-pig",), np.array([[np.nan, 1.0]], dtype=np.float32))
    built(tmp_path, small())
    before = current_folder(tmp_path, "small")
    with pytest.raises(ValueError, match="NaN"):
        built(tmp_path, Enriched(small_catalogue(), looks=broken))
    assert current_folder(tmp_path, "small") == before
    assert not list((tmp_path / "small").glob(".building-*"))


def test_an_artefact_of_the_format_before_says_what_to_run_and_is_built_over(tmp_path: Path) -> None:
    folder = built(tmp_path, small())
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 1}))
    with pytest.raises(ArtefactError, match=f"format 1, this version reads format {FORMAT}; run `make index`"):
        in_force(tmp_path)
    built(tmp_path, small())
    assert in_force(tmp_path).looks is not None


def test_added_films_leave_what_is_known_of_the_others(tmp_path: Path) -> None:
    films = [replace(each, lightness=0.4) if each.movie_id == "farm-pig" else each for each in small_catalogue()]
    built(tmp_path, replace(small(), films=films))
    new = Enriched([film("farm-pig", synopsis="Told anew."), film("brand-new")], looks=looks_of(("brand-new",)))
    built(tmp_path, add(new, to=in_force(tmp_path)))
    artefact = in_force(tmp_path)
    pig = artefact.catalogue.films[0]
    assert (pig.synopsis, pig.lightness) == ("Told anew.", 0.4)
    assert artefact.looks is not None
    assert artefact.items is not None
    seen = artefact.looks.vectors(np.arange(7, dtype=np.int64)).any(axis=1)
    assert {artefact.catalogue.films[row].movie_id for row in np.flatnonzero(seen)} == {*SEEN, "brand-new"}
    assert {artefact.catalogue.films[row].movie_id for row in np.flatnonzero(artefact.items.known)} == set(RATED)


def test_the_order_of_films_changes_nothing_of_what_is_known(tmp_path: Path) -> None:
    films = [film(f"film-{number}") for number in range(20)]
    built(tmp_path / "a", known_of(films))
    built(tmp_path / "b", known_of(films[::-1]))
    one, other = in_force(tmp_path / "a"), in_force(tmp_path / "b")
    assert one.looks is not None
    assert other.looks is not None
    assert one.items is not None
    assert other.items is not None
    rows = np.arange(20, dtype=np.int64)
    np.testing.assert_allclose(one.looks.vectors(rows), other.looks.vectors(rows[::-1].copy()), atol=1e-6)
    np.testing.assert_array_equal(one.items.vectors, other.items.vectors[::-1])


@pytest.mark.parametrize("where", ["encoding", "writing"])
def test_a_build_that_is_killed_leaves_the_old_artefact_in_force(tmp_path: Path, where: str) -> None:
    before = built(tmp_path, small())
    script = Path(__file__).with_name("slow_build.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path), where],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=20) == -signal.SIGKILL
    left = list((tmp_path / "small").glob(".building-*"))
    assert len(left) == (1 if where == "writing" else 0)
    assert current_folder(tmp_path, "small") == before
    assert in_force(tmp_path).items is not None
    for folder in left:
        os.utime(folder, (0, 0))
    built(tmp_path, small(looks=SEEN[:1]))
    assert in_force(tmp_path).looks is not None
    assert not list((tmp_path / "small").glob(".building-*"))


def test_a_build_that_is_under_way_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "small" / ".building-elsewhere").mkdir(parents=True)
    built(tmp_path, small())
    assert (tmp_path / "small" / ".building-elsewhere").is_dir()
