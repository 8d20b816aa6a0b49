"""Milvus keeps the contract of every vector store, by value. What runs here is Milvus Lite: the same client and calls
as against a server, with an engine of its own behind them. No Milvus server runs in these tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from index import FaissStore, RowSet, VectorStore
from index.encoder import Vectors
from index.errors import VectorStoreError
from index.milvus import Milvus, MilvusStore, collection_name, drop_others
from tests.index.vector_store_contract import VectorStoreContract, unit_vectors

pytest.importorskip("pymilvus", reason="Milvus is tested where pymilvus is installed (make env-test)")
pytest.importorskip("milvus_lite", reason="Milvus is tested where milvus-lite is installed (make env-test)")


@pytest.fixture(scope="module")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Milvus]:
    lite = Milvus(str(tmp_path_factory.mktemp("milvus") / "vectors.db"))
    yield lite
    lite.close()


class TestMilvusStore(VectorStoreContract):
    milvus: ClassVar[Milvus]
    made: ClassVar[dict[bytes, MilvusStore]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def _shared(cls, milvus: Milvus) -> None:
        cls.milvus, cls.made = milvus, {}

    def make(self, vectors: Vectors) -> VectorStore:
        # One collection for equal vectors, as artefacts have by their content id.
        key = vectors.tobytes()
        if key not in self.made:
            self.made[key] = MilvusStore.of(self.milvus, f"contract_{len(self.made)}", vectors)
        return self.made[key]


N, DIMENSION = 20_000, 64


@pytest.fixture(scope="module")
def both(milvus: Milvus) -> tuple[MilvusStore, FaissStore]:
    """The same 20,000 vectors in either store: past what one search returns, and past what one filter names."""
    vectors = unit_vectors(N, dimension=DIMENSION)
    return MilvusStore.of(milvus, "both", vectors), FaissStore.of(vectors)


@pytest.mark.parametrize("kept", [1.0, 0.9, 0.5, 0.1, 0.01, 0.001])
@pytest.mark.parametrize("k", [10, 1_000])
def test_the_same_as_faiss_by_value_however_much_is_filtered(
    both: tuple[MilvusStore, FaissStore], kept: float, k: int
) -> None:
    milvus, faiss = both
    chance = np.random.default_rng(round(kept * 1000) + k)
    among = RowSet(chance.random(N) < kept) if kept < 1 else None
    for query in unit_vectors(3, dimension=DIMENSION, seed=k):
        found, exact = milvus.search(query, k=k, among=among), faiss.search(query, k=k, among=among)
        np.testing.assert_allclose(found.scores, exact.scores, atol=1e-4)
        assert _agree(found.rows, exact.rows, exact.scores)
        assert among is None or among.mask[found.rows].all()


def test_every_row_may_be_asked_for_at_once(both: tuple[MilvusStore, FaissStore]) -> None:
    milvus, faiss = both
    (query,) = unit_vectors(1, dimension=DIMENSION, seed=3)
    for among in (None, RowSet(np.arange(N) % 10 > 0)):
        found, exact = milvus.search(query, k=N, among=among), faiss.search(query, k=N, among=among)
        np.testing.assert_allclose(found.scores, exact.scores, atol=1e-4)
        assert sorted(found.rows) == sorted(exact.rows)


def _agree(rows: np.ndarray, exact: np.ndarray, scores: np.ndarray) -> bool:
    # Rows whose scores are the same to the fifth digit may stand in another order.
    apart = np.flatnonzero(np.diff(scores) < -1e-5) + 1
    parts = zip(np.split(rows, apart)[:-1], np.split(exact, apart)[:-1], strict=True)
    return all(sorted(one) == sorted(other) for one, other in parts)


def test_equal_scores_stand_in_the_order_of_their_rows(milvus: Milvus) -> None:
    vectors = np.repeat(unit_vectors(2), 5, axis=0)
    store = MilvusStore.of(milvus, "equals", vectors)
    assert store.search(vectors[0], k=5).rows.tolist() == [0, 1, 2, 3, 4]


def test_vectors_come_in_the_order_asked_and_as_often(milvus: Milvus) -> None:
    vectors = unit_vectors(9)
    store = MilvusStore.of(milvus, "ordered", vectors)
    rows = np.array([7, 1, 7], dtype=np.int64)
    np.testing.assert_allclose(store.vectors(rows), vectors[rows], atol=1e-6)
    assert store.vectors(np.zeros(0, dtype=np.int64)).shape == (0, 16)
    with pytest.raises(VectorStoreError, match=r"\[9\]"):
        store.vectors(np.array([2, 9], dtype=np.int64))


def test_a_full_collection_is_used_as_it_is(milvus: Milvus, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = unit_vectors(30)
    MilvusStore.of(milvus, "full", vectors)
    written: list[str] = []
    monkeypatch.setattr(milvus.client, "upsert", lambda name, *_, **__: written.append(name))
    assert MilvusStore.of(milvus, "full", vectors).search(vectors[4], k=1).rows.tolist() == [4]
    assert written == []


def test_a_collection_that_was_left_half_full_is_filled_on(milvus: Milvus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.milvus._BATCH", 10)
    vectors, write, written = unit_vectors(45), milvus.client.upsert, list[int]()

    def write_some(name: str, data: list[dict[str, object]], **options: object) -> object:
        if len(written) == 2:
            raise ConnectionError("the power went")
        written.append(int(str(data[0]["row"])))
        return write(name, data, **options)

    with monkeypatch.context() as broken:
        broken.setattr(milvus.client, "upsert", write_some)
        with pytest.raises(VectorStoreError, match="the power went"):
            MilvusStore.of(milvus, "half", vectors)
    firsts: list[int] = []
    monkeypatch.setattr(
        milvus.client, "upsert", lambda name, data, **more: (firsts.append(data[0]["row"]), write(name, data, **more))
    )
    store = MilvusStore.of(milvus, "half", vectors)
    assert (written, firsts) == ([0, 10], [20, 30, 40])
    assert store.search(vectors[44], k=45).rows[0] == 44


def test_holes_that_several_writers_left_are_filled(milvus: Milvus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.milvus._BATCH", 10)
    vectors = unit_vectors(40)
    MilvusStore.of(milvus, "holes", vectors)
    milvus.client.delete("holes", ids=[3, 4])
    store = MilvusStore.of(milvus, "holes", vectors)
    np.testing.assert_allclose(store.vectors(np.arange(40)), vectors, atol=1e-6)


def test_other_vectors_under_the_same_name_are_refused(milvus: Milvus) -> None:
    MilvusStore.of(milvus, "taken", unit_vectors(20, seed=1))
    with pytest.raises(VectorStoreError, match="other vectors under the name taken"):
        MilvusStore.of(milvus, "taken", unit_vectors(20, seed=2))


def test_old_collections_of_a_catalogue_are_dropped_and_no_others(milvus: Milvus) -> None:
    old, kept, current = ("0" * 15 + digit for digit in "123")
    ours = [collection_name("a", content_id) for content_id in (old, kept, current)]
    others = [collection_name("a_b", old), "matinee_a_mine", "somebody_elses"]
    for name in (*ours, *others):
        MilvusStore.of(milvus, name, unit_vectors(2))
    assert drop_others(milvus, "a", keep=[kept, current]) == [ours[0]]
    assert {*ours[1:], *others} <= set(milvus.client.list_collections())
    assert ours[0] not in milvus.client.list_collections()


def test_names_are_what_milvus_takes() -> None:
    assert collection_name("my-films.2", "ab12") == "matinee_my_films_2_ab12"


@pytest.mark.parametrize("uri", ["http://127.0.0.1:9", "nonsense://x", ""])
def test_a_milvus_that_is_not_there_is_said_in_seconds_with_its_setting(uri: str) -> None:
    nowhere = Milvus(uri, search_timeout_s=0.5)
    with pytest.raises(VectorStoreError, match="MATINEE_VECTOR_STORE"):
        _ = nowhere.client


def test_a_milvus_that_goes_is_a_clear_error(tmp_path: Path) -> None:
    milvus = Milvus(str(tmp_path / "gone.db"), search_timeout_s=0.5)
    vectors = unit_vectors(5)
    store = MilvusStore.of(milvus, "gone", vectors)
    milvus.client.drop_collection("gone")
    with pytest.raises(VectorStoreError, match="did not answer a search"):
        store.search(vectors[0], k=1)
    with pytest.raises(VectorStoreError, match="did not give vectors"):
        store.vectors(np.array([1], dtype=np.int64))
    milvus.close()
