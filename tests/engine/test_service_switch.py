"""A new artefact is taken between two turns; a damaged one never is."""

import time
from pathlib import Path

import pytest

from engine.answers import Desk
from engine.catalogues import Catalogues
from engine.client import EngineClient
from engine.errors import NotReadyError
from engine.wire import CardsRequest
from tests.engine.stalls import app_over, asking, built
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder
from tests.peers import serving

NEW = film("brand-new", synopsis="A whale learns to fly.", certification="G")


async def titles(engine: EngineClient, *movie_ids: str) -> list[str]:
    return [card.title for card in await engine.cards(CardsRequest(persona="matinee", movie_ids=movie_ids))]


async def test_a_new_artefact_is_in_force_at_the_next_turn(desk: Desk, tmp_path: Path) -> None:
    with serving(app_over(desk)) as address:
        async with EngineClient(address) as engine:
            first = await engine.picks(asking(number=6))
            assert len(first.picks) == 6
            built(tmp_path / "index", [*small_catalogue(), NEW])
            desk.catalogues.refresh()
            second = await engine.picks(asking(turn_id="t2", number=6))
            assert [pick.movie_id for pick in second.picks] == ["brand-new"]
            assert await titles(engine, "brand-new", "farm-pig") == ["Brand New", "Farm Pig"]


async def test_the_service_looks_for_new_artefacts_by_itself(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.service.REFRESH_S", 0.01)
    with serving(app_over(desk)) as address:
        async with EngineClient(address) as engine:
            assert await titles(engine, "brand-new") == []
            built(tmp_path / "index", [*small_catalogue(), NEW])
            give_up_at_s = time.monotonic() + 20
            while not (found := await titles(engine, "brand-new")):
                assert time.monotonic() < give_up_at_s, "the new artefact was never taken"
            assert found == ["Brand New"]


@pytest.mark.parametrize("damage", ["truncate", "remove", "pointer", "gone", "folder"])
async def test_a_damaged_new_artefact_leaves_the_old_one_in_force(desk: Desk, tmp_path: Path, damage: str) -> None:
    with serving(app_over(desk)) as address:
        async with EngineClient(address) as engine:
            await titles(engine, "farm-pig")
            folder = built(tmp_path / "index", [*small_catalogue(), NEW])
            films = folder / "films.jsonl"
            match damage:
                case "truncate":
                    films.write_bytes(films.read_bytes()[:-20])
                case "remove":
                    (folder / "text.faiss").unlink()
                case "pointer":
                    (folder.parent / "CURRENT").write_bytes(b"\xff\x00../../etc")
                case "gone":
                    folder.rename(folder.parent / ".elsewhere")
                case _:
                    films.unlink()
                    films.mkdir()
            desk.catalogues.refresh()
            assert await titles(engine, "farm-pig", "brand-new") == ["Farm Pig"]
            assert len((await engine.picks(asking())).picks) == 3


async def test_a_repaired_artefact_is_taken_after_a_damaged_one(desk: Desk, tmp_path: Path) -> None:
    desk.catalogues.get("starter")
    (built(tmp_path / "index", [*small_catalogue(), NEW]) / "text.faiss").write_bytes(b"")
    desk.catalogues.refresh()
    assert desk.catalogues.get("starter").film("brand-new") is None
    built(tmp_path / "index", [*small_catalogue(), NEW])
    desk.catalogues.refresh()
    assert desk.catalogues.get("starter").film("brand-new") == NEW


def test_an_artefact_of_another_encoder_is_refused_with_the_remedy(tmp_path: Path) -> None:
    class OtherEncoder(HashEncoder):
        name = "another-model"

    built(tmp_path, small_catalogue())
    with pytest.raises(NotReadyError, match="matinee index build --encoder another-model"):
        Catalogues(tmp_path, OtherEncoder()).get("starter")
