from pathlib import Path

import numpy as np
import pytest

from index.ratings import Histories, RatingsError, read_ratings

HEAD = "userId,movieId,rating,timestamp\n"


def write(folder: Path, text: str) -> Path:
    (folder / "ratings.csv").write_text(text, encoding="utf-8")
    return folder / "ratings.csv"


def test_ratings_are_read_from_a_file_and_from_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "7,a,4.0,100\n7,b,0.5,101\n9,b,5,102\n")
    for each in (path, tmp_path):
        ratings = read_ratings(each)
        assert (ratings.users, ratings.films) == (("7", "9"), ("a", "b"))
        assert ratings.user.tolist() == [0, 0, 1]
        assert ratings.film.tolist() == [0, 1, 1]
        assert ratings.stars.tolist() == [4.0, 0.5, 5.0]
        assert ratings.at_s.tolist() == [100, 101, 102]
        assert ratings.counts().tolist() == [1, 2]


def test_columns_may_come_in_any_order_and_time_may_be_missing(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, "rating,userId,movieId\n3,u,f\n"))
    assert (ratings.users, ratings.films, ratings.stars.tolist(), ratings.at_s.tolist()) == (("u",), ("f",), [3.0], [0])


def test_the_last_of_several_ratings_counts(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, HEAD + "1,a,4,1\n1,a,2,2\n"))
    assert (len(ratings), ratings.stars.tolist()) == (1, [2.0])


def test_every_faulty_line_is_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "1,a,4,1\n1,b,many,1\n1,,4,1\n1,c\n1,d,nan,1\n1,e,-2,1\n")
    with pytest.raises(RatingsError) as caught:
        read_ratings(path)
    faults = str(caught.value).splitlines()
    assert [fault.split(":")[1] for fault in faults] == ["3", "4", "5", "6", "7"]
    assert "2 cells, but the header has 4" in faults[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "columns are missing: userId, movieId, rating; found: none"),
        ("user,film,stars\n1,2,3\n", "found: user, film, stars"),
        (HEAD, "holds no rating"),
        (HEAD + '1,"a,4,1\n', "not a CSV file"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RatingsError, match=said):
        read_ratings(write(tmp_path, text))


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RatingsError, match="no such file"):
        read_ratings(tmp_path)
    (tmp_path / "ratings.csv").write_bytes(b"\xff\xfe\x00garbage")
    with pytest.raises(RatingsError, match="not UTF-8"):
        read_ratings(tmp_path)


def test_a_part_of_the_ratings_keeps_its_positions(tmp_path: Path) -> None:
    ratings = read_ratings(write(tmp_path, HEAD + "1,a,4,1\n1,b,4,1\n2,b,4,1\n"))
    histories = Histories.of(ratings.only(ratings.stars * np.array([0, 1, 1]) > 0))
    assert histories.dense().tolist() == [[0.0, 4.0], [0.0, 4.0]]
    assert histories.between(1, 2).dense().tolist() == [[0.0, 4.0]]


def test_a_history_outside_the_films_is_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 … 2"):
        Histories.one({3: 1.0}, n=3)
