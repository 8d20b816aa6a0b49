"""The bench, on ratings made for the test and, where the reference data lies, on MovieLens."""

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from bot.bench.ratings import ratings_command
from index.ratings import Ease, Histories, read_ratings
from index.ratings.ranking import measure
from index.ratings.split import Protocol, split
from tests.starter.reference import DATA

MOVIELENS = DATA / "ml-latest-small" / "ratings.csv"


def write_ratings(folder: Path) -> Path:
    """Two camps of people, each with its films, who also stray."""
    chance = np.random.default_rng(11)
    lines = ["userId,movieId,rating,timestamp"]
    for person in range(40):
        own = chance.choice(30, size=12, replace=False) + 30 * (person % 2)
        strays = chance.choice(60, size=3, replace=False)
        rated = dict.fromkeys([*own.tolist(), *strays.tolist()])
        lines += [f"{person},{film},{chance.integers(1, 6)},{chance.integers(0, 1000)}" for film in rated]
    (folder / "ratings.csv").write_text("\n".join(lines) + "\n")
    genres = [f"{film},Film {film} (19{film}),{'Drama' if film < 30 else 'Comedy'}" for film in range(10, 60)]
    (folder / "movies.csv").write_text("movieId,title,genres\n" + "\n".join(genres) + "\n")
    return folder / "ratings.csv"


@pytest.mark.parametrize("protocol", list(Protocol))
def test_the_bench_writes_its_figures(tmp_path: Path, protocol: Protocol) -> None:
    pytest.importorskip("implicit", reason="the bench group is not installed")
    made = typer.Typer()
    made.command()(ratings_command)
    out = tmp_path / "figures.json"
    arguments = ["--ratings", str(write_ratings(tmp_path)), "--protocol", protocol, "--seeds", "2", "--json", str(out)]
    done = CliRunner().invoke(made, arguments)
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())
    assert figures["bench"] == "ratings"
    rows = {row["model"]: row for row in figures["rows"]}
    assert {"matinee", "popularity", "item-knn", "ease", "ials", "content"} <= set(rows)
    assert {row["kind"] for row in rows.values()} == {protocol}
    assert rows["matinee"]["ndcg@10"] > rows["popularity"]["ndcg@10"]


@pytest.mark.skipif(not MOVIELENS.is_file(), reason=f"no reference data at {DATA} (set MATINEE_TEST_DATA)")
def test_ease_reaches_its_known_figures_on_movielens() -> None:
    parts = split(read_ratings(MOVIELENS), protocol=Protocol.RANDOM80, seed=0)
    figures = measure(Ease.fit(Histories.of(parts.train)), parts)
    assert figures.ndcg_10 == pytest.approx(0.374, abs=0.012)
    assert figures.recall_20 == pytest.approx(0.358, abs=0.012)
