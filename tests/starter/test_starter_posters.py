"""Addresses of posters: joined by ids that agree, kept as paths, refused where they would lead elsewhere."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from index.cli import app
from index.errors import CatalogueError
from index.film import parse_film
from index.posters import ADDRESSES, FOLDER, POSTER_BASE, listed_posters, read_addresses
from index.provenance import Part, read_provenance
from index.sources.starter import STARTER_FOLDER, JsonLinesFolder
from tests.starter.reference import DATA

LIST = DATA / "box_office_jedi" / "movies.jsonl.gz"
AT_TMDB = "https://image.tmdb.org/t/p/w500"


def _listed(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_film_is_found_by_its_ids_and_left_out_where_they_disagree(tmp_path: Path) -> None:
    known: dict[str, dict[str, Any]] = {
        "both": {"imdb_id": "tt0000001", "tmdb_id": 1},
        "by-imdb": {"imdb_id": "tt0000002"},
        "by-tmdb": {"tmdb_id": 3},
        "wrong-id": {"imdb_id": "tt0000004", "tmdb_id": 4},
        "elsewhere": {"tmdb_id": 5},
        "without": {"tmdb_id": 6},
        "unlisted": {"imdb_id": "tt0000007", "tmdb_id": 7},
    }
    films = [parse_film({"movie_id": name, "title": name, **ids}) for name, ids in known.items()]
    rows: list[dict[str, Any]] = [
        {"imdb_id": "tt0000001", "tmdb_id": 1, "poster_url": f"{AT_TMDB}/one.jpg", "title": "One"},
        {"imdb_id": "tt0000002", "tmdb_id": 2, "poster_url": f"{AT_TMDB}/two.jpg"},
        {"imdb_id": None, "tmdb_id": 3, "poster_url": f"{AT_TMDB}/three.jpg"},
        {"imdb_id": "tt0000004", "tmdb_id": 44, "poster_url": f"{AT_TMDB}/another-film.jpg"},
        {"imdb_id": None, "tmdb_id": 5, "poster_url": "https://pictures.example.org/five.jpg"},
        {"imdb_id": None, "tmdb_id": 6, "poster_url": None},
    ]
    plain = _listed(tmp_path / "list.jsonl", *rows)
    packed = tmp_path / "list.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for file in (plain, packed):
        assert listed_posters(file, films) == {"both": "/one.jpg", "by-imdb": "/two.jpg", "by-tmdb": "/three.jpg"}


def test_a_list_of_another_form_is_refused_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    file.write_text('{"tmdb_id": "x"}\nnot json\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"list\.jsonl:1: tmdb_id: .*\n.*list\.jsonl:2: line: "):
        listed_posters(file, [])
    with pytest.raises(CatalogueError, match=r"missing\.jsonl: cannot be read"):
        listed_posters(tmp_path / "missing.jsonl", [])


@pytest.mark.parametrize(
    "path", ["//evil.example/x.jpg", "/../x.jpg", "https://x.jpg", "/x.jpg?y", "/x.svg", "/a b.jpg"]
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / ADDRESSES).write_text(json.dumps({"one": path}), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"addresses\.json: not paths of posters"):
        read_addresses(tmp_path)


def test_deriving_gives_films_their_addresses_and_a_film_s_own_stays(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    own = "https://pictures.example.org/own.jpg"
    films: list[dict[str, Any]] = [
        {"movie_id": "a", "title": "A", "tmdb_id": 1},
        {"movie_id": "b", "title": "B", "tmdb_id": 2, "poster_url": own},
        {"movie_id": "c", "title": "C"},
    ]
    _listed(tmp_path / "films" / "all.jsonl", *films)
    assert [film.poster_url for film in JsonLinesFolder(tmp_path / "films").films()] == [None, own, None]

    rows: list[dict[str, Any]] = [{"tmdb_id": number, "poster_url": f"{AT_TMDB}/{number}.jpg"} for number in (1, 2)]
    listed = _listed(tmp_path / "list.jsonl", *rows)
    ran = CliRunner().invoke(app, ["derive", "--poster-addresses", str(listed), "--folder", str(tmp_path), "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.output) == {"posters": 2}
    urls = [film.poster_url for film in JsonLinesFolder(tmp_path / "films").films()]
    assert urls == [f"{POSTER_BASE}/1.jpg", own, None]
    found = read_provenance(tmp_path, Part.POSTERS)
    assert found is not None
    assert (found.films, found.of, found.source.name) == (2, 3, "list.jsonl")


def test_the_starter_works_without_its_addresses(tmp_path: Path) -> None:
    shutil.copytree(STARTER_FOLDER, tmp_path / "films")
    assert not any(film.poster_url for film in JsonLinesFolder(tmp_path / "films").films())


def test_the_starter_keeps_paths_and_no_picture() -> None:
    folder = STARTER_FOLDER.parent / FOLDER
    assert {path.name for path in folder.iterdir()} == {ADDRESSES, "NOTICE.md", "provenance.json"}
    assert "label_poster_credit" in (folder / "NOTICE.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not LIST.is_file(), reason=f"no list of posters at {LIST} (set MATINEE_TEST_DATA)")
def test_deriving_again_gives_the_addresses_that_ship(tmp_path: Path) -> None:
    shutil.copytree(STARTER_FOLDER, tmp_path / "films")
    shutil.copy(STARTER_FOLDER.parent / "sources.yaml", tmp_path)
    ran = CliRunner().invoke(app, ["derive", "--poster-addresses", str(LIST), "--folder", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    assert read_provenance(tmp_path, Part.POSTERS) == read_provenance(STARTER_FOLDER.parent, Part.POSTERS)
