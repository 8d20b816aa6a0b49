"""Mapping files: what they can say, and every fault of theirs with its line."""

from pathlib import Path

import pytest

from index.errors import CatalogueError
from index.film import Film
from index.sources.chosen import source_for
from index.sources.csv_file import CsvFile

#: A row a client might have: every column is called otherwise, and one holds several facts.
CLIENT_CSV = """\
Name;Rel;FSK;Length;Kind;Sprache;Land;Regie;Star 1;Star 2;Img;Internal
"Matrix, The (1999)";;16;2h 16m;Sci-Fi & Fantasy, Action;English;USA;L. Wachowski / A. N. Other;K. Reeves;C. Moss;/m;x
Amélie (2001);;0;122;Romantic Comedy;French, English;France, West Germany;J. Jeunet;A. Tautou;;;y
Unheard Of;1950-05-01;ab 12;95 min;;;;;;;;z
"""
CLIENT_MAPPING = """\
delimiter: ";"
fields:
  title: {column: Name, form: title (year), article: behind}
  year: Rel
  certification: {column: FSK, values: {0: G, 16: R}}
  runtime_min: Length
  genres: {column: Kind, separator: ",", values: {Sci-Fi & Fantasy: Sci-Fi}}
  languages: {column: Sprache, separator: ","}
  countries: {column: Land, separator: ","}
  directors: {column: Regie, separator: /}
  cast: [Star 1, Star 2]
  poster_url: {column: Img, prefix: "https://img.example.org"}
  keywords: {value: [our pick, cinema]}
ignore: Internal
"""


def written(tmp_path: Path, table: str, mapping: str) -> CsvFile:
    (tmp_path / "films.csv").write_text(table, encoding="utf-8")
    (tmp_path / "films.mapping.yaml").write_text(mapping, encoding="utf-8")
    source = source_for(tmp_path / "films.csv")
    assert isinstance(source, CsvFile)
    return source


def films(tmp_path: Path, table: str, mapping: str) -> list[Film]:
    return list(written(tmp_path, table, mapping).films())


def faults(tmp_path: Path, table: str, mapping: str) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        films(tmp_path, table, mapping)
    return str(caught.value).splitlines()


def test_a_clients_columns_become_films(tmp_path: Path) -> None:
    matrix, amelie, unheard = films(tmp_path, CLIENT_CSV, CLIENT_MAPPING)
    assert (matrix.title, matrix.year, matrix.movie_id) == ("The Matrix", 1999, "the-matrix-1999")
    assert matrix.genres == ("Science Fiction", "Action")
    assert (matrix.certification, matrix.certification_original) == ("R", "16")
    assert matrix.runtime_min == 136
    assert (matrix.languages, matrix.countries) == (("en",), ("US",))
    assert matrix.directors == ("L. Wachowski", "A. N. Other")
    assert matrix.cast == ("K. Reeves", "C. Moss")
    assert matrix.poster_url == "https://img.example.org/m"
    assert matrix.keywords == ("our pick", "cinema")
    assert (amelie.genres, amelie.certification) == (("Comedy", "Romance"), "G")
    assert (amelie.languages, amelie.countries, amelie.poster_url) == (("fr", "en"), ("FR", "DE"), None)
    assert (unheard.title, unheard.year, unheard.runtime_min, unheard.genres) == ("Unheard Of", 1950, 95, ())


def test_a_certification_that_the_mapping_does_not_know_is_unknown_and_told(tmp_path: Path) -> None:
    source = written(tmp_path, CLIENT_CSV, CLIENT_MAPPING)
    unheard = list(source.films())[-1]
    assert (unheard.certification, unheard.certification_original) == (None, "ab 12")
    assert source.notes == (
        f"films.csv: read with {tmp_path / 'films.mapping.yaml'}",
        "films.csv: certification: not among the mapped certifications, so unknown: 'ab 12' 1",
    )


def test_letters_that_two_countries_use_are_not_taken_for_us_ones(tmp_path: Path) -> None:
    table = "t,c\nOne,PG\nTwo,U\n"
    translated = films(tmp_path, table, "fields: {title: t, certification: {column: c, values: {U: G}}}")
    assert [film.certification for film in translated] == [None, "G"]
    as_us = films(tmp_path, table, "fields: {title: t, certification: c}")
    assert [(film.certification, film.certification_original) for film in as_us] == [("PG", "PG"), (None, "U")]


def test_a_certification_that_must_be_known_can_be_a_fault(tmp_path: Path) -> None:
    mapping = "fields: {title: t, certification: c}\nunknown_certifications: error"
    assert faults(tmp_path, "t,c\nTwo,U\n", mapping) == [
        "films.csv:2: certification: 'U' is no US certification: G, PG, PG-13, R, NC-17, NR"
    ]


def test_a_meaning_that_is_no_certification_is_a_fault(tmp_path: Path) -> None:
    mapping = "fields: {title: t, certification: {column: c, values: {U: All}}}"
    assert "'All' in `values` is no US certification" in faults(tmp_path, "t,c\nTwo,U\n", mapping)[0]


def test_an_unknown_genre_is_a_fault_that_names_the_closest(tmp_path: Path) -> None:
    table = "t,g\nOne,Horor\nTwo,Drama\nThree,Horor\n"
    assert faults(tmp_path, table, "fields: {title: t, genres: g}") == [
        "films.csv:2: genres: 'Horor' is no genre we know; the closest is 'Horror'; give it a meaning in `values`, or "
        "say `unknown_genres: drop` (also in line 4)"
    ]


@pytest.mark.parametrize(
    ("field", "cell"), [("genres", "Horor"), ("moods", "blaah"), ("themes", "blaah"), ("countries", "Atlantis"),
                        ("languages", "Elvish")]
)  # fmt: skip
def test_unknown_words_can_be_dropped_and_are_counted(tmp_path: Path, field: str, cell: str) -> None:
    mapping = f"fields: {{title: t, {field}: w}}\nunknown_{field}: drop"
    source = written(tmp_path, f"t,w\nOne,{cell}\nTwo,{cell}\n", mapping)
    assert [getattr(film, field) for film in source.films()] == [(), ()]
    assert source.notes[1] == f"films.csv: {field}: unknown, so left out: '{cell}' 2"


def test_another_separator_is_guessed_in_one_fault(tmp_path: Path) -> None:
    table = 't,g\nOne,"Drama, War"\nTwo,"Comedy, Horror, Drama"\n'
    assert faults(tmp_path, table, "fields: {title: t, genres: g}") == [
        "films.csv:2: genres: the words seem to stand apart by ',', not by '|'; say `separator: ','` in a mapping "
        "(also in line 3)"
    ]


def test_a_meaning_may_be_several_words_or_nothing(tmp_path: Path) -> None:
    mapping = """\
fields:
  title: t
  genres: {column: g, values: {Dramedy+: [Drama, Comedy], N/A: null}}
  year: {column: y, values: {PG: null}}
"""
    one, two = films(tmp_path, "t,g,y\nOne,dramedy+,1999\nTwo,N/A,PG\n", mapping)
    assert (one.genres, one.year, two.genres, two.year) == (("Drama", "Comedy"), 1999, (), None)


def test_words_can_stand_in_json(tmp_path: Path) -> None:
    table = 't,g\nOne,"[{""id"": 28, ""name"": ""Action""}, {""id"": 878, ""name"": ""Science Fiction""}]"\n'
    (one,) = films(tmp_path, table, "fields: {title: t, genres: {column: g, json_key: name}}")
    assert one.genres == ("Action", "Science Fiction")


def test_other_encodings_and_separators_are_read(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_bytes("t\ty\nAmélie\t2001\n".encode("latin-1"))
    (tmp_path / "films.mapping.yaml").write_text('delimiter: "\\t"\nencoding: latin-1\nfields: {title: t, year: y}')
    (one,) = source_for(tmp_path / "films.csv").films()
    assert (one.title, one.year) == ("Amélie", 2001)


def test_every_fault_of_a_mapping_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    mapping = """\
fields:
  title: {column: t, colum: t}
  titel: t
  cast: {column: a, value: b}
  languages: {value: yes}
unknown_genres: maybe
delimiter: ""
surprise: 1
"""
    found = faults(tmp_path, "t,a\n", mapping)
    assert [line.split(": ")[:2] for line in found] == [
        ["films.mapping.yaml:2", "fields.title.colum"],
        ["films.mapping.yaml:3", "fields.titel"],
        ["films.mapping.yaml:4", "fields.cast"],
        ["films.mapping.yaml:5", "fields.languages.value"],
        ["films.mapping.yaml:6", "unknown_genres"],
        ["films.mapping.yaml:7", "delimiter"],
        ["films.mapping.yaml:8", "surprise"],
    ]
    assert found[1].endswith("a film has no such field. Write title.")


def test_options_of_another_field_and_a_missing_title_are_faults(tmp_path: Path) -> None:
    mapping = "fields:\n  year: {column: y, unit: hours}\n  genres: {column: g, form: title (year)}\n"
    assert faults(tmp_path, "y,g\n", mapping) == [
        "films.mapping.yaml:1: fields: no column gives the title. Add `title: COLUMN`.",
        "films.mapping.yaml:2: fields.year.unit: `unit` is only for runtime_min. Leave it out.",
        "films.mapping.yaml:3: fields.genres.form: `form` is only for title. Leave it out.",
    ]


def test_columns_must_be_there_and_all_be_spoken_for(tmp_path: Path) -> None:
    mapping = "fields:\n  title: Titel\n  year: Year\nignore: [Nope]\n"
    assert faults(tmp_path, "Title,Year,Rank,Votes\n", mapping) == [
        "films.mapping.yaml:2: fields.title: the file has no column 'Titel'. Write Title.",
        "films.mapping.yaml:4: ignore: the file has no column 'Nope'. It has: Title, Year, Rank, Votes.",
        "films.mapping.yaml:4: ignore: columns that are neither mapped nor ignored: Title, Rank, Votes. Give them to "
        "fields, or list them in `ignore` (`ignore: '*'` for all the rest).",
    ]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [("", "file: should be"), ("- a", "file: should be"), ("fields: [", "not YAML"),
     ("fields: &a {title: *a}", "alias"),
     ("fields: {title: !!python/object:x t}", "not read here"), ("ignore: x", "fields: is missing")],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(tmp_path: Path, mapping: str, said: str) -> None:
    assert said in faults(tmp_path, "t\nOne\n", mapping)[0]


def test_all_faulty_rows_are_told(tmp_path: Path) -> None:
    table = "t,y,r\nOne,x,95\nTwo,1999,soon\n,1999,95\nFour,1999\nFive,1999,95\n"
    mapping = "fields: {title: t, year: y, runtime_min: r}"
    assert [line.split(": ", 2)[:2] for line in faults(tmp_path, table, mapping)] == [
        ["films.csv:2", "year"],
        ["films.csv:3", "runtime_min"],
        ["films.csv:4", "title"],
        ["films.csv:5", "the row has another number of cells than the header"],
    ]


def test_a_named_mapping_counts_before_the_one_beside(tmp_path: Path) -> None:
    written(tmp_path, "a,b\nOne,Two\n", "fields: {title: a}\nignore: b")
    (tmp_path / "other.yaml").write_text("fields: {title: b}\nignore: a")
    (one,) = source_for(tmp_path / "films.csv", tmp_path / "other.yaml").films()
    assert one.title == "Two"


def test_a_missing_mapping_is_told(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text("title\nOne\n")
    with pytest.raises(CatalogueError, match=r"no\.yaml: no such file"):
        list(source_for(tmp_path / "films.csv", tmp_path / "no.yaml").films())
