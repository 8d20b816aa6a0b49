"""An engine whose vectors lie in Milvus answers as one does whose vectors lie in its memory. Milvus Lite runs here."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.answers import Desk
from engine.catalogues import Catalogues
from engine.client import EngineClient, EngineRefused
from engine.errors import NotReadyError
from engine.settings import EngineSettings
from engine.store import Database, TasteStore
from engine.wire import Kind
from index import FaissStore, current_folder
from index.milvus import MilvusStore
from index.stores import in_memory, store_of
from nlu.frame import Frame
from tests.engine.stalls import PERSONAS, app_over, asking, built, saying
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder
from tests.peers import serving

pytest.importorskip("milvus_lite", reason="Milvus is tested where milvus-lite is installed (make env-test)")
NEW = film("brand-new", synopsis="A whale learns to fly.", certification="G")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    built(tmp_path / "index", small_catalogue())
    return tmp_path / "index"


@pytest.fixture
def setting(tmp_path: Path) -> str:
    return f"milvus+{tmp_path / 'vectors.db'}"


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[list[Database]]:
    opened = [Database(f"sqlite:///{tmp_path / name}.db") for name in ("faiss", "milvus")]
    yield opened
    for database in opened:
        database.close()


def _milvus_of(catalogues: Catalogues) -> MilvusStore:
    store = catalogues.get("starter").recommender.artefact.text
    assert isinstance(store, MilvusStore)
    return store


async def test_the_same_films_with_the_same_scores_and_reasons(
    root: Path, setting: str, databases: list[Database]
) -> None:
    stores = (in_memory, store_of(setting))
    desks = [
        Desk(PERSONAS, Catalogues(root, HashEncoder(), store_of=store), TasteStore(database))
        for store, database in zip(stores, databases, strict=True)
    ]
    answers = []
    for desk in desks:
        desk.catalogues.get("starter")  # as an engine does before it listens
        with serving(app_over(desk)) as address:
            async with EngineClient(address) as engine:
                asked = [asking(frame=Frame(rest="a ghost house by the sea"), turn_id="t1", number=2)]
                asked += [asking(frame=Frame(rest="snow"), turn_id="t2", persona="lantern", number=2)]
                asked += [asking(frame=Frame(like=("farm-pig",)), turn_id="t3", number=3)]
                await engine.feedback(saying(Kind.LIKE, "mild-ghost"))
                answers.append([(await engine.picks(each)).picks for each in asked])
    for exact, found in zip(*answers, strict=True):
        assert exact
        assert [pick.movie_id for pick in found] == [pick.movie_id for pick in exact]
        assert [pick.reason for pick in found] == [pick.reason for pick in exact]
        np.testing.assert_allclose([pick.score for pick in found], [pick.score for pick in exact], atol=1e-4)


def test_a_new_artefact_gets_a_collection_and_those_without_a_folder_go(root: Path, setting: str) -> None:
    choose = store_of(setting)
    catalogues = Catalogues(root, HashEncoder(), store_of=choose)
    client = _milvus_of(catalogues)._milvus.client
    (first,) = client.list_collections()
    old = current_folder(root, "starter")
    built(root, [*small_catalogue(), NEW])
    catalogues.refresh()
    second = _milvus_of(catalogues)._collection
    assert sorted(client.list_collections()) == sorted([first, second])  # another engine may still be at the first
    for path in sorted(old.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    old.rmdir()
    Catalogues(root, HashEncoder(), store_of=choose).get("starter")
    assert client.list_collections() == [second]


async def test_without_milvus_a_turn_is_a_problem_that_says_so(
    root: Path, setting: str, databases: list[Database]
) -> None:
    desk = Desk(PERSONAS, Catalogues(root, HashEncoder(), store_of=store_of(setting)), TasteStore(databases[1]))
    store = _milvus_of(desk.catalogues)
    store._milvus.client.drop_collection(store._collection)
    with serving(app_over(desk)) as address:
        async with EngineClient(address) as engine:
            with pytest.raises(EngineRefused) as refused:
                await engine.picks(asking(frame=Frame(rest="a ghost")))
    assert (refused.value.status, refused.value.kind) == (503, "/problems/vectors")


def test_a_milvus_that_is_not_there_leaves_the_catalogue_not_ready(root: Path) -> None:
    with pytest.raises(NotReadyError, match="MATINEE_VECTOR_STORE"):
        Catalogues(root, HashEncoder(), store_of=store_of("milvus+http://127.0.0.1:9")).get("starter")


def test_a_new_artefact_that_milvus_does_not_take_leaves_the_old_one_in_force(root: Path, setting: str) -> None:
    catalogues = Catalogues(root, HashEncoder(), store_of=store_of(setting))
    before = _milvus_of(catalogues)
    before._milvus.close()
    before._milvus.uri = "http://127.0.0.1:9"
    built(root, [*small_catalogue(), NEW])
    catalogues.refresh()
    assert _milvus_of(catalogues) is before


@pytest.mark.parametrize("setting", ["", "milvus", "milvus+", "qdrant+http://x", "http://host:19530"])
def test_a_setting_that_names_no_store_is_refused_with_what_to_give(setting: str) -> None:
    with pytest.raises(ValueError, match=r"milvus\+http://HOST:19530"):
        EngineSettings(vector_store=setting)


def test_pymilvus_is_named_with_its_remedy_where_it_is_missing(
    root: Path, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(NotReadyError, match="make env-scale"):
        Catalogues(root, HashEncoder(), store_of=store_of(setting)).get("starter")


def test_pymilvus_is_not_imported_until_it_is_chosen() -> None:
    told = "import sys, engine.catalogues; sys.exit('pymilvus' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False, timeout=120).returncode == 0


def test_faiss_is_what_an_engine_has_by_itself(root: Path) -> None:
    catalogues = Catalogues(root, HashEncoder(), store_of=EngineSettings().store_of)
    assert isinstance(catalogues.get("starter").recommender.artefact.text, FaissStore)
