"""From TMDB's answers to films."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.film import Film
from index.sources.tmdb.answers import Configuration, CountryReleases, MovieDetails
from index.sources.tmdb.films import film_of
from index.sources.tmdb.folder import with_popularity
from index.sources.tmdb.releases import certification_of
from persona_configs.vocabulary import CERTIFICATIONS
from tests.sources.tmdb_server import CONFIGURATION, movie, releases
from tests.starter.reference import DATA

RECORDED = DATA / "tmdb_api_v3"
IMAGES = Configuration.model_validate_json(json.dumps(CONFIGURATION)).images


def film(**changed: Any) -> Film:
    return film_of(MovieDetails.model_validate_json(json.dumps(movie(607, **changed))), IMAGES)


def certified(*countries: dict[str, Any], origin: tuple[str, ...] = ("US",)) -> tuple[str | None, str | None]:
    return certification_of(
        [CountryReleases.model_validate_json(json.dumps(country)) for country in countries], origin=origin
    )


def test_facts_are_taken_over() -> None:
    one = film()
    assert (one.movie_id, one.tmdb_id, one.imdb_id) == ("tmdb-607", 607, "tt0000607")
    assert (one.title, one.original_title, one.year, one.runtime_min) == ("Film 607", None, 1999, 100)
    assert (one.directors, one.cast) == (("A. Director",), ("First Billed", "Second Billed"))
    assert (one.countries, one.languages, one.genres) == (("US",), ("en",), ("Drama",))
    assert (one.certification, one.certification_original) == ("PG-13", "US PG-13")
    assert one.keywords == ("lighthouse", "counting")
    assert one.synopsis == "A lighthouse keeper counts to 607."
    assert one.poster_url == "https://image.example.org/t/p/w500/poster607.jpg"
    assert one.trailer_url == "https://www.youtube.com/watch?v=abcdefghijk"


def test_what_tmdb_does_not_know_stays_unknown() -> None:
    bare = film_of(MovieDetails.model_validate_json('{"id": 1, "title": "Bare"}'), IMAGES)
    assert bare == Film(movie_id=bare.movie_id, title="Bare", tmdb_id=1)
    empty = film(release_date="", runtime=0, imdb_id=None, overview=None, poster_path=None,
                 images={"posters": []}, videos={"results": []}, release_dates={"results": []})  # fmt: skip
    assert (empty.year, empty.runtime_min, empty.imdb_id, empty.synopsis) == (None, None, None, "")
    assert (empty.poster_url, empty.trailer_url, empty.certification, empty.certification_original) == (None,) * 4


@pytest.mark.parametrize("minutes", [0, -1, None, 51_420])
def test_a_runtime_that_no_film_has_is_unknown(minutes: int | None) -> None:
    assert film(runtime=minutes).runtime_min is None


def test_genres_are_ours_and_what_is_none_is_left_out() -> None:
    named = [{"id": 1, "name": name} for name in ("Science Fiction", "TV Movie", "Family", "Brand New Genre")]
    assert film(genres=named).genres == ("Science Fiction", "Family")


def test_languages_and_countries_are_iso() -> None:
    one = film(
        original_language="cn",
        spoken_languages=[{"iso_639_1": "xx"}, {"iso_639_1": "en"}, {"iso_639_1": ""}],
        production_countries=[{"iso_3166_1": "HK"}, {"iso_3166_1": "XC"}, {"iso_3166_1": "??"}],
    )
    assert (one.languages, one.countries) == (("zh", "en"), ("HK", "CS"))


def test_a_title_of_another_language_is_kept_beside() -> None:
    assert film(title="Spirited Away", original_title="千と千尋の神隠し").original_title == "千と千尋の神隠し"


@pytest.mark.parametrize("path", ["javascript:alert(1)", "//evil.example/x.jpg", "/a/../b.jpg", "/x.jpg?y"])
def test_a_poster_path_of_another_form_is_no_address(path: str) -> None:
    assert film(poster_path=path).poster_url is None


def test_the_poster_of_our_language_stands_in() -> None:
    posters = [{"file_path": "/ja.jpg", "iso_639_1": "ja"}, {"file_path": "/none.jpg", "iso_639_1": None},
               {"file_path": "/best.jpg", "iso_639_1": "en"}, {"file_path": "/not.jpg", "iso_639_1": "en"}]  # fmt: skip
    assert str(film(poster_path=None, images={"posters": posters}).poster_url).endswith("/w500/best.jpg")
    assert str(film(poster_path=None, images={"posters": posters[:2]}).poster_url).endswith("/w500/none.jpg")


def test_the_official_trailer_comes_first() -> None:
    videos = [
        {"key": "teaserteas1", "site": "YouTube", "type": "Teaser", "official": True},
        {"key": "fantrailer1", "site": "YouTube", "type": "Trailer", "official": False},
        {"key": "official_t1", "site": "YouTube", "type": "Trailer", "official": True},
        {"key": "elsewhere_1", "site": "Vimeo", "type": "Trailer", "official": True},
        {"key": "a&b=c", "site": "YouTube", "type": "Trailer", "official": True},
    ]
    assert str(film(videos={"results": videos}).trailer_url).endswith("official_t1")
    assert str(film(videos={"results": videos[:1]}).trailer_url).endswith("teaserteas1")
    assert film(videos={"results": videos[3:]}).trailer_url is None


def test_the_theatrical_rating_is_the_films() -> None:
    disc, cinema = releases("US", "NR", kind=5), releases("US", "R", kind=3)
    both = {"iso_3166_1": "US", "release_dates": disc["release_dates"] + cinema["release_dates"]}
    assert certified(both) == ("R", "US R")
    assert certified(disc) == ("NR", "US NR")


@given(st.lists(st.sampled_from(CERTIFICATIONS), min_size=1))
def test_of_several_ratings_the_strictest_counts(said: list[str]) -> None:
    strictest, _ = certified(releases("US", "", *said, "NR"))
    assert strictest == max(said, key=CERTIFICATIONS.index)


def test_no_rating_is_guessed_from_another_country() -> None:
    assert certified(releases("GB", "U"), releases("DE", "0"), origin=("GB", "US")) == (None, "GB U")
    assert certified(releases("US", "TV-14")) == (None, "US TV-14")
    assert certified(releases("US", "Approved", "")) == (None, "US Approved")
    assert certified(releases("FR", "12"), releases("US", "PG"), origin=("GB",)) == ("PG", "US PG")
    assert certified() == (None, None)


def test_popularity_is_the_share_of_the_best_known() -> None:
    films = with_popularity([film(), film(), film()], [0, 9, 99])
    assert [one.popularity for one in films] == [0.0, 0.5, 1.0]
    assert [one.popularity for one in with_popularity([film()], [0])] == [None]


#: What the recorded films are known to be: title, year, rating, original rating, director, minutes.
KNOWN = {
    "tmdb-kotlin/movie/movie_details_607.json":
        ("Men in Black", 1997, "PG-13", "US PG-13", "Barry Sonnenfeld", 98),
    "tmdb-kotlin/movie/movie_details_10140.json":
        ("The Chronicles of Narnia: The Voyage of the Dawn Treader", 2010, "PG", "GB PG", "Michael Apted", 113),
    "adamayoung-tmdb/movie-details-append-response.json":
        ("Fight Club", 1999, "R", "US R", "David Fincher", 139),
    "php-tmdb/movie/all.json":
        ("Riddick", 2013, "R", "US R", "David Twohy", 119),
    "adamayoung-tmdb/movie-blank-homepage-release-date.json":
        ("Chariots of Fire", None, None, None, None, 124),
}  # fmt: skip


@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no {RECORDED} (set MATINEE_TEST_DATA)")
@pytest.mark.parametrize("recorded", KNOWN)
def test_recorded_answers_become_films(recorded: str) -> None:
    title, year, certification, original, director, runtime_min = KNOWN[recorded]
    settings = Configuration.model_validate_json(
        (RECORDED / "tmdb-kotlin/configuration/configuration.json").read_text()
    )
    details = MovieDetails.model_validate_json((RECORDED / recorded).read_text(encoding="utf-8"))
    one = film_of(details, settings.images)
    assert (one.title, one.year, one.runtime_min) == (title, year, runtime_min)
    assert (one.certification, one.certification_original) == (certification, original)
    assert one.directors == ((director,) if director else ())
    assert str(one.poster_url).startswith("https://image.tmdb.org/t/p/w500/")
    assert one.synopsis
