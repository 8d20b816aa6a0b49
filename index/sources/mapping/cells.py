"""Reading single cells: years, runtimes, titles and ids as catalogues write them."""

import json
import re
from typing import Any

#: The years that a film may be of.
_YEAR = re.compile(r"(?<!\d)(18[89]\d|19\d\d|20\d\d|2100)(?!\d)")
_TITLE_YEAR = re.compile(r"(?P<title>.*\S)\s*\(\s*(?P<year>\d{4})\s*(?:[-–]\s*(?:\d{4})?\s*)?\)\s*$", re.DOTALL)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_HOURS_MINUTES = re.compile(
    rf"(?:{_NUMBER}\s*(?:h|hr|hrs|hour|hours)\b\.?)?\s*(?:(?:and|,)?\s*{_NUMBER}\s*(?:m|mn|min|mins|minute|minutes)\b\.?)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?$")
_BARE = re.compile(rf"{_NUMBER}$")
_MINUTES_PER_HOUR = 60
#: Articles that catalogues put behind a title, in the languages of its first words.
_ARTICLES = (
    "The", "A", "An", "Le", "La", "Les", "L'", "L’", "Un", "Une", "El", "Los", "Las", "Una", "Il", "Lo", "I", "Gli",
    "Der", "Die", "Das", "Ein", "Eine", "De", "Het", "Det", "Den", "En", "Os", "Da",
)  # fmt: skip
_BEHIND = re.compile(rf"(?P<rest>.*\S),\s*(?P<article>{'|'.join(map(re.escape, _ARTICLES))})$", re.DOTALL)
_IMDB_ID = re.compile(r"(?:.*/)?(?:tt)?(\d{1,10})/?(?:\?.*)?$")
#: IMDb fills the number of an id with zeros up to so many digits.
_IMDB_DIGITS = 7


def year_of(cell: str) -> int:
    """The one year that a cell holds: "1999", "1999-03-31", "31/03/1999". Raises ValueError for none and for two."""
    years = set(_YEAR.findall(cell))
    if len(years) != 1:
        raise ValueError(f"{cell!r} holds {'no year' if not years else 'more than one year'}")
    return int(years.pop())


def runtime_min(cell: str, *, unit: str = "minutes") -> int | None:
    """Minutes from "95", "142 min", "2h 22m", "1:35" (hours and minutes) or, with unit "hours", "1.5"; None for 0.

    What a cell says itself counts before the unit. Raises ValueError.
    """
    text = cell.strip()
    if bare := _BARE.match(text):
        minutes = _figure(bare[1]) * (_MINUTES_PER_HOUR if unit == "hours" else 1)
    elif clock := _CLOCK.match(text):
        minutes = int(clock[1]) * _MINUTES_PER_HOUR + int(clock[2])
    elif (said := _HOURS_MINUTES.match(text)) and any(said.groups()):
        minutes = _figure(said[1] or "0") * _MINUTES_PER_HOUR + _figure(said[2] or "0")
    else:
        raise ValueError(f"{cell!r} is no runtime; write 95, 95 min or 1h 35m")
    return round(minutes) or None


def title_and_year(cell: str) -> tuple[str, int | None]:
    """ "Heat (1995)" as title and year; of "(2006–2007)" the first. The year is None where none stands at the end."""
    found = _TITLE_YEAR.match(cell.strip())
    return (found["title"], int(found["year"])) if found else (cell.strip(), None)


def article_first(title: str) -> str:
    """ "Godfather, The" as "The Godfather", "Avventura, L'" as "L'Avventura"; other titles as they are."""
    found = _BEHIND.match(title)
    if not found:
        return title
    article, rest = found["article"], found["rest"]
    return f"{article}{rest}" if article.endswith(("'", "’")) else f"{article} {rest}"


def imdb_id_of(cell: str) -> str:
    """An IMDb title id from "tt0111161", "111161" or an address that ends in one. Raises ValueError."""
    found = _IMDB_ID.match(cell.strip())
    if not found:
        raise ValueError(f"{cell!r} is no IMDb id such as tt0111161")
    return f"tt{found[1].zfill(_IMDB_DIGITS)}"


def words_of_json(cell: str, key: str) -> list[str]:
    """The words under the key of each object in a JSON list. Raises ValueError."""
    try:
        found: Any = json.loads(cell)
        return [str(one[key]).strip() for one in found]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"not a JSON list of objects with {key!r}") from error


def _figure(text: str) -> float:
    return float(text.replace(",", "."))
