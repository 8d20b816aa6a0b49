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
    rf"\b(?:(?:for|with|my|our|the|two|three) )*(?:kids?|child|children|son|daughter|boy|girl|nephew|niece|ages?|aged)"
    rf"(?: is| are| of| aged| ages| who is| who are|,|:| \()? ?(?P<age>{NUMBER})(?P<more>(?:(?:,| and| &| or|, and)"
    rf" {NUMBER})*)\b(?!0| ?(?:films?|movies?|hours?|minutes?|of|picks?|options?))"
)
#: Ages before the last one: "a 4 and a 9 year old".
_AGES_BEFORE = re.compile(
    rf"(?:(?:for|with|my|our|an?|the) )*(?P<age>{NUMBER})(?:[ -]?(?:years?[ -]?olds?)?)?,?-? ?(?:and|&|or) ?$"
)
#: Age ratings of other countries (FSK, BBFC) by the age they stand for; a bare number needs a word beside it.
_ELSEWHERE = re.compile(
    r"(?P<neg>\b(?:no|not|nothing|never) (?:an? )?)?"
    r"(?P<above>\b(?:above|over|stronger than|higher than|beyond) (?:an? )?)?"
    r"(?:\bfsk[ -]?(?:ab )?(?P<fsk>0|6|12|16|18)\b|\b(?:rated |certificate |cert |bbfc )(?P<led>u|12a|12|15|18)\b"
    r"|\b(?P<a>12a)\b|\b(?P<cert>u|12a|12|15|18)[ -](?:certificates?|certs?|rated|rating)\b)"
)
#: Below 7 years keep to G, below 13 to PG, below 17 to PG-13.
_BY_AGE = ((7, "G"), (13, "PG"), (17, "PG-13"))
_FAMILY_UNTIL_AGE = 13
#: Age ratings of Germany and Britain as the US rating that lets through nothing older: 15 and 16 leave out much of R.
_ABROAD = {
    "0": "G", "u": "G", "6": "PG", "12": "PG-13", "12a": "PG-13", "15": "PG-13", "16": "PG-13", "18": "NC-17",
}  # fmt: skip


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
            ages = [years, *_other_ages(hit, text)]
            if all(age is not None and 0 < age < 18 for age in ages):
                before = _AGES_BEFORE.search(text[: hit.start()]) if pattern is _AGE else None
                start = before.start() if before else hit.start()
                yield Mention(start, hit.end(), for_age(int(min(age for age in ages if age is not None))), "age")
    for hit in _ELSEWHERE.finditer(text):
        name = _ABROAD[_written(hit)]
        if hit.group("neg") and not hit.group("above"):
            name = CERTIFICATIONS[max(0, CERTIFICATIONS.index(name) - 1)]
        yield _mention(hit.span(), name)


def _other_ages(hit: re.Match[str], text: str) -> list[float | None]:
    more = hit.groupdict().get("more")
    if more:
        return [number(age) for age in re.findall(NUMBER, more)]
    before = _AGES_BEFORE.search(text[: hit.start()]) if "more" not in hit.groupdict() else None
    return [number(before.group("age"))] if before else []


def _written(hit: re.Match[str]) -> str:
    return next(name for group in ("fsk", "led", "a", "cert") if (name := hit.group(group)))


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
