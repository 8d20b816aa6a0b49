"""What a catalogue tells of its films as a whole."""

import numpy as np
import pytest

from index import Catalogue
from tests.engine.stage import many_films
from tests.index.films import film


def test_shared_labels_are_those_of_both_over_those_of_either() -> None:
    films = many_films(30)
    catalogue = Catalogue(films)
    words = [frozenset((*each.genres, *each.moods, *each.themes)) for each in films]
    for row in (0, 7, 29):
        expected = [len(words[row] & own) / max(len(words[row] | own), 1) for own in words]
        np.testing.assert_allclose(catalogue.shared_labels(row), expected, rtol=1e-6)


def test_films_without_labels_share_nothing() -> None:
    catalogue = Catalogue([film("bare"), film("barer")])
    assert catalogue.shared_labels(0).tolist() == [0.0, 0.0]


def test_a_figure_is_read_once_and_nobody_may_change_it() -> None:
    catalogue = Catalogue([film("a", lightness=0.5), film("b")])
    figures = catalogue.figures("lightness")
    assert figures is catalogue.figures("lightness")
    assert np.isnan(figures[1])
    with pytest.raises(ValueError, match="read-only"):
        figures[0] = 1.0
