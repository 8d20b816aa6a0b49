"""Two labellers who share the rule-book land close to each other."""

import numpy as np

from index import gather
from index.agreement import agreements, second_labels
from index.sources.starter import JsonLinesFolder
from tests.floors import floor

FILMS = gather([JsonLinesFolder()])


def test_eighty_films_were_labelled_twice() -> None:
    assert len(second_labels().keys() & {film.movie_id for film in FILMS}) >= 75


def test_two_labellers_agree_on_every_axis() -> None:
    found = list(agreements(FILMS, second_labels()))
    assert np.mean([one.correlation for one in found]) >= floor("starter", "agreement_mean_least")
    assert min(one.correlation for one in found) >= floor("starter", "agreement_axis_least")
