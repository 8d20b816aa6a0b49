"""A file of reviews: whichever form it has, its reviews reach their films, and its faults are told with their lines."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index import Film
from index.errors import IndexingError
from index.reviews import Reading, ReviewsError, ReviewsFile, read_reviews
from tests.index.films import film

FILMS = [
    film("warm", imdb_id="tt0000011", tmdb_id=11),
    film("cold", imdb_id="tt0000022", tmdb_id=22),
    film("silent", imdb_id="tt0000033", sentiment=0.25, reviews=7),
]
GOOD = ("A wonderful film, and a superb one.", "I loved it. It is a masterpiece.")
BAD = ("A terrible waste of time.", "Dull, boring and badly made.")


def quiet(_what: str, _done: int, _of: int) -> None: ...


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], *, delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def rows_of(warm: str, cold: str) -> list[list[str]]:
    return [*([warm, text] for text in GOOD), *([cold, text] for text in BAD)]


def enriched(path: Path, films: Sequence[Film] = FILMS) -> list[Film]:
    return ReviewsFile(path).enrich(films, tell=quiet)


def reading(path: Path, films: Sequence[Film] = FILMS) -> Reading:
    return read_reviews(path, films, tell=quiet)


def assert_told(films: Sequence[Film]) -> None:
    warm, cold, silent = films
    assert warm.sentiment is not None
    assert cold.sentiment is not None
    assert warm.sentiment > 0.2 > -0.2 > cold.sentiment
    assert (warm.reviews, cold.reviews) == (2, 2)
    assert silent == FILMS[2]


@pytest.mark.parametrize(
    ("column", "warm", "cold"),
    [
        ("movie_id", "warm", "cold"),
        ("movieId", "warm", "cold"),
        ("Movie ID", "warm", "cold"),
        ("imdb_id", "tt0000011", "tt0000022"),
        ("imdbId", "11", "0000022"),
        ("tconst", "tt0000011", "tt0000022"),
        ("tmdb_id", "11", "22.0"),
    ],
)
@pytest.mark.parametrize("text", ["text", "review", "Review Text"])
def test_usual_columns_reach_their_films(tmp_path: Path, column: str, warm: str, cold: str, text: str) -> None:
    assert_told(enriched(write(tmp_path / "r.csv", [column, text], rows_of(warm, cold))))


@pytest.mark.parametrize(("name", "delimiter"), [("r.tsv", "\t"), ("r.csv", ";"), ("r.CSV", ",")])
def test_cells_may_be_separated_otherwise(tmp_path: Path, name: str, delimiter: str) -> None:
    assert_told(enriched(write(tmp_path / name, ["movie_id", "text"], rows_of("warm", "cold"), delimiter=delimiter)))


def test_json_lines_and_packed_files_say_the_same(tmp_path: Path) -> None:
    rows = [{"movieId": film_id, "review": text, "extra": [1]} for film_id, text in rows_of("warm", "cold")]
    lines = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"
    plain, packed, sheet = tmp_path / "r.jsonl", tmp_path / "r.jsonl.gz", tmp_path / "r.csv"
    plain.write_text(lines)
    packed.write_bytes(gzip.compress(lines.encode()))
    write(sheet, ["movie_id", "text"], rows_of("warm", "cold"))
    packed_sheet = tmp_path / "s.csv.gz"
    packed_sheet.write_bytes(gzip.compress(b"\xef\xbb\xbf" + sheet.read_bytes()))
    expected = enriched(sheet)
    assert_told(expected)
    assert enriched(plain) == enriched(packed) == enriched(packed_sheet) == expected


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = rows_of("warm", "cold")
    forwards = enriched(write(tmp_path / "a.csv", ["movie_id", "text"], rows))
    backwards = enriched(write(tmp_path / "b.csv", ["movie_id", "text"], rows[::-1]))
    assert forwards == backwards


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    rows = [
        *rows_of("warm", "cold"),
        ["warm", "  I LOVED it.  It is a masterpiece. "],  # said before
        ["cold", "I loved it. It is a masterpiece."],  # the same words of another film are another review
        ["stranger", "A good film."],
        ["warm", ""],
        ["", ""],
        ["warm", "Un très beau film, que je recommande à tous."],
    ]
    found = reading(write(tmp_path / "r.csv", ["movie_id", "text"], rows))
    assert (found.reviews, found.repeated, found.strangers, found.empty, found.unread) == (5, 1, 1, 1, 1)
    assert found.summary() == (
        "5 reviews of 2 films read; left out: 1 of other films, 1 repeated, 1 empty, 1 not in English"
    )


def test_a_text_may_run_over_lines_and_hold_markup_and_emoji(tmp_path: Path) -> None:
    text = 'She said "wow",\nand so do I.<br /><br />A superb film 😍'
    found = reading(write(tmp_path / "r.csv", ["movie_id", "text"], [["warm", text]]))
    assert found.tallies[0].mean > 0.3


def test_shared_ids_go_before_the_files_own_numbers(tmp_path: Path) -> None:
    films = [film("11", imdb_id="tt0000022"), film("22", imdb_id="tt0000011")]
    path = write(tmp_path / "r.csv", ["movieId", "imdb_id", "text"], [["11", "tt0000011", GOOD[0]]])
    assert list(reading(path, films).tallies) == [1]
    strange = write(tmp_path / "s.csv", ["movieId", "imdb_id", "text"], [["11", "tt0000099", GOOD[0]]])
    with pytest.raises(ReviewsError, match="no review of a film of this catalogue"):
        reading(strange, films)


def test_an_id_that_two_films_share_names_neither(tmp_path: Path) -> None:
    films = [film("a", tmdb_id=5), film("b", tmdb_id=5), film("c", tmdb_id=6)]
    path = write(tmp_path / "r.csv", ["tmdb_id", "text"], [["5", GOOD[0]], ["6", GOOD[1]]])
    assert list(reading(path, films).tallies) == [2]


def faults_of(path: Path) -> list[str]:
    with pytest.raises(ReviewsError) as caught:
        reading(path)
    return str(caught.value).splitlines()


def test_every_faulty_row_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f'movie_id,text\nwarm,"{GOOD[0]}"\n,no film\nwarm,a, b\n\ncold\n')
    assert faults_of(path) == [
        "r.csv:3: a text without the id of a film",
        "r.csv:4: 3 cells, but the header has 2; quote the texts",
        "r.csv:6: 1 cells, but the header has 2; quote the texts",
    ]
    lines = tmp_path / "r.jsonl"
    lines.write_text('{"movie_id": "warm", "text": 5}\n{"movie_id": "warm"}\n[]\n{oops\n{"text": "fine"}\n')
    told = faults_of(lines)
    assert [fault.split(":")[1] for fault in told] == ["1", "2", "3", "4", "5"]
    assert "text" in told[0]
    assert "a column text is needed" in told[1]
    assert "not an object" in told[2]
    assert "not JSON" in told[3]
    assert "movie_id, imdb_id or tmdb_id" in told[4]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("r.csv", b"film_id,stars\nwarm,5\n", "r.csv:1: a column text is needed; found: film_id, stars"),
        ("r.csv", b"title,text\nWarm,good\n", "r.csv:1: a column movie_id, imdb_id or tmdb_id is needed; found: title"),
        ("r.csv", b"", "found: none"),
        ("r.csv", b"movie_id,text\nwarm,caf\xe9\n", "r.csv:2: not UTF-8 (byte 8); save it as UTF-8"),
        ("r.csv", b'movie_id,text\nwarm,"never closed\n', "is a quote left open above?"),
        ("r.csv", b'movie_id,text\nwarm,"' + b"x" * 200_000 + b'"\n', "is a quote left open above?"),
        ("r.csv.gz", b"movie_id,text\n", "not a whole gzip file"),
        ("r.jsonl.gz", gzip.compress(b'{"movie_id": "warm", "text": "good"}\n' * 50)[:-9], "not a whole gzip file"),
        ("r.xlsx", b"PK", "reviews are read from .csv, .tsv and .jsonl"),
        ("reviews", b"", "reviews are read from .csv, .tsv and .jsonl"),
        ("r.csv", b"movie_id,text\nnobody,fine\n", "no review of a film of this catalogue (0 reviews"),
    ],
)  # fmt: skip
def test_another_form_is_a_clear_error(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert told in "\n".join(faults_of(path))


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="no such file"):
        reading(tmp_path / "r.csv")


def test_a_file_of_nothing_but_faults_stops_early(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ["movie_id", "text"], [["", "nobody's"]] * 500)
    assert len(faults_of(path)) == 20


def test_progress_is_told_in_bytes_and_at_the_end_in_words(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ["movie_id", "text"], [["warm", f"good {'x' * 9000} {n}"] for n in range(300)])
    told: list[tuple[str, int, int]] = []
    ReviewsFile(path).enrich(FILMS, tell=lambda what, done, of: told.append((what, done, of)))
    size = path.stat().st_size
    read = [done for what, done, of in told if what == "reading reviews" and of == size]
    assert read == sorted(set(read))
    assert len(read) >= 2
    assert read[-1] == size
    assert told[-1][0].endswith("reviews of 1 films read")


def test_a_file_without_texts_says_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ["movie_id", "text"], [["warm", ""]])
    assert enriched(path) == FILMS
    assert enriched(write(tmp_path / "s.csv", ["movie_id", "text"], [])) == FILMS
