"""`matinee bench ratings` against its floor, on ratings that are no part of the project."""

import pytest

from bot.bench.ratings import models
from index.ratings import read_ratings
from index.ratings.ranking import measure
from index.ratings.split import Protocol, split
from tests.floors import floor
from tests.starter.reference import DATA

MOVIELENS = DATA / "ml-latest-small" / "ratings.csv"


@pytest.mark.skipif(not MOVIELENS.is_file(), reason=f"no reference data at {DATA} (set MATINEE_TEST_DATA)")
def test_what_people_rated_is_foreseen_as_well_as_the_floor_asks_and_no_worse_than_by_ease() -> None:
    parts = split(read_ratings(MOVIELENS), protocol=Protocol.RANDOM80, seed=0)
    fits = models(with_features=False, with_elsa=False)
    found = {name: measure(fits[name](parts, None, 0), parts).ndcg_10 for name in ("matinee", "ease")}
    assert found["matinee"] >= floor("ratings", "ndcg_10_least")
    assert found["matinee"] >= found["ease"]
