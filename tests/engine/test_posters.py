"""What a card says of a poster: its address, whom it is credited to, and neither where the persona shows none."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.answers import About
from engine.poster_credit import poster_credit
from engine.store import Database
from engine.wire import Card, CardsRequest
from tests.engine.stalls import PERSONAS, desk_over
from tests.index.films import small_catalogue

AT_TMDB = "https://image.tmdb.org/t/p/w342/a.jpg"


@pytest.mark.parametrize(
    ("poster_url", "owner"),
    [
        (AT_TMDB, "TMDB"),
        ("https://IMAGE.TMDB.ORG/t/p/w500/b.jpg", "TMDB"),
        ("https://pictures.example.org/image.tmdb.org/a.jpg", None),
        ("https://image.tmdb.org.example.org/a.jpg", None),
        ("/posters/a.jpg", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_a_poster_is_credited_by_the_host_that_serves_it(poster_url: str | None, owner: str | None) -> None:
    assert poster_credit(poster_url) == owner


def test_a_persona_may_do_without_posters(tmp_path: Path, database: Database) -> None:
    films = [replace(film, poster_url=AT_TMDB if film.movie_id == "farm-pig" else None) for film in small_catalogue()]
    desk = desk_over(tmp_path / "index", films, database)
    plain = PERSONAS["matinee"].model_copy(update={"posters": False})
    without = replace(desk, personas={**desk.personas, "matinee": plain})
    asked = CardsRequest(persona="matinee", movie_ids=("farm-pig", "quiet-monk"))

    def told(cards: list[Card]) -> list[tuple[str | None, str | None]]:
        return [(card.poster_url, card.poster_credit) for card in cards]

    assert told(About(desk).cards(asked)) == [(AT_TMDB, "TMDB"), (None, None)]
    assert told(About(without).cards(asked)) == [(None, None)] * 2
