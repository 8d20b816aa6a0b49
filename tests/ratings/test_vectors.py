import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import ArtefactError
from index.ratings import ItemVectors, load_item_vectors, write_item_vectors
from index.ratings.cli import STARTER_RATINGS
from index.ratings.vectors import NEUTRAL
from index.sources.derived import read_figures
from index.sources.starter import DERIVED_FOLDER, JsonLinesFolder

NOBODY = np.zeros(0, dtype=np.int64)


def rows(*chosen: int) -> np.ndarray:
    return np.array(chosen, dtype=np.int64)


def write(folder: Path, vectors: np.ndarray) -> None:
    ids = [f"f{row}" for row in range(len(vectors))]
    write_item_vectors(folder, movie_ids=ids, vectors=vectors, model="test", source="made up", ratings=1)


def loaded(folder: Path) -> ItemVectors:
    found = load_item_vectors(folder)
    assert found is not None
    return found


@pytest.fixture
def two_camps(tmp_path: Path) -> ItemVectors:
    """Films 0-2 point one way, 3-5 the other; in a catalogue whose film 6 has no vector."""
    write(tmp_path / "v", np.array([[1, 0.1 * row] if row < 3 else [-1, 0.1 * row] for row in range(6)]))
    return loaded(tmp_path / "v").aligned([f"f{row}" for row in (5, 4, 3, 2, 1, 0, 6)][::-1])


def test_a_like_lifts_its_camp_and_lowers_the_other(two_camps: ItemVectors) -> None:
    assert two_camps.movie_ids == ("f6", "f0", "f1", "f2", "f3", "f4", "f5")
    liked, disliked = two_camps.scores(rows(1), NOBODY), two_camps.scores(NOBODY, rows(1))
    assert (liked[1:4] > NEUTRAL).all()
    assert (liked[4:] < NEUTRAL).all()
    assert (disliked[1:4] < NEUTRAL).all()
    assert (disliked[4:] > NEUTRAL).all()


def test_films_without_a_vector_are_neutral_and_say_nothing(two_camps: ItemVectors) -> None:
    assert two_camps.scores(rows(1), NOBODY)[0] == NEUTRAL
    assert (two_camps.scores(rows(0), NOBODY) == NEUTRAL).all()
    assert (two_camps.scores(NOBODY, NOBODY) == NEUTRAL).all()
    np.testing.assert_array_equal(two_camps.scores(rows(0, 1), NOBODY), two_camps.scores(rows(1), NOBODY))


def test_the_liked_film_that_speaks_loudest_is_named(two_camps: ItemVectors) -> None:
    assert two_camps.strongest(rows(1, 5), 2) == 1
    assert two_camps.strongest(rows(4), 1) is None
    assert two_camps.strongest(NOBODY, 1) is None


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    liked=st.lists(st.integers(0, 29), max_size=8),
    disliked=st.lists(st.integers(0, 29), max_size=8),
)
def test_scores_stay_in_range_and_do_not_hang_on_the_order(seed: int, liked: list[int], disliked: list[int]) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=(30, 4)).astype(np.float32)
    known = chance.random(30) < 0.8
    vectors[~known] = 0.0
    all_of_them = ItemVectors(tuple(map(str, range(30))), vectors, known, usual=0.01)
    scores = all_of_them.scores(rows(*liked), rows(*disliked))
    assert scores.shape == (30,)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    np.testing.assert_allclose(all_of_them.scores(rows(*liked[::-1]), rows(*disliked[::-1])), scores, atol=1e-4)


def test_what_was_written_reads_back(tmp_path: Path) -> None:
    vectors = np.random.default_rng(1).normal(size=(5, 3)).astype(np.float32)
    write(tmp_path, vectors)
    again = loaded(tmp_path)
    assert again.known.all()
    np.testing.assert_allclose(again.vectors, vectors, rtol=1e-3)


def test_no_folder_is_no_vectors(tmp_path: Path) -> None:
    assert load_item_vectors(tmp_path / "none") is None
    assert load_item_vectors(tmp_path) is None


def test_nan_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="finite"):
        write(tmp_path, np.array([[np.nan]]))


@pytest.mark.parametrize("garbage", [b"", b"not vectors", b"\x93NUMPY\x01\x00v\x00{'descr': '|O'"])
def test_a_garbage_file_gives_a_clear_error(tmp_path: Path, garbage: bytes) -> None:
    write(tmp_path, np.ones((2, 2)))
    (tmp_path / "vectors.npy").write_bytes(garbage)
    with pytest.raises(ArtefactError, match="matinee index ratings"):
        load_item_vectors(tmp_path)


def test_a_pickle_is_never_loaded_even_with_its_own_checksum(tmp_path: Path) -> None:
    import hashlib

    write(tmp_path, np.ones((2, 2)))
    np.save(tmp_path / "vectors.npy", np.array([{}, {}], dtype=object), allow_pickle=True)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["sha256"] = hashlib.sha256((tmp_path / "vectors.npy").read_bytes()).hexdigest()
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ArtefactError, match="cannot be read"):
        load_item_vectors(tmp_path)


def test_a_damaged_manifest_gives_a_clear_error(tmp_path: Path) -> None:
    write(tmp_path, np.ones((2, 2)))
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ArtefactError, match="manifest"):
        load_item_vectors(tmp_path)


def test_the_shipped_vectors_belong_to_starter_films_and_stand_beside_their_notice() -> None:
    vectors = load_item_vectors(STARTER_RATINGS)
    if vectors is None:
        pytest.skip("the folder was removed, as its notice allows")
    films = list(JsonLinesFolder().films())
    titles = {film.title: row for row, film in enumerate(films)}
    assert set(vectors.movie_ids) <= {film.movie_id for film in films}
    assert "grouplens" in (STARTER_RATINGS / "NOTICE.md").read_text(encoding="utf-8").lower()
    assert set(vectors.movie_ids) == {
        movie_id for movie_id, own in read_figures(DERIVED_FOLDER).items() if "popularity" in own
    }
    scores = vectors.aligned([film.movie_id for film in films]).scores(rows(titles["Toy Story"]), NOBODY)
    assert scores[titles["Finding Nemo"]] > 0.8
    assert scores[titles["Se7en"]] < NEUTRAL
