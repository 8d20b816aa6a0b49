"""Which vector store an artefact is searched in: FAISS, as it was built, or Milvus, filled from it."""

from collections.abc import Callable

import structlog

from index.artefact import Artefact
from index.errors import VectorStoreError
from index.milvus import Milvus, MilvusStore, collection_name, drop_others
from index.vectors import VectorStore

_log = structlog.get_logger("index.stores")
#: Gives the store that an artefact's text vectors are searched in. Raises `VectorStoreError`.
StoreOf = Callable[[Artefact], VectorStore]
FAISS, _MILVUS = "faiss", "milvus+"


def in_memory(artefact: Artefact) -> VectorStore:
    """The artefact's own store: FAISS, mapped from its file."""
    return artefact.text


def store_of(setting: str, *, token: str = "") -> StoreOf:
    """What MATINEE_VECTOR_STORE asks for: `faiss`, or `milvus+` and an address or the path of a file for Milvus Lite.

    Raises ValueError for anything else.
    """
    if setting == FAISS:
        return in_memory
    if not setting.startswith(_MILVUS) or setting == _MILVUS:
        raise ValueError("give faiss, milvus+http://HOST:19530, or milvus+/FILE.db for Milvus Lite")
    milvus = Milvus(setting.removeprefix(_MILVUS), token=token)

    def in_milvus(artefact: Artefact) -> VectorStore:
        catalogue, content_id = artefact.manifest.catalogue, artefact.manifest.content_id
        store = MilvusStore.filled(milvus, collection_name(catalogue, content_id), artefact.text)
        # Other engines may be at the artefact before this one for a moment yet: what has a folder here stays.
        beside = [folder.name for folder in artefact.path.parent.iterdir() if folder.is_dir()]
        try:
            dropped = drop_others(milvus, catalogue, keep=[content_id, *beside])
            _log.info("vectors in milvus", catalogue=catalogue, rows=store.n, dropped=dropped)
        except VectorStoreError as error:
            _log.warning("old vectors not dropped", catalogue=catalogue, reason=str(error))
        return store

    return in_milvus
