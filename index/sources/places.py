"""Countries and languages by name or code, as ISO writes them."""

from collections.abc import Mapping
from functools import cache

import pycountry

from index.sources.closed_words import UnknownWordError

#: Names that films are listed under and ISO 3166-1 does not have. States that are no more keep the two letters that
#: ISO 3166-3 took out of use.
_COUNTRY_NAMES: Mapping[str, str] = {
    "america": "US",
    "bosnia": "BA",
    "burma": "MM",
    "cape verde": "CV",
    "czechoslovakia": "CS",
    "east germany": "DD",
    "england": "GB",
    "federal republic of germany": "DE",
    "great britain": "GB",
    "holland": "NL",
    "ivory coast": "CI",
    "macau": "MO",
    "macedonia": "MK",
    "northern ireland": "GB",
    "palestine": "PS",
    "republic of ireland": "IE",
    "russia": "RU",
    "scotland": "GB",
    "soviet union": "SU",
    "swaziland": "SZ",
    "turkey": "TR",
    "u.k.": "GB",
    "u.s.": "US",
    "u.s.a.": "US",
    "uk": "GB",
    "ussr": "SU",
    "wales": "GB",
    "west germany": "DE",
    "yugoslavia": "YU",
}
#: Two letters that catalogues use and ISO does not: TMDB's Czechoslovakia, East Germany, Serbia and Montenegro, Kosovo.
_COUNTRY_CODES: Mapping[str, str] = {"UK": "GB", "XC": "CS", "XG": "DD", "XK": "XK", "EL": "GR"}
_FORMER = frozenset({"SU", "YU", "CS", "DD"})
_LANGUAGE_NAMES: Mapping[str, str] = {
    "bokmål": "nb",
    "brazilian portuguese": "pt",
    "cantonese": "zh",
    "castilian": "es",
    "farsi": "fa",
    "filipino": "tl",
    "flemish": "nl",
    "gaelic": "gd",
    "greek": "el",
    "malay": "ms",
    "mandarin": "zh",
    "nepali": "ne",
    "punjabi": "pa",
    "shanghainese": "zh",
    "swahili": "sw",
}
#: TMDB's code of Cantonese, and codes that were taken out of use.
_LANGUAGE_CODES: Mapping[str, str] = {"cn": "zh", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sh"}


def country_code(said: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's name or code. Raises `UnknownWordError`."""
    word = said.strip()
    code = _COUNTRY_CODES.get(word.upper()) or _COUNTRY_NAMES.get(word.casefold()) or _countries().get(word.casefold())
    if code is None and word.upper() in _FORMER:
        code = word.upper()
    if code is None:
        raise UnknownWordError(word, "country", [*_country_words(), *_COUNTRY_NAMES])
    return code


def language_code(said: str) -> str:
    """The ISO 639-1 code of a language's English name or of its ISO 639 code. Raises `UnknownWordError`."""
    word = said.strip().casefold()
    code = _LANGUAGE_CODES.get(word) or _LANGUAGE_NAMES.get(word) or _languages().get(word)
    if code is None:
        raise UnknownWordError(said.strip(), "language", [*_language_words(), *_LANGUAGE_NAMES])
    return code


@cache
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            if name := getattr(country, attribute, None):
                found[name.casefold()] = country.alpha_2
    return found


def _country_words() -> list[str]:
    return [getattr(country, "common_name", country.name) for country in pycountry.countries]


@cache
def _languages() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", None)
        if code is None:
            continue
        for attribute in ("alpha_2", "alpha_3", "bibliographic", "name", "common_name"):
            if name := getattr(language, attribute, None):
                found[name.casefold()] = code
                # "Spanish; Castilian", "Modern Greek (1453-)": the name before what sets it apart.
                found.setdefault(name.split(";")[0].split(" (")[0].casefold(), code)
    return found


def _language_words() -> list[str]:
    return [language.name for language in pycountry.languages if getattr(language, "alpha_2", None)]
