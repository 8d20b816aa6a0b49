"""A persona's limits: whatever the limits and whatever the films, nothing beyond them is ever permitted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.limits import allows, certified, permitted
from index import Catalogue, Film
from persona_configs.schema import Limits
from persona_configs.vocabulary import CERTIFICATIONS, NOT_RATED
from tests.engine import strategies
from tests.index.films import film

FILMS = st.lists(strategies.labelled_films(), min_size=1, max_size=12, unique_by=lambda each: each.movie_id)


def breaks(limits: Limits, film: Film) -> bool:
    """The limits as their field descriptions say them, written out once more without the engine's code."""
    order = list(CERTIFICATIONS)
    if limits.certification_max is not None:
        up_to = order[: order.index(limits.certification_max) + 1]
        if film.certification not in up_to:
            return True
    if film.movie_id in limits.banned_movies:
        return True
    if any(theme in limits.banned_themes for theme in film.themes):
        return True
    if any(genre in limits.banned_genres for genre in film.genres):
        return True
    return any(note not in film.content or film.content[note] > most for note, most in limits.content_max.items())


@strategies.EXAMPLES
@given(films=FILMS, data=st.data())
def test_exactly_the_films_within_the_limits_are_permitted(films: list[Film], data: st.DataObject) -> None:
    limits = data.draw(strategies.limits(tuple(each.movie_id for each in films)))
    rows = permitted(Catalogue(films), limits)
    assert [row in rows for row in range(len(films))] == [not breaks(limits, each) for each in films]


@strategies.EXAMPLES
@given(films=FILMS, data=st.data())
def test_a_further_limit_only_removes(films: list[Film], data: st.DataObject) -> None:
    ids = tuple(each.movie_id for each in films)
    one, other = data.draw(strategies.limits(ids)), data.draw(strategies.limits(ids))
    both = one.model_copy(
        update={
            "banned_themes": one.banned_themes + other.banned_themes,
            "banned_genres": one.banned_genres + other.banned_genres,
            "banned_movies": one.banned_movies + other.banned_movies,
        }
    )
    catalogue = Catalogue(films)
    assert len(permitted(catalogue, both) - permitted(catalogue, one)) == 0


def test_without_limits_every_film_is_permitted() -> None:
    films = [film("a", certification="NC-17", content={"sex": 3}), film("b")]
    assert len(permitted(Catalogue(films), Limits())) == 2


@pytest.mark.parametrize("limit", CERTIFICATIONS)
@pytest.mark.parametrize("own", [None, NOT_RATED])
def test_an_unknown_or_missing_rating_counts_against_a_film(limit: str, own: str | None) -> None:
    assert not certified(limit, film("a", certification=own))
    assert certified(None, film("a", certification=own))


@pytest.mark.parametrize("own", CERTIFICATIONS)
@pytest.mark.parametrize("limit", CERTIFICATIONS)
def test_ratings_stand_in_their_order(limit: str, own: str) -> None:
    ranks = {"G": 0, "PG": 1, "PG-13": 2, "R": 3, "NC-17": 4}
    assert certified(limit, film("a", certification=own)) is (ranks[own] <= ranks[limit])


@pytest.mark.parametrize(
    ("content", "may"), [({}, False), ({"fear": 2}, False), ({"fear": 1}, True), ({"sex": 0}, False)]
)
def test_a_content_note_that_nobody_made_counts_against_a_film(content: dict[str, int], *, may: bool) -> None:
    assert allows(Limits(content_max={"fear": 1}), film("a", content=content)) is may


@pytest.mark.parametrize(
    "limits",
    [
        Limits(banned_movies=("a",)),
        Limits(banned_themes=("ghosts",)),
        Limits(banned_genres=("Horror",)),
        Limits(certification_max="PG"),
        Limits(content_max={"violence": 2}),
    ],
)
def test_each_limit_alone_keeps_a_film_out(limits: Limits) -> None:
    facts = {"themes": ["love", "ghosts"], "genres": ["Drama", "Horror"], "certification": "R"}
    assert not allows(limits, film("a", **facts, content={"violence": 3}))
    assert allows(limits, film("b", themes=["love"], genres=["Drama"], certification="G", content={"violence": 0}))
