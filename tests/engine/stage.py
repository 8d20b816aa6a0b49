"""What the engine's tests stand on: a recommender over films in memory, personas, and a catalogue of many odd films."""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import persona_configs
from engine.recommend import Recommender
from index import Artefact, Catalogue, FaissStore, Film
from index.artefact import FORMAT, Manifest
from index.enrich import Enriched
from index.parts import looks_rows
from persona_configs import Persona, load_persona
from persona_configs.schema import Leaning, Limits
from persona_configs.vocabulary import CERTIFICATIONS, CONTENT_NOTES, NOT_RATED, axes, genres, moods, themes
from tests.index.films import film
from tests.index.hash_encoder import HashEncoder

PERSONAS_DIR = Path(persona_configs.__file__).parent
#: Few words, so that films share them and wishes meet more than one film.
MOODS, THEMES, GENRES = tuple(moods())[:6], tuple(themes())[:6], tuple(genres())[:6]
COUNTRIES, LANGUAGES = ("FR", "JP", "US"), ("fr", "ja", "en")
PEOPLE = ("Agnès Varda", "Akira Kurosawa", "Greta Gerwig")
AWARDS = ("Cannes 2019: Palme d'Or", "Venice 2001: Golden Lion", "Academy Awards 2020: Best Picture")


@cache
def _shipped(name: str) -> Persona:
    return load_persona(PERSONAS_DIR / f"{name}.yaml")


def persona(name: str = "matinee", *, limits: Limits | None = None, leaning: Leaning | None = None) -> Persona:
    """One of the four personas that ship, with other limits or another leaning where given."""
    changes = {"limits": limits, "leaning": leaning}
    given = {field: value for field, value in changes.items() if value is not None}
    return _shipped(name).model_copy(update=given)


def artefact_of(films: Sequence[Film], known: Enriched | None = None) -> Artefact:
    """The films as an artefact in memory, encoded by word hashes; with looks and item vectors where they are known."""
    ids = [each.movie_id for each in films]
    looks = known.looks if known else None
    items = known.items if known else None
    text = HashEncoder().encode([film.text() for film in films])
    manifest = Manifest(
        format=FORMAT, catalogue="small", encoder="hash-64", dimension=64, films=len(films), sources=(), files={}
    )
    return Artefact(
        path=Path("memory"),
        manifest=manifest,
        catalogue=Catalogue(films),
        text=FaissStore.of(text),
        looks=FaissStore.of(looks_rows(looks, ids), gaps=True) if looks else None,
        items=items.aligned(ids) if items else None,
    )


def recommender_of(films: Sequence[Film], known: Enriched | None = None) -> Recommender:
    return Recommender(artefact_of(films, known), HashEncoder())


def many_films(count: int, *, seed: int = 1) -> list[Film]:
    """Films of every kind, with gaps: each fact is missing for about one film in five."""
    chance = random.Random(seed)  # noqa: S311 - decides test data
    return [_odd_film(f"odd-{number:03d}", chance) for number in range(count)]


def _odd_film(movie_id: str, chance: random.Random) -> Film:
    some = lambda words, most: chance.sample(words, chance.randint(0, most))  # noqa: E731
    facts: dict[str, Any] = {
        "genres": some(GENRES, 2),
        "moods": some(MOODS, 2),
        "themes": some(THEMES, 2),
        "year": chance.randint(1920, 2024),
        "runtime_min": chance.randint(60, 200),
        "certification": chance.choice((*CERTIFICATIONS, NOT_RATED)),
        "countries": some(COUNTRIES, 2),
        "languages": some(LANGUAGES, 2),
        "directors": some(PEOPLE, 1),
        "awards": some(AWARDS, 1),
        "synopsis": " ".join(chance.choices(("snow", "sea", "train", "letter", "ghost", "garden", "king"), k=6)),
        "tone": {axis: round(chance.random(), 2) for axis in axes()},
        "content": {note: chance.randint(0, 3) for note in CONTENT_NOTES},
        "lightness": round(chance.random(), 3),
        "colourfulness": round(chance.random(), 3),
        "warmth": round(chance.random(), 3),
        "vintage": round(chance.random(), 3),
        "dark_moody": round(chance.random(), 3),
        "bright_colourful": round(chance.random(), 3),
        "popularity": round(chance.random(), 3),
    }
    return film(movie_id, **{name: fact for name, fact in facts.items() if chance.random() > 0.2})
