"""Where films come from and what is spoken in them: demonyms, country names and languages as senses."""

from collections.abc import Iterator

import pycountry

from nlu.files import lexicon_file
from nlu.sense import Kind, Sense


def place_entries() -> Iterator[tuple[str, Sense]]:
    """Every phrase for a country or a language, with its senses."""
    places = lexicon_file("places")
    for code, words in places["demonyms"].items():
        yield from ((word, Sense(Kind.COUNTRY, code)) for word in words)
    for region, codes in places["regions"].items():
        yield from ((region, Sense(Kind.COUNTRY, code)) for code in codes)
    for name, region in places["region_names"].items():
        for phrase in (name, f"from {name}", f"made in {name}"):
            yield from ((phrase, Sense(Kind.COUNTRY, code)) for code in places["regions"][region])
        for phrase in (f"set in {name}", f"in {name}", f"about {name}", f"takes place in {name}"):
            yield phrase, Sense(Kind.KEYWORD, name.removeprefix("the "))
    yield from ((school, Sense(Kind.LANGUAGE, code)) for school, code in places["schools"].items())
    yield from ((word, Sense(Kind.LANGUAGE, "en", avoid=True)) for word in places["foreign"])
    yield from ((word, Sense(Kind.LANGUAGE, "en")) for word in places["home"])
    refused = Sense(Kind.LANGUAGE, "en", avoid=True, weighed=True)
    yield from ((word, refused) for word in places["foreign_when_refused"])
    yield from _languages(places["tongues"], frozenset(places["asked_for"]))
    yield from _countries(places["names"], frozenset(places["needs_from"]))


def _languages(tongues: dict[str, str], asked_for: frozenset[str]) -> Iterator[tuple[str, Sense]]:
    names = dict(tongues)
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", None)
        if code in asked_for:
            names.setdefault(language.name.split(" (")[0].lower(), code)
    names |= {"greek": "el", "chinese": "zh", "korean": "ko", "norwegian": "no", "farsi": "fa", "filipino": "tl"}
    for name, code in names.items():
        sense = Sense(Kind.LANGUAGE, code)
        for phrase in (f"in {name}", f"{name} language", f"{name} speaking", f"speaking {name}", f"spoken {name}"):
            yield phrase, sense
        for phrase in (f"{name} dubbed", f"dubbed in {name}", f"dubbed into {name}"):
            yield phrase, Sense(Kind.UNHELD, f"dubbed in {name.title()}")
        if name in tongues:
            yield name, sense


def _countries(said: dict[str, str], needs_from: frozenset[str]) -> Iterator[tuple[str, Sense]]:
    names = dict(said)
    for country in pycountry.countries:
        for attribute in ("name", "common_name"):
            if (name := getattr(country, attribute, None)) and "," not in name:
                names.setdefault(name.lower(), country.alpha_2)
    for name, code in names.items():
        sense = Sense(Kind.COUNTRY, code)
        for phrase in (
            f"from {name}",
            f"made in {name}",
            f"produced in {name}",
            f"films of {name}",
            f"from the {name}",
        ):
            yield phrase, sense
        for phrase in (f"set in {name}", f"in {name}", f"about {name}", f"takes place in {name}"):
            yield phrase, Sense(Kind.KEYWORD, name)
        if name not in needs_from:
            yield name, sense
