"""Plain CSV files, and which kind of source a path is."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CatalogueError
from index.sources.chosen import source_for
from index.sources.csv_file import CsvFile
from index.sources.mapping import PLAIN, film_of
from index.sources.movielens import MovieLensFolder
from index.sources.starter import STARTER_FOLDER, JsonLinesFolder
from tests.starter.reference import DATA

TOP_1000 = DATA / "imdb_top_1000" / "imdb_top_1000.csv"


def test_a_plain_file_names_films_as_it_always_did(tmp_path: Path) -> None:
    path = tmp_path / "films.csv"
    path.write_text(
        "title,year,directors,genres,certification,runtime_min,moods,tone,countries\n"
        "Paddington,2014,Paul King,Family|Comedy,PG,95,feel-good|heartwarming,funny=0.8|scary=0.1,GB|FR\n"
    )
    (one,) = source_for(path).films()
    assert (one.movie_id, one.year, one.directors) == ("paddington-2014", 2014, ("Paul King",))
    assert (one.genres, one.moods) == (("Family", "Comedy"), ("feel-good", "heartwarming"))
    assert (one.certification, one.certification_original, one.runtime_min) == ("PG", None, 95)
    assert (one.tone, one.countries) == ({"funny": 0.8, "scary": 0.1}, ("GB", "FR"))


def test_a_plain_files_certification_must_be_a_us_one(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text("title,certification\nOne,12A\n")
    with pytest.raises(CatalogueError, match=r"films\.csv:2: certification: '12A' is no US certification"):
        list(source_for(tmp_path / "films.csv").films())


def test_a_column_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text("title,title\nOne,Two\n")
    with pytest.raises(CatalogueError, match="columns that stand twice: title"):
        list(source_for(tmp_path / "films.csv").films())


@pytest.mark.parametrize(("header", "mark"), [("title;year", '";"'), ("title\tyear", r'"\\t"')])
def test_another_delimiter_is_recognised(tmp_path: Path, header: str, mark: str) -> None:
    (tmp_path / "films.csv").write_text(f"{header}\n")
    with pytest.raises(CatalogueError, match=f"say `delimiter: {mark}` in a mapping"):
        list(source_for(tmp_path / "films.csv").films())


def test_a_folder_that_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such file"):
        list(source_for(tmp_path / "none.csv").films())


@given(
    st.dictionaries(
        st.sampled_from(["title", "synopsis", "original_title", "directors", "keywords", "cast"]),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    )
)
def test_text_survives_a_csv_file(row: dict[str, str]) -> None:
    table = io.StringIO()
    rows = csv.DictWriter(table, fieldnames=list(row))
    rows.writeheader()
    rows.writerow(row)
    made = film_of(next(csv.DictReader(io.StringIO(table.getvalue()), strict=True), {}), PLAIN)
    assert not made.faults
    for name in ("title", "synopsis", "original_title"):
        assert made.film.get(name, "") == row.get(name, "").strip()
    for name in ("directors", "keywords", "cast"):
        words = [word.strip() for word in row.get(name, "").split("|")]
        assert list(made.film.get(name, ())) == list(dict.fromkeys(filter(None, words)))


def test_each_kind_of_path_has_its_source(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n1,Heat (1995),Action\n")
    assert isinstance(source_for(tmp_path), MovieLensFolder)
    assert isinstance(source_for(tmp_path / "movies.csv"), CsvFile)
    assert isinstance(source_for(STARTER_FOLDER), JsonLinesFolder)


def test_a_folder_without_films_says_what_is_expected(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text("id,name\n")
    with pytest.raises(CatalogueError, match="holds no films: a folder of films has"):
        source_for(tmp_path)
    (tmp_path / "answers").mkdir()
    with pytest.raises(CatalogueError, match="was interrupted; run the same `matinee index tmdb` again"):
        source_for(tmp_path)


def test_a_single_jsonl_file_is_read_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "films.jsonl").write_text('{"movie_id": "a", "title": "One"}\n')
    with pytest.raises(CatalogueError, match="name the folder that holds it"):
        source_for(tmp_path / "films.jsonl")
    assert [film.title for film in source_for(tmp_path).films()] == ["One"]


def test_a_mapping_is_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="a mapping is for a CSV file"):
        source_for(STARTER_FOLDER, tmp_path / "films.mapping.yaml")


@pytest.mark.skipif(not TOP_1000.is_file(), reason=f"no {TOP_1000} (set MATINEE_TEST_DATA)")
def test_a_file_from_the_wild_is_read_with_a_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "top.yaml"
    mapping.write_text(
        """\
fields:
  title: Series_Title
  year: {column: Released_Year, values: {PG: null}}
  certification: {column: Certificate, values: {G: G, PG: PG, PG-13: PG-13, R: R}}
  runtime_min: Runtime
  genres: {column: Genre, separator: ","}
  synopsis: Overview
  directors: Director
  cast: [Star1, Star2, Star3, Star4]
  poster_url: Poster_Link
ignore: [IMDB_Rating, Meta_score, No_of_Votes, Gross]
"""
    )
    source = source_for(TOP_1000, mapping)
    films = {film.title: film for film in source.films()}
    heat = films["Heat"]
    assert (heat.year, heat.runtime_min, heat.directors) == (1995, 170, ("Michael Mann",))
    assert heat.genres == ("Crime", "Drama", "Thriller")
    assert heat.cast[:2] == ("Al Pacino", "Robert De Niro")
    # Indian letters are kept beside, and no US rating is guessed from them.
    assert {film.certification for film in films.values()} == {None, "G", "PG", "PG-13", "R"}
    assert all(film.certification is None for film in films.values() if film.certification_original in {"U", "UA", "A"})
    assert films["Apollo 13"].year is None
    assert "'U' " in source.notes[1]
