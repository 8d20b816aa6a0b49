"""The page on catalogues does what it says."""

import re
from pathlib import Path

from index.sources.chosen import source_for
from index.sources.mapping.schema import From, Mapping
from index.sources.tmdb.folder import NOTICE
from tests.starter.reference import ROOT

PAGE = (ROOT / "docs" / "catalogues.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_example_is_read_as_told(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "films.mapping.yaml").write_text(block("yaml"), encoding="utf-8")
    source = source_for(tmp_path / "films.csv")
    third, amelie, playtime = source.films()
    assert (third.movie_id, third.title, third.year, third.runtime_min) == (
        "the-third-man-1949",
        "The Third Man",
        1949,
        104,
    )
    assert (third.genres, third.certification, third.certification_original) == (("Film Noir", "Mystery"), "PG", "PG")
    assert (third.countries, third.languages) == (("GB",), ("en",))
    assert third.cast == ("Orson Welles", "Joseph Cotten")
    assert third.poster_url == "https://pictures.example.org/a/3.jpg"
    assert (amelie.movie_id, amelie.genres, amelie.certification) == ("amelie-2001", ("Comedy", "Romance"), "R")
    assert amelie.countries == ("FR", "DE")
    assert (playtime.year, playtime.runtime_min, playtime.certification) == (1967, 124, "G")
    assert all(film.keywords == ("from our shelf",) and film.synopsis for film in (third, amelie, playtime))
    assert len(source.notes) == 1


def test_every_option_is_explained() -> None:
    for option in (*From.model_fields, *(name for name in Mapping.model_fields if name != "fields")):
        named = "unknown_genres" if option in {"unknown_moods", "unknown_themes", "unknown_languages"} else option
        assert named in PAGE, option


def test_the_notice_stands_on_the_page() -> None:
    assert NOTICE in " ".join(PAGE.split())
