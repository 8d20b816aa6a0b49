"""The bench on reviews made for the test and, where the reference data lies, on labelled ones against its floors."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.bench.reviews import measure, reviews_command
from index.reviews import ReviewsError
from tests.floors import floor
from tests.starter.reference import DATA

LABELLED = DATA / "reviews_aclimdb" / "reviews.jsonl.gz"


def write(path: Path, *, good: int = 6, bad: int = 6) -> Path:
    rows = [
        *({"imdb_id": f"tt{n % 2}", "rating": 9, "text": f"A superb film, number {n}."} for n in range(good)),
        *({"imdb_id": f"tt{2 + n % 2}", "rating": 2, "text": f"A dull film, number {n}."} for n in range(bad)),
        {"imdb_id": "tt5", "rating": 5, "text": "It is a film."},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_the_bench_writes_its_figures(tmp_path: Path) -> None:
    made, out = typer.Typer(), tmp_path / "figures.json"
    made.command()(reviews_command)
    done = CliRunner().invoke(made, ["--reviews", str(write(tmp_path / "r.jsonl")), "--json", str(out)])
    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())
    rows = {(row["model"], row["label"]): row for row in figures["rows"]}
    assert rows["matinee", "review"]["auc"] == 1.0
    assert rows["matinee", "film"]["correlation"] > 0.9
    assert {model for model, _ in rows} == {"matinee", "mean of ours", "plain compound"}
    assert figures["data"]["reviews"] == 13


def test_a_file_without_both_kinds_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReviewsError, match="of both kinds"):
        measure(write(tmp_path / "r.jsonl", bad=0))


@pytest.mark.skipif(not LABELLED.is_file(), reason=f"no labelled reviews at {LABELLED} (set MATINEE_TEST_DATA)")
def test_real_reviews_are_read_above_the_floors_and_above_the_plain_compound() -> None:
    rows = {(row["model"], row["label"]): row for row in measure(LABELLED).rows}
    ours, plain = rows["matinee", "review"]["auc"], rows["plain compound", "review"]["auc"]
    assert ours >= floor("reviews", "auc_least")
    assert ours > plain
    ours, plain = rows["matinee", "film"]["correlation"], rows["plain compound", "film"]["correlation"]
    assert ours >= floor("reviews", "correlation_least")
    assert ours > rows["mean of ours", "film"]["correlation"] > plain
