"""Years, runtimes, titles and ids as catalogues write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.mapping.cells import (
    article_first,
    imdb_id_of,
    runtime_min,
    title_and_year,
    words_of_json,
    year_of,
)


@pytest.mark.parametrize(
    ("cell", "year"),
    [("1999", 1999), ("1999-03-31", 1999), ("31/03/1999", 1999), ("(1999)", 1999), ("1999.0", 1999)],
)
def test_a_cell_with_one_year_is_that_year(cell: str, year: int) -> None:
    assert year_of(cell) == year


@pytest.mark.parametrize("cell", ["PG", "99", "1650", "1999-2003", "19991", ""])
def test_a_cell_without_one_year_is_a_fault(cell: str) -> None:
    with pytest.raises(ValueError, match="year"):
        year_of(cell)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [("95", 95), ("142 min", 142), ("142min.", 142), ("2h 22m", 142), ("2 hrs 22 mins", 142), ("2 hours", 120),
     ("1:35", 95), ("1:35:20", 95), ("1.5 h", 90), ("1,5 hours", 90), ("1 hour and 5 minutes", 65), ("0", None),
     ("99.6", 100)],
)  # fmt: skip
def test_a_runtime_is_minutes(cell: str, minutes: int | None) -> None:
    assert runtime_min(cell) == minutes


def test_the_unit_is_for_bare_numbers_only() -> None:
    assert runtime_min("1.75", unit="hours") == 105
    assert runtime_min("105 min", unit="hours") == 105


@pytest.mark.parametrize("cell", ["long", "95 pages", "-95", "1:99", "", "h"])
def test_what_is_no_runtime_is_a_fault(cell: str) -> None:
    with pytest.raises(ValueError, match="is no runtime"):
        runtime_min(cell)


@given(st.integers(min_value=1, max_value=900))
def test_every_way_to_write_a_runtime_means_the_same(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for written in (f"{minutes}", f"{minutes} min", f"{hours}h {rest}m", f"{hours}:{rest:02d}"):
        assert runtime_min(written) == minutes


@pytest.mark.parametrize(
    ("cell", "title", "year"),
    [("Heat (1995)", "Heat", 1995), ("Heat", "Heat", None), ("(500) Days (2009)", "(500) Days", 2009),
     ("Cosmos (2006–2007)", "Cosmos", 2006), ("Cosmos (2006– )", "Cosmos", 2006), ("1984", "1984", None),
     ("1984 (1984)", "1984", 1984), (" Heat (1995) ", "Heat", 1995), ("Brother (Brat)", "Brother (Brat)", None)],
)  # fmt: skip
def test_a_year_in_brackets_is_taken_off_a_title(cell: str, title: str, year: int | None) -> None:
    assert title_and_year(cell) == (title, year)


@pytest.mark.parametrize(
    ("written", "read"),
    [("Godfather, The", "The Godfather"), ("Avventura, L'", "L'Avventura"), ("Paris, Texas", "Paris, Texas"),
     ("One, Two, Three", "One, Two, Three"), ("I, Robot", "I, Robot"), ("Vitelloni, I", "I Vitelloni"),
     ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"), ("The Godfather", "The Godfather")],
)  # fmt: skip
def test_an_article_behind_comes_first(written: str, read: str) -> None:
    assert article_first(written) == read


@pytest.mark.parametrize(
    "cell",
    ["tt0111161", "111161", "0111161", "https://www.imdb.com/title/tt0111161/", "imdb.com/title/tt0111161/?ref=x"],
)
def test_an_imdb_id_has_one_form(cell: str) -> None:
    assert imdb_id_of(cell) == "tt0111161"


def test_what_is_no_imdb_id_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no IMDb id"):
        imdb_id_of("nm0000151")


def test_words_are_taken_out_of_json() -> None:
    assert words_of_json('[{"id": 28, "name": "Action"}, {"id": 12, "name": " Adventure"}]', "name") == [
        "Action",
        "Adventure",
    ]


@pytest.mark.parametrize("cell", ["Action|Drama", '{"name": "Action"}', '[{"id": 28}]', "[1, 2]", "[[[", "[" * 100_000])
def test_other_json_is_a_fault(cell: str) -> None:
    with pytest.raises(ValueError, match="not a JSON list of objects with 'name'"):
        words_of_json(cell, "name")
