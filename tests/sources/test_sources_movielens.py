"""MovieLens folders."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogues import gazetteer_of
from index.errors import CatalogueError
from index.ratings.build import rated_rows
from index.ratings.table import read_ratings
from index.sources.chosen import source_for
from index.sources.movielens import MovieLensFolder
from index.sources.movielens.tags import clean_tag, keywords
from index.sources.movielens.titles import Titled, read_title
from tests.starter.reference import DATA

SMALL = DATA / "ml-latest-small"

MOVIES = """\
movieId,title,genres
1,Toy Story (1995),Adventure|Animation|Children|Comedy|Fantasy
7,"City of Lost Children, The (Cité des enfants perdus, La) (1995)",Adventure|Drama|Sci-Fi
9,Cosmos,(no genres listed)
11,Dark (2010),Film-Noir|IMAX
"""
LINKS = "movieId,imdbId,tmdbId\n1,0114709,862\n7,0112682,902\n9,5466576,\n"
TAGS = """\
userId,movieId,tag,timestamp
1,1,Pixar,1
2,1,pixar ,2
2,1,seen at the cinema,3
3,1,Seen at the cinema,3
3,1,toys,3
1,7,horror,4
1,7,horror,5
"""


def folder(tmp_path: Path, **files: str) -> MovieLensFolder:
    for name, text in {"movies": MOVIES, "links": LINKS, "tags": TAGS, **files}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return MovieLensFolder(tmp_path)


@pytest.mark.parametrize(
    ("written", "title", "others", "year"),
    [
        ("Toy Story (1995)", "Toy Story", (), 1995),
        ("City of Lost Children, The (Cité des enfants perdus, La) (1995)", "The City of Lost Children",
         ("La Cité des enfants perdus",), 1995),
        ("Seven (a.k.a. Se7en) (1995)", "Seven", ("Se7en",), 1995),
        ("European Vacation (aka National Lampoon's European Vacation) (1985)", "European Vacation",
         ("National Lampoon's European Vacation",), 1985),
        ("Terrorist, The (a.k.a. Malli) (Theeviravaathi) (1998)", "The Terrorist", ("Malli", "Theeviravaathi"), 1998),
        ("Avventura, L' (Adventure, The) (1960)", "L'Avventura", ("The Adventure",), 1960),
        ("Birdman: Or (The Unexpected Virtue of Ignorance) (2014)", "Birdman: Or (The Unexpected Virtue of Ignorance)",
         (), 2014),
        ("Evangelion: 1.0 You Are (Not) Alone (Evangerion shin gekijôban: Jo) (2007)",
         "Evangelion: 1.0 You Are (Not) Alone", ("Evangerion shin gekijôban: Jo",), 2007),
        ("Let the Right One In (Låt den rätte) (2008)", "Let the Right One In", ("Låt den rätte",), 2008),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", (), 2009),
        ("Frontière(s) (2007)", "Frontière(s)", (), 2007),
        ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", (), 2006),
        ("Paris, Texas (1984)", "Paris, Texas", (), 1984),
        ("Runaway Brain (1995) ", "Runaway Brain", (), 1995),
        ("Babylon 5", "Babylon 5", (), None),
    ],
)  # fmt: skip
def test_titles_are_read(written: str, title: str, others: tuple[str, ...], year: int | None) -> None:
    assert read_title(written) == Titled(title, others, year)


@given(st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12), st.integers(1900, 2030))
def test_a_simple_title_is_itself(title: str, year: int) -> None:
    assert read_title(f"{title} ({year})") == Titled(title, (), year)


def test_a_folder_becomes_films(tmp_path: Path) -> None:
    story, city, cosmos, dark = folder(tmp_path).films()
    assert (story.movie_id, story.title, story.year, story.imdb_id, story.tmdb_id) == (
        "1", "Toy Story", 1995, "tt0114709", 862,
    )  # fmt: skip
    assert story.genres == ("Adventure", "Animation", "Family", "Comedy", "Fantasy")
    assert (city.title, city.alternative_titles) == ("The City of Lost Children", ("La Cité des enfants perdus",))
    assert (cosmos.year, cosmos.genres, cosmos.tmdb_id) == (None, (), None)
    assert (dark.genres, dark.imdb_id) == (("Film Noir",), None)


def test_what_movielens_does_not_know_stays_unknown(tmp_path: Path) -> None:
    for film in folder(tmp_path).films():
        assert (film.certification, film.runtime_min, film.original_title, film.synopsis) == (None, None, None, "")
        assert not (film.moods or film.themes or film.directors or film.cast or film.countries or film.languages)


def test_a_keyword_is_what_two_people_say_of_the_film(tmp_path: Path) -> None:
    story, city, *_ = folder(tmp_path).films()
    assert story.keywords == ("pixar",)  # not where one person saw it, and not what one alone says
    assert city.keywords == ()


@pytest.mark.parametrize(
    "tag", ["In Netflix queue", "seen 2003", "imdb top 250", "BORING", "5 stars", "x", "1999", "!!!"]
)
def test_tags_of_persons_and_judgements_are_no_keywords(tag: str) -> None:
    assert clean_tag(tag) is None


@pytest.mark.parametrize(("tag", "word"), [("Star Wars", "star wars"), (" time  travel.", "time travel")])
def test_tags_of_films_are(tag: str, word: str) -> None:
    assert clean_tag(tag) == word


@given(st.lists(st.tuples(st.sampled_from("abc"), st.just("1"), st.sampled_from(["space", "Space", "robots"]))))
def test_the_same_person_twice_is_one(tagged: list[tuple[str, str, str]]) -> None:
    people = {word: {user for user, _, tag in tagged if tag.lower() == word} for word in ("space", "robots")}
    assert set(keywords(tagged).get("1", ())) == {word for word, users in people.items() if len(users) > 1}


def test_a_film_is_found_by_its_other_titles(tmp_path: Path) -> None:
    names = gazetteer_of(tuple(folder(tmp_path).films()))
    for said in ("city of lost children", "cite des enfants perdus"):
        assert {named.movie_id for named in names.title_like(said.split())} == {"7"}


def test_movie_ids_are_those_of_the_ratings(tmp_path: Path) -> None:
    source = folder(tmp_path, ratings="userId,movieId,rating\na,1,5\na,7,4\nb,99,1\n")
    assert source.ratings_file == tmp_path / "ratings.csv"
    assert set(rated_rows(read_ratings(source.ratings_file), list(source.films()), None)) == {"1", "7"}
    assert source.name == tmp_path.name


def test_links_tags_and_ratings_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text(MOVIES, encoding="utf-8")
    source = source_for(tmp_path)
    assert source.ratings_file is None
    assert [film.imdb_id for film in source.films()] == [None] * 4


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    source = folder(
        tmp_path,
        movies="movieId,title,genres\n1,Heat (1995),Action|Horor\n2,,Drama\n3,Short (1950)\n",
        links="movieId,imdbId,tmdbId\n1,abc,862\n2,0112682,x\n",
        tags="userId,movieId\n1,1\n",
    )
    with pytest.raises(CatalogueError) as caught:
        list(source.films())
    for part in ("movies.csv:2: genres: 'Horor' is no genre we know; the closest is 'Horror'", "movies.csv:3: title",
                 "movies.csv:4: the row has another number of cells", "links.csv:2: 'abc' is no IMDb id",
                 "links.csv:3: ", "tags.csv:1: columns are missing: tag"):  # fmt: skip
        assert part in str(caught.value)


@pytest.mark.skipif(not SMALL.is_dir(), reason=f"no {SMALL} (set MATINEE_TEST_DATA)")
def test_movielens_latest_small_is_read_in_seconds() -> None:
    source = MovieLensFolder(SMALL)
    started = time.process_time()
    films = {film.movie_id: film for film in source.films()}
    assert time.process_time() - started < 15
    assert len(films) == 9_742
    leon = films["293"]
    assert (leon.title, leon.alternative_titles, leon.year) == (
        "Léon: The Professional", ("The Professional", "Léon"), 1994,
    )  # fmt: skip
    assert leon.genres == ("Action", "Crime", "Drama", "Thriller")
    assert (films["2571"].title, films["2571"].imdb_id, films["2571"].tmdb_id) == ("The Matrix", "tt0133093", 603)
    assert films["260"].keywords[0] == "sci-fi"
    assert sum(film.year is None for film in films.values()) == 12
    assert sum(not film.genres for film in films.values()) == 34
    assert not [film.title for film in films.values() if film.title.endswith((", The", ", A", ", An"))]
    assert sum(bool(film.alternative_titles) for film in films.values()) == 1_069
    assert not [film.title for film in films.values() if ", The (" in film.title]
    assert source.ratings_file is not None
    assert len(rated_rows(read_ratings(source.ratings_file), list(films.values()), None)) == 9_724
