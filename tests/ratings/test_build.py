import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from index.film import Film, parse_film
from index.ratings import RatingsError, load_item_vectors
from index.ratings.build import popularity, rated_films, rated_rows, read_links, vectors_of
from index.ratings.cli import ratings as ratings_command
from index.ratings.features import catalogue_words, feature_matrix, movielens_words
from tests.ratings.item_model_contract import checkerboard, ratings_of


def film(movie_id: str, **facts: object) -> Film:
    return parse_film({"movie_id": movie_id, "title": movie_id, **facts})


def test_films_are_found_by_imdb_id_then_by_tmdb_id(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\nf0,0114709,862\nf1,,8844\nf2,tt0000003,\n")
    links = read_links(tmp_path / "links.csv")
    films = [film("a", imdb_id="tt0114709"), film("b", tmdb_id=8844), film("c", imdb_id="tt9999999"), film("d")]
    assert rated_rows(ratings_of([[0, 1, 2]], films=3), films, links) == {"a": 0, "b": 1}


def test_without_links_the_ratings_name_films_by_movie_id() -> None:
    assert rated_rows(ratings_of([[0, 1]], films=2), [film("f1"), film("x")], None) == {"f1": 1}
    with pytest.raises(RatingsError, match="give --links"):
        rated_rows(ratings_of([[0]], films=1), [film("x")], None)


@pytest.mark.parametrize("text", ["film\n1\n", "movieId,tmdbId\n1,2\n", "movieId,imdbId\n1,abc\n"])
def test_links_of_another_form_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.csv").write_text(text)
    with pytest.raises(RatingsError, match=r"links\.csv"):
        read_links(tmp_path / "links.csv")


def test_popularity_is_the_logarithm_of_the_count_over_the_largest() -> None:
    ratings = ratings_of([[0, 1], [0], [0]], films=3)
    assert popularity(ratings) == pytest.approx([1.0, np.log(2) / np.log(4), 0.0])


def test_vectors_give_likenesses_of_low_rank_back() -> None:
    truth = np.random.default_rng(2).normal(size=(12, 3))
    likeness = (truth @ truth.T).astype(np.float32)
    np.fill_diagonal(likeness, 99.0)  # means nothing
    vectors = vectors_of(likeness, dimension=3)
    off = ~np.eye(12, dtype=bool)
    assert np.corrcoef((vectors @ vectors.T)[off], likeness[off])[0, 1] > 0.99


def test_the_films_of_one_camp_are_alike() -> None:
    rated = rated_films(checkerboard(), [film(f"f{row}") for row in range(41)], dimension=8)
    likeness = rated.vectors @ rated.vectors.T
    assert likeness[0, 2] > likeness[0, 1]


def test_features_are_words_that_enough_films_share() -> None:
    words = {f"f{row}": ["genre Drama", f"only {row}"] for row in range(5)}
    matrix = feature_matrix(["f0", "f1", "f2", "f3", "f4", "unknown"], words)
    assert matrix.tolist() == [[1.0, 1.0]] * 5 + [[0.0, 1.0]]


def test_words_come_from_movielens_and_from_catalogues(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text('movieId,title,genres\n1,"Heat (1995)",Action|Crime\n')
    assert movielens_words(tmp_path / "movies.csv") == {"1": ["genre Action", "genre Crime", "decade 199"]}
    (tmp_path / "c.jsonl").write_text(json.dumps({"movieId": 1, "genres": ["Crime"], "year": 1995}) + "\n{}\n")
    with pytest.raises(RatingsError, match=r"c\.jsonl:2"):
        catalogue_words(tmp_path / "c.jsonl")


def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(ratings_command)
    return made


def test_the_command_writes_vectors_and_popularity(tmp_path: Path) -> None:
    board = checkerboard()
    pairs = zip(board.user, board.film, strict=True)
    rows = "".join(f"{user},f{film_row},4\n" for user, film_row in pairs)
    (tmp_path / "r.csv").write_text("userId,movieId,rating\n" + rows)
    (tmp_path / "films.csv").write_text("movie_id,title\n" + "".join(f"f{row},Film {row}\n" for row in range(41)))
    out = tmp_path / "out"
    arguments = [str(tmp_path / "r.csv"), "--films", str(tmp_path / "films.csv"), "--out", str(out), "--json"]
    done = CliRunner().invoke(app(), arguments)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["rated"] == 40
    vectors = load_item_vectors(out)
    assert vectors is not None
    assert len(vectors.movie_ids) == len((out / "popularity.jsonl").read_text().splitlines()) == 40


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    done = CliRunner().invoke(app(), [str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "no such file" in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()
