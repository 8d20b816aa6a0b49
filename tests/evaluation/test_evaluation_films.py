import pytest
from evaluation_pieces import a_card

from bot.evaluation.films import CardWish, exceeds, mean_of, misses


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"title": "The Kite"},
        {"certification": ["G", "PG"]},
        {"genres_any": ["Comedy", "War"], "genres_all": ["Comedy", "Family"], "genres_without": ["Horror"]},
        {"moods_any": "cosy", "moods_without": "bleak", "themes_any": "friendship", "themes_without": ["gore"]},
        {"countries_any": "FR", "languages_any": "fr", "directors_any": "Ada North", "people_any": "Ben South"},
        {"awards": "palme d'or", "reason": "cosy"},
        {"year": [1994, 1994]},
        {"year": [None, 1999]},
        {"runtime_max": 95},
        {"tone": {"scary": "<= 0.1"}, "lightness": "> 0.5"},
    ],
)
def test_a_card_that_keeps_to_a_wish(wish: dict[str, object]) -> None:
    assert not list(misses(CardWish.model_validate(wish), a_card()))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"certification": "G"}, "certification [G]: it has PG"),
        ({"genres_all": ["Comedy", "War"]}, "genres_all [Comedy, War]: it has Comedy, Family"),
        ({"genres_without": "Family"}, "genres_without [Family]: it has Comedy, Family"),
        ({"year": [1995, None]}, "year [1995–…]: it has 1994"),
        ({"runtime_max": 94}, "runtime_max [94]: it has 95"),
        ({"tone": {"funny": "< 0.8"}}, "tone.funny [< 0.8]: it has 0.8"),
        ({"people_any": "Nobody"}, "people_any [Nobody]: it has Ada North, Ben South"),
        ({"awards": "Oscar"}, "awards [Oscar]: it has Cannes 1994: Palme d'Or"),
    ],
)
def test_what_a_card_misses_is_said_with_what_it_has(wish: dict[str, object], said: str) -> None:
    assert list(misses(CardWish.model_validate(wish), a_card())) == [said]


@pytest.mark.parametrize(
    ("fact", "wish"),
    [
        ("year", {"year": [None, 2100]}),
        ("runtime_min", {"runtime_max": 999}),
        ("certification", {"certification": ["G", "PG", "PG-13", "R", "NC-17", "NR"]}),
        ("lightness", {"lightness": ">= 0"}),
    ],
)
def test_an_unknown_fact_never_keeps_to_a_wish(fact: str, wish: dict[str, object]) -> None:
    assert list(misses(CardWish.model_validate(wish), a_card(**{fact: None})))


@pytest.mark.parametrize(
    ("certification", "limit", "above"),
    [("G", "PG", False), ("PG", "PG", False), ("PG-13", "PG", True), ("NR", "NC-17", True), (None, "NC-17", True)],
)
def test_what_is_not_certified_is_above_every_limit(certification: str | None, limit: str, *, above: bool) -> None:
    assert exceeds(certification, limit) is above


def test_a_mean_leaves_out_what_is_unknown() -> None:
    cards = (a_card(year=1990), a_card(year=None), a_card(year=2000))
    assert mean_of(cards, "year") == 1995
    assert mean_of(cards, "tone.funny") == pytest.approx(0.8)
    assert mean_of((a_card(year=None),), "year") is None
