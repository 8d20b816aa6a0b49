"""The starter's derived figures are those of their manifests, and nothing is invented: no source, no figure."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.signals import popularity_signal, poster_signal, reviews_signal
from index import Catalogue, gather
from index.cli import app
from index.looks.kept import LooksProvenance
from index.provenance import Part, changed_files, read_provenance, read_sources
from index.ratings.vectors import load_item_vectors
from index.sources.derived import FIGURES, read_figures
from index.sources.starter import DERIVED_FOLDER, STARTER_FOLDER, JsonLinesFolder
from nlu.frame import WELL_REVIEWED, Frame, Wishes
from tests.starter.reference import DATA, needs_reference

FOLDER = STARTER_FOLDER.parent
FILMS = gather([JsonLinesFolder()])
#: A figure of each part that every film has which the part reached.
TELLING = {Part.LOOKS: "lightness", Part.RATINGS: "popularity", Part.REVIEWS: "sentiment", Part.POSTERS: "poster_url"}


@pytest.mark.parametrize("part", Part)
def test_each_part_is_what_its_manifest_says(part: Part) -> None:
    found = read_provenance(FOLDER, part)
    assert found is not None
    assert not list(changed_files(FOLDER, found))
    assert found.source == read_sources(FOLDER)[part]
    assert found.source.owner
    assert found.source.date
    assert found.source.terms
    assert found.made_by
    assert found.of == len(FILMS)
    assert found.films == sum(getattr(film, TELLING[part]) is not None for film in FILMS)


def test_films_without_a_source_have_no_figure() -> None:
    looks = LooksProvenance.model_validate_json((DERIVED_FOLDER / "looks.json").read_text(encoding="utf-8"))
    items = load_item_vectors(FOLDER / "ratings")
    assert items is not None
    for film in FILMS:
        seen = film.movie_id in looks.posters_sha256
        figures = (
            film.lightness,
            film.colourfulness,
            film.warmth,
            film.vintage,
            film.dark_moody,
            film.bright_colourful,
        )
        assert [figure is not None for figure in figures] == [seen] * 6, film.title
        assert (film.popularity is not None) == (film.movie_id in items.movie_ids), film.title
        assert (film.sentiment is not None) == bool(film.reviews), film.title


def test_figures_are_of_films_that_are_there_and_stand_in_their_own_files() -> None:
    assert not read_figures(DERIVED_FOLDER).keys() - {film.movie_id for film in FILMS}
    for path in STARTER_FOLDER.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not FIGURES & json.loads(line).keys(), path.name


def test_a_film_without_figures_stands_in_the_middle_of_those_with_them() -> None:
    catalogue = Catalogue(FILMS)
    frame = Frame(wants=Wishes(visual=("bright",), keywords=(WELL_REVIEWED,)))
    for signal, figure in (
        (poster_signal(catalogue, frame, weight=1.0), "lightness"),
        (reviews_signal(catalogue, frame, weight=1.0), "sentiment"),
        (popularity_signal(catalogue, weight=1.0), "popularity"),
    ):
        known = ~np.isnan(catalogue.figures(figure))
        assert signal is not None
        assert np.ptp(signal.scores[~known]) == 0
        assert signal.scores[~known][0] == pytest.approx(np.median(signal.scores[known]), abs=0.05), figure
        assert not any(signal.knows(int(row)) for row in np.flatnonzero(~known))


def test_a_changed_file_does_not_pass_for_the_one_in_the_manifest(tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "starter")
    found = read_provenance(copy, Part.REVIEWS)
    assert found is not None
    with (copy / "derived" / "reviews.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"movie_id": "tt0000417", "sentiment": 1.0, "reviews": 900}\n')
    assert list(changed_files(copy, found)) == ["derived/reviews.jsonl"]


@needs_reference
def test_deriving_again_gives_the_figures_that_ship(tmp_path: Path) -> None:
    copy = tmp_path / "starter"
    shutil.copytree(STARTER_FOLDER, copy / "films")
    shutil.copy(FOLDER / "sources.yaml", copy)
    texts = DATA / "reviews_aclimdb" / "reviews.jsonl.gz"
    ran = CliRunner().invoke(app, ["derive", "--reviews", str(texts), "--folder", str(copy), "--json"])
    assert ran.exit_code == 0, ran.output
    assert read_provenance(copy, Part.REVIEWS) == read_provenance(FOLDER, Part.REVIEWS)


def test_posters_of_a_list_are_found_by_ids_that_the_world_shares(tmp_path: Path) -> None:
    from index.looks.names import named_files

    path = tmp_path / "posters.csv"
    path.write_text("file,movieId,imdbId\nimages/1.jpg,1,0110912\nimages/tt0082971.jpg,2,999\n", encoding="utf-8")
    assert named_files(path, FILMS) == {"tt0110912": "images/1.jpg"}
    path.write_text("tt0082971,raiders.jpg\n", encoding="utf-8")
    assert named_files(path, FILMS) == {"tt0082971": "raiders.jpg"}
