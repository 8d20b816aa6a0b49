import json
import os
from pathlib import Path

import pytest

from index import ArtefactError, CatalogueError, build, current_folder, gather, read_artefact, verify_artefact
from index.sources.csv_file import CsvFile, movie_id_of
from index.sources.starter import JsonLinesFolder
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder


def build_small(root: Path, encoder: HashEncoder | None = None, films: list | None = None) -> Path:
    return build(
        films or small_catalogue(), root=root, catalogue="small", encoder=encoder or HashEncoder(), sources=["test"]
    ).folder


def test_what_is_built_is_read_back(tmp_path: Path) -> None:
    build_small(tmp_path)
    artefact = read_artefact(current_folder(tmp_path, "small"))
    assert list(artefact.catalogue.films) == small_catalogue()
    assert artefact.text.n == len(small_catalogue())
    assert artefact.manifest.encoder == "hash-64"


def test_only_changed_films_are_encoded_again(tmp_path: Path) -> None:
    build_small(tmp_path)
    encoder, films = HashEncoder(), small_catalogue()
    films[2] = film("quiet-monk", synopsis="Another story altogether.")
    report = build([*films, film("new-film")], root=tmp_path, catalogue="small", encoder=encoder, sources=["test"])
    assert (report.encoded, report.reused) == (2, 5)
    assert len(encoder.encoded) == 2


def test_the_same_films_give_the_same_artefact(tmp_path: Path) -> None:
    assert build_small(tmp_path / "a").name == build_small(tmp_path / "b").name


@pytest.mark.parametrize("name", ["films.jsonl", "text.faiss", "manifest.json"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "remove", "empty"])
def test_a_damaged_artefact_is_refused_with_the_remedy(tmp_path: Path, name: str, damage: str) -> None:
    path = build_small(tmp_path) / name
    content = path.read_bytes()
    match damage:
        case "truncate":
            path.write_bytes(content[: len(content) // 2])
        case "flip":
            path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        case "empty":
            path.write_bytes(b"")
        case _:
            path.unlink()
    with pytest.raises(ArtefactError, match="make index"):
        read_artefact(current_folder(tmp_path, "small"))


def test_a_manifest_that_lies_about_the_number_of_films_is_refused(tmp_path: Path) -> None:
    folder = build_small(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"films": 99}))
    with pytest.raises(ArtefactError, match="manifest says 99"):
        read_artefact(folder)


def test_an_artefact_is_rebuilt_over_its_damaged_copy(tmp_path: Path) -> None:
    (build_small(tmp_path) / "text.faiss").write_bytes(b"")
    verify_artefact(build_small(tmp_path))


def test_nothing_built_yet_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="matinee index build"):
        current_folder(tmp_path, "small")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ArtefactError, match="MATINEE_STATE_DIR"):
        build_small(tmp_path / "state")


def test_old_artefacts_are_kept_for_those_who_read_them_and_then_dropped(tmp_path: Path) -> None:
    folders = [build_small(tmp_path, films=[film(f"film-{number}")]) for number in range(6)]
    left = [folder for folder in folders if folder.is_dir()]
    assert folders[-1] in left
    assert len(left) == 3


def test_a_csv_file_says_all_its_faults_with_line_and_field(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text("title,year,genres,tone\nGood,1999,Drama|Comedy,funny=0.5\n,1700,Opera,funny=2\nBad,x,,loud=1\n")
    with pytest.raises(CatalogueError) as caught:
        gather([CsvFile(path)])
    for part in ("films.csv:3: title", "films.csv:3: year", "films.csv:3: genres", "films.csv:3: tone.funny",
                 "films.csv:4: year", "films.csv:4: tone"):  # fmt: skip
        assert part in str(caught.value)


def test_a_csv_film_without_an_id_gets_a_readable_one(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text("title,year,cast\nAmélie!,2001,Audrey Tautou|Mathieu Kassovitz\n", encoding="utf-8")
    (only,) = gather([CsvFile(path)])
    assert (only.movie_id, only.cast) == ("amelie-2001", ("Audrey Tautou", "Mathieu Kassovitz"))
    assert len(movie_id_of("x" * 500, "2001")) <= 64


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"name,year\nx,1\n", "unknown columns name"), (b"year\n1999\n", "title"), (b"title\n\xff\n", "UTF-8"),
     (b"title,year\na,1999,extra\n", "number of cells")],
)  # fmt: skip
def test_a_csv_file_of_another_form_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "films.csv").write_bytes(content)
    with pytest.raises(CatalogueError, match=said):
        gather([CsvFile(tmp_path / "films.csv")])


def test_a_film_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text('{"movie_id": "tt1", "title": "One"}\n')
    with pytest.raises(CatalogueError, match="stands twice"):
        gather([JsonLinesFolder(tmp_path)])
