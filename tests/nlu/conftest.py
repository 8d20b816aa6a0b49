"""One pipeline, trained once a session as `make train` does, and a small catalogue of real names."""

from datetime import date
from pathlib import Path

import pytest

from nlu import Gazetteer, Parser
from nlu.training.pipeline import train

TODAY = date(2026, 11, 1)
TITLES = (
    ("blade-runner", "Blade Runner", (), 1982),
    ("inception", "Inception", (), 2010),
    ("up", "Up", (), 2009),
    ("it", "It", (), 2017),
    ("her", "Her", (), 2013),
    ("seven", "Se7en", ("Seven",), 1995),
    ("us", "Us", (), 2019),
    ("amelie", "Amélie", ("Le Fabuleux Destin d'Amélie Poulain",), 2001),
    ("godfather", "The Godfather", (), 1972),
    ("heat", "Heat", (), 1995),
    ("parasite", "Parasite", (), 2019),
    ("no-country", "No Country for Old Men", (), 2007),
    ("space-odyssey", "2001: A Space Odyssey", (), 1968),
    ("monsters-inc", "Monsters, Inc.", (), 2001),
    ("paddington-2", "Paddington 2", (), 2017),
    ("big", "Big", (), 1988),
    ("1917", "1917", (), 2019),
    ("scary-movie", "Scary Movie", (), 2000),
    ("spider-verse", "Spider-Man: Into the Spider-Verse", (), 2018),
    ("quiet-place", "A Quiet Place", (), 2018),
    ("star-1937", "A Star Is Born", (), 1937),
    ("star-2018", "A Star Is Born", (), 2018),
    ("frida", "Frida", (), 2002),
)
PEOPLE = (
    "Tom Hanks",
    "Agnès Varda",
    "Joel Coen",
    "Ethan Coen",
    "Quentin Tarantino",
    "Wes Anderson",
    "Paul Thomas Anderson",
    "Alfred Hitchcock",
    "Will Smith",
    "Bong Joon-ho",
    "Greta Gerwig",
    "Denis Villeneuve",
    "Jean-Pierre Jeunet",
)


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nlu") / "pipeline"
    train(out)
    return out


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.of(titles=TITLES, people=PEOPLE)


@pytest.fixture(scope="session")
def parser(pipeline: Path) -> Parser:
    return Parser.load(pipeline, clock=lambda: TODAY)
