from pathlib import Path

import pytest

from index import ArtefactError, FaissStore, VectorStore
from index.encoder import Vectors
from tests.index.vector_store_contract import VectorStoreContract, unit_vectors


class TestFaissStore(VectorStoreContract):
    def make(self, vectors: Vectors) -> VectorStore:
        return FaissStore.of(vectors)


def test_a_written_store_reads_back_the_same(tmp_path: Path) -> None:
    vectors = unit_vectors(20)
    FaissStore.of(vectors).write(tmp_path / "x.faiss")
    again = FaissStore.read(tmp_path / "x.faiss")
    assert (again.n, again.dimension) == (20, 16)
    assert again.search(vectors[11], k=1).rows[0] == 11


@pytest.mark.parametrize("garbage", [b"", b"not an index at all", b"IxFI" + b"\0" * 10])
def test_a_garbage_file_gives_a_clear_error(tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / "x.faiss").write_bytes(garbage)
    with pytest.raises(ArtefactError, match="make index"):
        FaissStore.read(tmp_path / "x.faiss")
