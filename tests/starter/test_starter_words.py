"""The starter films' synopses are ours, of the right length, and no two alike; labels are whole."""

import pytest

from index import gather
from index.sources.starter import JsonLinesFolder
from persona_configs.vocabulary import CONTENT_NOTES, axes
from tests.starter.reference import needs_reference, reference, runs, words

FILMS = gather([JsonLinesFolder()])
#: A run of so many words in common is a copy.
RUN = 8


def test_synopses_are_of_the_right_length() -> None:
    odd = {film.title: count for film in FILMS if not 45 <= (count := len(film.synopsis.split())) <= 90}
    assert not odd


def test_no_two_synopses_share_a_run_of_words() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for film in FILMS:
        for run in runs(film.synopsis, length=RUN):
            assert seen.setdefault(run, film.title) == film.title, f"{film.title} and {seen[run]}: {' '.join(run)}"


@needs_reference
def test_no_synopsis_shares_a_run_of_words_with_any_known_plot() -> None:
    ours = {run: film.title for film in FILMS for run in runs(film.synopsis, length=RUN)}
    copied = [
        f"{ours[run]}: {' '.join(run)}"
        for row in reference().values()
        for plot in (*(part["text"] for part in row.get("plots") or ()), row.get("tagline") or "")
        for run in runs(plot, length=RUN)
        if run in ours
    ]
    assert not copied


@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.movie_id)
def test_labels_are_whole_and_agree_with_each_other(film) -> None:
    assert set(film.tone) == set(axes())
    assert set(film.content) == set(CONTENT_NOTES)
    assert 2 <= len(film.moods) <= 5
    assert 2 <= len(film.themes) <= 8
    assert film.year
    assert film.runtime_min
    assert film.directors
    if film.certification in ("R", "NC-17"):
        assert film.tone["family"] <= 0.2
    assert len(words(film.synopsis)) > 40
