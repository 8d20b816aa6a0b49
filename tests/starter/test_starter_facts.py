"""The starter films' facts, held against what others know; kept.yaml has every disagreement with its reason."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from index import Film, gather
from index.sources.starter import STARTER_FOLDER, JsonLinesFolder
from tests.starter.reference import needs_reference, plain, reference

FILMS = gather([JsonLinesFolder()])
KEPT: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "kept.yaml").read_text(encoding="utf-8"))


def disagreements(film: Film, row: dict[str, Any]) -> dict[str, str]:
    """The fields in which a film and its reference disagree, with both readings."""
    found = {}
    if film.year and row.get("year") and abs(film.year - row["year"]) > 1:
        found["year"] = f"{film.year}, reference {row['year']}"
    if film.runtime_min and row.get("runtime") and abs(film.runtime_min - row["runtime"]) > 3:
        found["runtime_min"] = f"{film.runtime_min}, reference {row['runtime']}"
    rated = (row.get("certification") or {}).get("mpaa")
    if rated in ("G", "PG", "PG-13", "R", "NC-17") and film.certification != rated:
        found["certification"] = f"{film.certification}, reference {rated}"
    if film.tmdb_id and row.get("tmdbId") and film.tmdb_id != int(row["tmdbId"]):
        found["tmdb_id"] = f"{film.tmdb_id}, reference {row['tmdbId']}"
    if row.get("director") and row.get("director_source") != "hetrec_directors":
        named = row["director"] if isinstance(row["director"], list) else str(row["director"]).split(", ")
        ours = {plain(name) for name in film.directors}
        if not ours.intersection(plain(name) for name in named):
            found["directors"] = f"{', '.join(film.directors)}, reference {', '.join(named)}"
    return found


@needs_reference
def test_every_disagreement_with_the_reference_is_known_and_reasoned() -> None:
    open_ones = [
        f"{film.movie_id} {film.title}: {field} {readings}"
        for film in FILMS
        if (row := reference().get(film.movie_id))
        for field, readings in disagreements(film, row).items()
        if field not in KEPT.get(film.movie_id, {})
    ]
    assert not open_ones, "\n".join(open_ones)


@needs_reference
def test_no_kept_disagreement_is_stale() -> None:
    by_id = {film.movie_id: film for film in FILMS}
    stale = [
        f"{movie_id}: {field}"
        for movie_id, fields in KEPT.items()
        for field in fields
        if movie_id not in by_id or field not in disagreements(by_id[movie_id], reference().get(movie_id, {}))
    ]
    assert not stale


@needs_reference
def test_most_films_have_a_reference_and_agree() -> None:
    known = [film for film in FILMS if film.movie_id in reference()]
    assert len(known) >= 0.55 * len(FILMS)  # the reference knows little of other continents and of recent years
    years = [film for film in known if "year" not in disagreements(film, reference()[film.movie_id])]
    directors = [film for film in known if "directors" not in disagreements(film, reference()[film.movie_id])]
    assert len(years) >= 0.995 * len(known)
    assert len(directors) >= 0.98 * len(known)


def test_no_id_stands_for_two_films() -> None:
    for name in ("imdb_id", "tmdb_id"):
        counts = Counter(known for film in FILMS if (known := getattr(film, name)))
        assert not [known for known, count in counts.items() if count > 1], name


def won_at_a_festival(film: Film) -> bool:
    return any(award.startswith(("Cannes", "Venice", "Berlin")) for award in film.awards)


@pytest.mark.parametrize(
    ("what", "least", "holds"),
    [
        ("films", 150, bool),
        ("G or PG", 80, lambda film: film.certification in ("G", "PG")),
        ("family", 40, lambda film: "Family" in film.genres),
        ("faith", 20, lambda film: "faith" in film.themes and film.certification in ("G", "PG")),
        ("festival winners", 30, won_at_a_festival),
        ("comedy", 40, lambda film: "Comedy" in film.genres),
        ("romance", 30, lambda film: "Romance" in film.genres),
        ("horror", 15, lambda film: "Horror" in film.genres),
        ("science fiction", 20, lambda film: "Science Fiction" in film.genres),
        ("before 1970", 30, lambda film: film.year < 1970),
        ("from 2018 on", 25, lambda film: film.year >= 2018),
    ],
)  # fmt: skip
def test_there_is_enough_of_each_kind(what: str, least: int, holds: Any) -> None:
    assert sum(map(holds, FILMS)) >= least, what


@needs_reference
def test_the_page_tells_the_shares_that_agree() -> None:
    told = yaml.safe_load((Path(__file__).parent / "measured.yaml").read_text(encoding="utf-8"))["reference"]
    known = [film for film in FILMS if film.movie_id in reference()]
    found = [disagreements(film, reference()[film.movie_id]) for film in known]
    assert told["films"] == len(known)
    assert told["years"] == pytest.approx(1 - sum("year" in fields for fields in found) / len(known), abs=5e-4)
    assert told["directors"] == pytest.approx(1 - sum("directors" in fields for fields in found) / len(known), abs=5e-4)


def test_the_catalogue_stays_small() -> None:
    folder = STARTER_FOLDER.parent
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 5_000_000
