"""What every vector store must do. A store's test inherits `VectorStoreContract` and says how one is made."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import RowSet, VectorStore
from index.encoder import Vectors


def unit_vectors(n: int, *, dimension: int = 16, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class VectorStoreContract:
    def make(self, vectors: Vectors) -> VectorStore:
        raise NotImplementedError

    def test_nearest_row_of_a_stored_vector_is_itself(self) -> None:
        vectors = unit_vectors(50)
        store = self.make(vectors)
        for row in (0, 17, 49):
            assert store.search(vectors[row], k=1).rows[0] == row

    # Each store's class runs this property: that there are several is the point of a contract.
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(seed=st.integers(0, 10_000), kept=st.sets(st.integers(0, 79), max_size=40), k=st.integers(1, 100))
    def test_search_under_a_bitmap_equals_brute_force_by_value(self, seed: int, kept: set[int], k: int) -> None:
        vectors = unit_vectors(80)
        query = unit_vectors(1, seed=seed)[0]
        hits = self.make(vectors).search(query, k=k, among=RowSet.of(kept, n=80))
        expected = np.sort(vectors[sorted(kept)] @ query)[::-1][:k]
        assert set(hits.rows) <= kept
        assert len(set(hits.rows.tolist())) == len(hits.rows) == min(k, len(kept))
        np.testing.assert_allclose(hits.scores, expected, atol=1e-5)

    def test_an_empty_bitmap_finds_nothing(self) -> None:
        assert len(self.make(unit_vectors(5)).search(unit_vectors(1)[0], k=3, among=RowSet.nothing(5)).rows) == 0

    def test_vectors_come_back_as_they_went_in(self) -> None:
        vectors = unit_vectors(30)
        np.testing.assert_allclose(
            self.make(vectors).vectors(np.array([4, 2], dtype=np.int64)), vectors[[4, 2]], atol=1e-6
        )

    @pytest.mark.parametrize("fault", ["nan", "long"])
    def test_refuses_vectors_that_are_not_of_unit_length(self, fault: str) -> None:
        vectors = unit_vectors(4)
        vectors[2] = np.nan if fault == "nan" else vectors[2] * 3
        with pytest.raises(ValueError, match=r"NaN|unit length"):
            self.make(vectors)
