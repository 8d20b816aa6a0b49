"""What the starter catalogue holds, counted: the rows of docs/starter.md."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from index import Film, gather
from index.provenance import Part, read_provenance
from index.sources.starter import STARTER_FOLDER, JsonLinesFolder

_TESTS = Path(__file__).parents[1] / "tests" / "starter"

#: ISO 3166-1 codes of Africa's countries.
_AFRICA = frozenset(re.findall("..", (
    "AOBFBIBJBWCDCFCGCICMCVDJDZEGERETGAGHGMGNGQGWKEKMLRLSLYMAMGMLMRMUMWMZNANENGRWSCSDSLSNSOSSSTSZTDTGTNTZUGZAZMZW"
)))  # fmt: skip
_HOPEFUL = frozenset({"faith", "hope", "forgiveness", "courage"})
_FESTIVALS = ("Cannes", "Venice", "Berlin")
_PLAIN_ENGLISH = frozenset({"US", "GB"})

Holds = Callable[[Film], bool]


def _main_country(film: Film) -> str:
    return film.countries[0] if film.countries else ""


def _genre(name: str) -> Holds:
    return lambda film: name in film.genres


def _theme(name: str) -> Holds:
    return lambda film: name in film.themes


def _keyword(*words: str) -> Holds:
    return lambda film: any(word in film.keywords for word in words)


#: What people come for, in the words of the page.
KINDS: tuple[tuple[str, Holds], ...] = (
    ("films", lambda _film: True),
    ("G or PG", lambda film: film.certification in {"G", "PG"}),
    ("family or animation", lambda film: bool({"Family", "Animation"} & set(film.genres))),
    (
        "G or PG, with faith, hope, forgiveness or courage",
        lambda film: film.certification in {"G", "PG"} and bool(_HOPEFUL & set(film.themes)),
    ),
    ("world cinema: not mainly American or British", lambda film: _main_country(film) not in _PLAIN_ENGLISH),
    ("winners at Cannes, Venice or Berlin", lambda film: any(one.startswith(_FESTIVALS) for one in film.awards)),
    ("African", lambda film: bool(_AFRICA & set(film.countries[:2]))),
    ("Nollywood", _keyword("nollywood")),
    ("Indian", lambda film: "IN" in film.countries[:2]),
    ("anime", lambda film: "Animation" in film.genres and _main_country(film) == "JP"),
    (
        "Korean and Japanese live action",
        lambda film: _main_country(film) in {"KR", "JP"} and "Animation" not in film.genres,
    ),
    ("before 1950", lambda film: (film.year or 9999) < 1950),
    ("silent", _keyword("silent film", "silent")),
    ("documentaries", _genre("Documentary")),
    ("from 2018 on", lambda film: (film.year or 0) >= 2018),
    ("directed by women", _keyword("female director")),
    ("horror", _genre("Horror")),
    ("film noir", _genre("Film Noir")),
    ("western", _genre("Western")),
    ("musical", _genre("Musical")),
    ("sport", _genre("Sport")),
    ("war", _genre("War")),
    ("science fiction", _genre("Science Fiction")),
    ("romance", _genre("Romance")),
    ("comedy", _genre("Comedy")),
    ("heist", _theme("heist")),
    ("time travel and loops", _theme("time-travel")),
    ("courtroom", _theme("courtroom")),
    ("cooking and food", _theme("food")),
    ("road", _theme("road-trip")),
    ("looks measured from a poster", lambda film: film.lightness is not None),
    ("with the address of a poster", lambda film: film.poster_url is not None),
    ("known to viewers' ratings", lambda film: film.popularity is not None),
    ("with reviews", lambda film: bool(film.reviews)),
)


def starter_films() -> Sequence[Film]:
    """The films that ship, with their derived figures."""
    return gather([JsonLinesFolder()])


def kinds(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    """How many films there are of each kind."""
    for what, holds in KINDS:
        yield what, f"{sum(map(holds, films)):,}"


def countries(films: Sequence[Film]) -> Counter[str]:
    """Films by their main country."""
    return Counter(country for film in films if (country := _main_country(film)))


def decades(films: Sequence[Film]) -> Iterator[tuple[str, str]]:
    """How many films there are of each decade."""
    for decade, count in sorted(Counter(film.year // 10 * 10 for film in films if film.year).items()):
        yield f"{decade}s", f"{count:,}"


def kept_readings() -> Iterator[tuple[str, str, str]]:
    """The facts in which our reading differs from the reference, each with its reason."""
    titles = {film.movie_id: f"{film.title} ({film.year})" for film in starter_films()}
    kept: dict[str, dict[str, str]] = yaml.safe_load((_TESTS / "kept.yaml").read_text(encoding="utf-8"))
    for movie_id, fields in sorted(kept.items(), key=lambda pair: titles[pair[0]]):
        for field, reason in fields.items():
            yield titles[movie_id], f"`{field}`", reason


def measured() -> dict[str, Any]:
    """What was measured of the catalogue: `tests/starter/measured.yaml`, which tests compare with the reference."""
    found: dict[str, Any] = yaml.safe_load((_TESTS / "measured.yaml").read_text(encoding="utf-8"))
    return found


def size_mb() -> str:
    """What `index/starter/` takes, in megabytes."""
    return f"{sum(path.stat().st_size for path in STARTER_FOLDER.parent.rglob('*') if path.is_file()) / 1e6:.1f}"


def derived_parts() -> Iterator[tuple[str, str, str, str]]:
    """Each derived part: its name, its source, the films it reached and how it was made."""
    for part in Part:
        if (found := read_provenance(STARTER_FOLDER.parent, part)) is not None:
            yield part, found.source.name, f"{found.films:,} of {found.of:,}", found.made_by
