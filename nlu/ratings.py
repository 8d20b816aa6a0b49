"""Age ratings and ages: the most restricted certification that a message allows."""

import re
from collections.abc import Iterator

from nlu.numbers import NUMBER, number
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading
from persona_configs.vocabulary import CERTIFICATIONS

_NAME = r"(?P<name>nc-?17|pg-?13|pg 13|pg|r|g)"
_CERTIFIED = re.compile(
    rf"(?P<neg>\b(?:no|not|nothing|without|isn't|avoid|never) (?:any )?(?:too )?)?(?P<above>\b(?:above"
    rf"|over|stronger than|higher than|beyond|worse than|harder than|past) (?:a )?)?"
    rf"(?P<rated>\b(?:rated|rating of|rating|certified|certificate) )?\b{_NAME}\b"
    r"(?P<suffix>[ -](?:rated|rating|certificate)\b)?(?P<max> (?:or|and) (?:lower|below|under|less"
    r"|milder|softer|gentler)| max(?:imum)?| at most| tops)?"
)
_LED = re.compile(
    rf"\b(?:up to|at most|max|maximum|no more than|nothing above|nothing over|nothing stronger than"
    rf"|only|just|under)(?: a)?(?: rated)? {_NAME}\b"
)
_AGE = re.compile(
    rf"\b(?:(?P<lead>for|with|my|our|a|her|his|their|aged?|is|i'm|im|turning|and|two|three"
    rf"|ages?) )*(?P<age>{NUMBER})[ -]?(?:(?:year|yr)s?[ -]?olds?|y/?o|yrs? old"
    rf"|years? of age)\b(?: (?:kid|child|son|daughter|boy|girl|nephew|niece|grandson|granddaughter"
    rf"|niece))?"
)
_AGED = re.compile(
    rf"\b(?:kids?|child|children|son|daughter|boy|girl|nephew|niece|ages?|aged)(?: is| are| of| aged"
    rf"| ages| who is| who are|,)? (?P<age>{NUMBER})\b(?!0| ?(?:films?|movies?|hours?|minutes?|of))"
)
#: Below 7 years keep to G, below 13 to PG, below 17 to PG-13.
_BY_AGE = ((7, "G"), (13, "PG"), (17, "PG-13"))
_FAMILY_UNTIL_AGE = 13


def certification_mentions(reading: Reading) -> Iterator[Mention]:
    """The mentions of a certification or of a watcher's age: "PG-13 or lower", "no R", "for my 6-year-old"."""
    text = reading.plain
    for hit in _LED.finditer(text):
        yield _mention(hit.span(), _canonical(hit.group("name")))
    for hit in _CERTIFIED.finditer(text):
        if not _is_rating(hit, reading):
            continue
        name = _canonical(hit.group("name"))
        if hit.group("neg") and not hit.group("above"):
            at = CERTIFICATIONS.index(name)
            if at:
                yield _mention(hit.span(), CERTIFICATIONS[at - 1])
        elif hit.group("neg") or not hit.group("above"):
            yield _mention(hit.span(), name)
    for pattern in (_AGE, _AGED):
        for hit in pattern.finditer(text):
            years = number(hit.group("age"))
            if years is not None and 0 < years < 18:
                yield Mention(*hit.span(), for_age(int(years)), "age")


def for_age(years: int) -> tuple[Sense, ...]:
    """The senses that a watcher of this age brings: a certification, and the family end of the tone for children."""
    certification = next((name for below, name in _BY_AGE if years < below), None)
    senses = (Sense(Kind.CERTIFICATION, certification),) if certification else ()
    return (*senses, Sense(Kind.TONE, "family")) if years < _FAMILY_UNTIL_AGE else senses


def _mention(span: tuple[int, int], name: str) -> Mention:
    return Mention(*span, (Sense(Kind.CERTIFICATION, name),), "certification")


def _canonical(name: str) -> str:
    plain = name.upper().replace(" ", "-")
    return {"NC17": "NC-17", "PG13": "PG-13"}.get(plain, plain)


def _is_rating(hit: re.Match[str], reading: Reading) -> bool:
    """A lone letter is a rating only beside a word that says so, or as a capital after "no" or before "or lower"."""
    name = hit.group("name")
    if len(name) > 1 or hit.group("rated") or hit.group("suffix") or hit.group("max"):
        return True
    written = reading.text[hit.start("name") : hit.end("name")]
    return written.isupper() and bool(hit.group("neg"))
