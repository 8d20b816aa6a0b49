"""The vector store on Milvus, for catalogues and engines past one machine. Same answers as FAISS, by value: exact
search (a FLAT index over inner products) among exactly the rows that are asked for.

A collection holds the vectors of one artefact, under the artefact's content id: it never changes once it is full, so
several engines may fill it at the same time, and one that was stopped is filled on. pymilvus is in the group `scale`
and is imported only here, and only where a collection is opened.
"""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import structlog

from index.encoder import Vectors
from index.errors import VectorStoreError
from index.rows import Rows, RowSet
from index.vectors import FaissStore, Hits, VectorStore

if TYPE_CHECKING:
    from pymilvus import MilvusClient

_log = structlog.get_logger("index.milvus")

#: Most rows that one search of Milvus returns (its limit on `topk`).
_FOUND_MAX = 16_384
#: Most rows that one filter names. Milvus takes long lists, but reads them for each search.
_NAMED_MAX = 8_192
#: Rows written or read in one call: 4,096 vectors of 384 numbers are 6 MB, under the 64 MB of a gRPC message.
_BATCH = 4_096
#: Vectors that are compared with the artefact's before a collection is trusted.
_COMPARED = 8
_SAME_WITHIN = 1e-5
_ROW, _VECTOR = "row", "vector"
_INSTALL = "run `make env-scale`, or set MATINEE_VECTOR_STORE to faiss"


class Milvus:
    """One Milvus, and the connection that all stores of this process share. Thread-safe."""

    def __init__(
        self, uri: str, *, token: str = "", search_timeout_s: float = 3.0, write_timeout_s: float = 60.0
    ) -> None:
        """`uri` is http(s)://HOST:19530, or the path of a file for Milvus Lite, which one process may open; `token` is
        USER:PASSWORD where it asks for one. pymilvus tries again, with back-off, within the times given."""
        self.uri = uri
        self.search_timeout_s, self.write_timeout_s = search_timeout_s, write_timeout_s
        self._token = token
        self._client: MilvusClient | None = None
        self._lock = threading.Lock()

    @property
    def client(self) -> "MilvusClient":
        """Connected at first use. Raises `VectorStoreError` where pymilvus is missing or nobody answers."""
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.close()
            self._client = None

    def _connect(self) -> "MilvusClient":
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise VectorStoreError(f"Milvus needs pymilvus, which is not installed; {_INSTALL}") from error
        with _translated(f"Milvus at {self.uri} is not reached; check MATINEE_VECTOR_STORE"):
            return MilvusClient(uri=self.uri, token=self._token, timeout=self.search_timeout_s)


class MilvusStore:
    """The vectors of one collection, with rows 0 … n-1 as its primary keys. Thread-safe, as the client is."""

    def __init__(self, milvus: Milvus, collection: str, *, n: int, dimension: int) -> None:
        self._milvus, self._collection = milvus, collection
        self._n, self._dimension = n, dimension

    @classmethod
    def of(cls, milvus: Milvus, collection: str, vectors: Vectors) -> "MilvusStore":
        """A store of (n, d) unit vectors. Raises ValueError for NaN or rows that are not of unit length."""
        return cls.filled(milvus, collection, FaissStore.of(vectors))

    @classmethod
    def filled(cls, milvus: Milvus, collection: str, source: VectorStore) -> "MilvusStore":
        """The collection with the source's vectors: as it is where it is full, filled on where it is not.

        Raises `VectorStoreError` where Milvus refuses, or holds other vectors under this name.
        """
        with _translated(f"Milvus could not be filled with {collection}"):
            _make(milvus, collection, dimension=source.dimension)
            _fill(milvus, collection, source)
        store = cls(milvus, collection, n=source.n, dimension=source.dimension)
        store._compare(source)
        return store

    @property
    def n(self) -> int:
        return self._n

    @property
    def dimension(self) -> int:
        return self._dimension

    def search(self, query: Vectors, *, k: int, among: RowSet | None = None) -> Hits:
        """As the contract says; equal scores stand in the order of their rows. Raises `VectorStoreError`."""
        wanted = min(k, self.n if among is None else len(among))
        asked = np.ascontiguousarray(query.reshape(1, -1), dtype=np.float32)
        rows: list[int] = []
        scores: list[float] = []
        for filtered, limit in _searches(wanted, n=self.n, among=among):
            with _translated("Milvus did not answer a search"):
                (hits,) = self._milvus.client.search(
                    self._collection,
                    data=list(asked),
                    filter=filtered,
                    limit=limit,
                    output_fields=[_ROW],
                    search_params={"metric_type": "IP"},
                    anns_field=_VECTOR,
                    timeout=self._milvus.search_timeout_s,
                )
            rows += [int(hit[_ROW]) for hit in hits]
            scores += [float(hit["distance"]) for hit in hits]
        found, near = np.array(rows, dtype=np.int64), np.array(scores, dtype=np.float32)
        best = np.lexsort((found, -near))[: max(wanted, 0)]
        return Hits(found[best], near[best])

    def vectors(self, rows: npt.NDArray[np.int64]) -> Vectors:
        """The vectors of the rows, (m, d) float32. Raises `VectorStoreError`, for a row that is not there as well."""
        held: dict[int, Any] = {}
        for some in _batches(np.unique(rows)):
            with _translated("Milvus did not give vectors"):
                found = self._milvus.client.get(
                    self._collection, ids=some, output_fields=[_ROW, _VECTOR], timeout=self._milvus.search_timeout_s
                )
            held |= {int(each[_ROW]): each[_VECTOR] for each in found}
        if missing := [int(row) for row in rows if int(row) not in held]:
            raise VectorStoreError(f"Milvus holds no vector for the rows {missing[:5]} of {self._collection}")
        out = np.zeros((len(rows), self.dimension), dtype=np.float32)
        for place, row in enumerate(rows):
            out[place] = held[int(row)]
        return out

    def _compare(self, source: VectorStore) -> None:
        some = np.unique(np.linspace(0, self.n - 1, num=min(_COMPARED, self.n), dtype=np.int64))
        if self.n and not np.allclose(self.vectors(some), source.vectors(some), atol=_SAME_WITHIN):
            raise VectorStoreError(
                f"Milvus holds other vectors under the name {self._collection}; drop that collection"
            )


def collection_name(catalogue: str, content_id: str) -> str:
    """The collection of an artefact. Names in Milvus are letters, digits and underscores."""
    return f"matinee_{re.sub(r'[^A-Za-z0-9]', '_', catalogue)}_{content_id}"


def drop_others(milvus: Milvus, catalogue: str, *, keep: Sequence[str]) -> list[str]:
    """Drops the catalogue's collections but those of the content ids in `keep`, and returns their names."""
    ours = re.compile(re.escape(collection_name(catalogue, "")) + r"[0-9a-f]{16}")
    kept = {collection_name(catalogue, content_id) for content_id in keep}
    with _translated("Milvus could not be tidied"):
        there = milvus.client.list_collections(timeout=milvus.write_timeout_s)
        dropped = sorted(name for name in there if ours.fullmatch(name) and name not in kept)
        for name in dropped:
            milvus.client.drop_collection(name, timeout=milvus.write_timeout_s)
    return dropped


def _searches(wanted: int, *, n: int, among: RowSet | None) -> Iterator[tuple[str, int]]:
    """The filters and limits whose hits together hold the `wanted` nearest rows of `among`: as few searches as the
    limits of Milvus allow. Each part of the rows gives its own nearest, so the nearest of all are among them."""
    if wanted <= 0:
        return
    left_out = np.zeros(0, dtype=np.int64) if among is None else np.flatnonzero(~among.mask)
    if wanted <= _FOUND_MAX and len(left_out) <= _NAMED_MAX:
        yield (_named("not in", left_out) if len(left_out) else ""), wanted
    elif among is None:
        for first in range(0, n, _FOUND_MAX):
            yield f"{_ROW} >= {first} and {_ROW} < {first + _FOUND_MAX}", min(wanted, n - first, _FOUND_MAX)
    else:
        rows = among.rows
        for first in range(0, len(rows), _NAMED_MAX):
            some = rows[first : first + _NAMED_MAX]
            yield _named("in", some), min(wanted, len(some))


def _named(operator: str, rows: Rows) -> str:
    # Row numbers and nothing else: no text of anybody's comes into a filter.
    return f"{_ROW} {operator} [{','.join(map(str, rows.tolist()))}]"


def _make(milvus: Milvus, collection: str, *, dimension: int) -> None:
    client, timeout_s = milvus.client, milvus.write_timeout_s
    if client.has_collection(collection, timeout=timeout_s):
        return
    from pymilvus import DataType
    from pymilvus.exceptions import MilvusException

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(_ROW, DataType.INT64, is_primary=True)
    schema.add_field(_VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
    index = client.prepare_index_params()
    index.add_index(_VECTOR, index_type="FLAT", metric_type="IP")
    try:
        client.create_collection(
            collection, schema=schema, index_params=index, consistency_level="Strong", timeout=timeout_s
        )
    except MilvusException:
        if not client.has_collection(collection, timeout=timeout_s):
            raise
        _log.info("another engine was first", collection=collection)


def _fill(milvus: Milvus, collection: str, source: VectorStore) -> None:
    client, timeout_s = milvus.client, milvus.write_timeout_s
    client.load_collection(collection, timeout=timeout_s)
    have = _count(milvus, collection)
    if have == source.n:
        return
    # Rows are written in order, so the number there tells where to go on. Where several engines wrote at once it may
    # not, and the number at the end says so: then once from the start. Writing a row again changes nothing.
    for first in (have - have % _BATCH if have < source.n else 0, 0):
        _log.info("filling", collection=collection, rows=source.n, first=first)
        for rows in _batches(np.arange(first, source.n, dtype=np.int64)):
            vectors = source.vectors(np.array(rows, dtype=np.int64))
            data = [{_ROW: row, _VECTOR: vector} for row, vector in zip(rows, vectors, strict=True)]
            client.upsert(collection, data, timeout=timeout_s)
        if (have := _count(milvus, collection)) == source.n:
            return
    raise VectorStoreError(f"{collection} holds {have} vectors instead of {source.n}; drop it and start again")


def _count(milvus: Milvus, collection: str) -> int:
    (told,) = milvus.client.query(
        collection, filter="", output_fields=["count(*)"], timeout=milvus.write_timeout_s, consistency_level="Strong"
    )
    return int(told["count(*)"])


def _batches(rows: Rows) -> Iterator[list[int]]:
    for first in range(0, len(rows), _BATCH):
        yield [int(row) for row in rows[first : first + _BATCH]]


@contextmanager
def _translated(words: str) -> Iterator[None]:
    """Whatever pymilvus raises as a `VectorStoreError` that begins with these words."""
    try:
        yield
    except VectorStoreError:
        raise
    except Exception as error:
        # It raises errors of its own, gRPC's, and ValueError; the first line of each says what is amiss.
        said = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise VectorStoreError(f"{words} ({said})") from error
