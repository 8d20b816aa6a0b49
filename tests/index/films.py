"""A handful of small films for tests, made so that right answers are known by construction."""

from typing import Any

from index import Film, parse_film


def film(movie_id: str, **facts: Any) -> Film:
    return parse_film({"movie_id": movie_id, "title": movie_id.replace("-", " ").title(), **facts})


def small_catalogue() -> list[Film]:
    return [
        film("farm-pig", genres=["Family", "Comedy"], certification="G", year=1995, moods=["feel-good"],
             themes=["animals"], synopsis="A pig herds sheep on a green farm.", runtime_min=92,
             tone={"scary": 0.1, "funny": 0.6, "family": 1.0}),
        film("haunted-house", genres=["Horror"], certification="R", year=1980, moods=["scary"],
             themes=["ghosts"], synopsis="A house keeps its dead awake all winter.", runtime_min=140,
             tone={"scary": 1.0, "funny": 0.0, "family": 0.0}),
        film("quiet-monk", genres=["Drama"], certification="PG", year=2010, moods=["serene", "thoughtful"],
             themes=["faith"], synopsis="A monk walks home through snow, praying.", runtime_min=100,
             tone={"scary": 0.0, "funny": 0.1, "family": 0.5}, countries=["FR"], languages=["fr"]),
        film("mild-ghost", genres=["Comedy", "Fantasy"], certification="PG", year=1988, moods=["playful"],
             themes=["ghosts"], synopsis="A shy ghost wants to leave the house and see the sea.", runtime_min=90,
             tone={"scary": 0.4, "funny": 0.8, "family": 0.7}),
        film("unrated-war", genres=["War", "Drama"], certification="NR", year=1957, moods=["bleak"],
             themes=["war"], synopsis="Soldiers wait in a trench for an order that is wrong.", runtime_min=88,
             tone={"scary": 0.5, "funny": 0.0, "family": 0.2}),
        film("unknown-love", genres=["Romance"], year=1999, moods=["romantic"], themes=["love"],
             synopsis="Two letters cross the sea and miss each other.", runtime_min=110,
             tone={"scary": 0.0, "funny": 0.3, "family": 0.4}),
    ]  # fmt: skip
