"""Words of other catalogues: genres, places, age ratings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.certifications import US_CERTIFICATIONS, us_certification
from index.sources.closed_words import CLOSED, UnknownWordError, closest, known_words
from index.sources.places import country_code, language_code


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Science Fiction", ("Science Fiction",)),
        ("Sci-Fi", ("Science Fiction",)),
        ("sci fi", ("Science Fiction",)),
        ("Film-Noir", ("Film Noir",)),
        ("Children's", ("Family",)),
        ("SPORTS", ("Sport",)),
        ("Romantic Comedy", ("Comedy", "Romance")),
        ("Musical", ("Musical",)),
    ],
)
def test_a_genre_of_others_is_ours(said: str, meant: tuple[str, ...]) -> None:
    assert known_words("genres", said) == meant


@pytest.mark.parametrize("field", CLOSED)
def test_every_word_of_ours_means_itself(field: str) -> None:
    for name in CLOSED[field]():
        assert known_words(field, name) == (name,)
        assert known_words(field, name.upper()) == (name,)


def test_an_unknown_genre_is_told_with_the_closest() -> None:
    with pytest.raises(UnknownWordError, match=r"'Documentery' is no genre we know; the closest is 'Documentary'"):
        known_words("genres", "Documentery")


@given(st.text(max_size=40))
def test_any_word_is_known_or_refused(word: str) -> None:
    try:
        found = known_words("genres", word)
    except UnknownWordError:
        return
    assert set(found) <= set(CLOSED["genres"]())


def test_nothing_is_close_to_a_word_of_another_kind() -> None:
    assert closest("zzzz", ["Action", "Drama"]) is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("United States of America", "US"), ("USA", "US"), ("us", "US"), ("UK", "GB"), ("England", "GB"),
        ("South Korea", "KR"), ("Russia", "RU"), ("Czech Republic", "CZ"), ("West Germany", "DE"),
        ("Soviet Union", "SU"), ("SU", "SU"), ("XC", "CS"), ("Czechoslovakia", "CS"), ("Hong Kong", "HK"),
        ("Turkey", "TR"), ("Iran", "IR"),
    ],
)  # fmt: skip
def test_a_country_has_its_code(said: str, code: str) -> None:
    assert country_code(said) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [("English", "en"), ("en", "en"), ("eng", "en"), ("Mandarin", "zh"), ("cn", "zh"), ("Greek", "el"),
     ("Spanish", "es"), ("Farsi", "fa"), ("Norwegian", "no"), ("Punjabi", "pa"), ("fre", "fr"), ("Swahili", "sw")],
)  # fmt: skip
def test_a_language_has_its_code(said: str, code: str) -> None:
    assert language_code(said) == code


def test_places_that_could_be_several_are_not_guessed() -> None:
    # North or South is not said.
    with pytest.raises(UnknownWordError, match="'Korea' is no country"):
        country_code("Korea")
    with pytest.raises(UnknownWordError, match="the closest is 'French'"):
        language_code("Frensh")


@pytest.mark.parametrize(
    ("said", "certification"),
    [("PG-13", "PG-13"), ("pg13", "PG-13"), ("Rated R", "R"), ("US:PG", "PG"), ("Not Rated", "NR"), ("Unrated", "NR"),
     ("NC-17", "NC-17"), ("U", None), ("UA", None), ("12A", None), ("18", None), ("Approved", None), ("TV-14", None),
     ("TV-PG", None), ("GP", None), ("X", None), ("RC", None), ("", None)],
)  # fmt: skip
def test_only_us_certifications_are_known(said: str, certification: str | None) -> None:
    assert us_certification(said) == certification


@pytest.mark.parametrize("name", US_CERTIFICATIONS)
def test_a_us_certification_is_itself(name: str) -> None:
    assert us_certification(name) == name
