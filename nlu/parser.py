"""The parser: a message and a catalogue's names in, a frame with its spans out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import structlog

from nlu.bearing import Bearing
from nlu.correct import corrected
from nlu.counted import counted
from nlu.decide import decide
from nlu.draft import Draft
from nlu.faces import face_name, refused, told
from nlu.frame import ENGLISH, Assumption, Parse, Span
from nlu.garnish import garnishes
from nlu.gazetteer import Gazetteer
from nlu.guess import guessed_mentions
from nlu.language import language_of, understood, unspoken
from nlu.leaning import refines
from nlu.lexicon import lexicon
from nlu.listed import listed_mentions
from nlu.namesakes import namesakes
from nlu.naming import person_mentions, title_mentions
from nlu.pointing import Pointed, pointed, wanted
from nlu.ratings import certification_mentions
from nlu.rest import rest_of
from nlu.roles import with_roles
from nlu.runtimes import runtime_mentions
from nlu.scope import Scope, scope
from nlu.sense import Kind, Mention, Sense
from nlu.story import preamble, without_story
from nlu.tagger import Tagger
from nlu.words import Reading, read
from nlu.years import year_mentions

#: No words bear on it.
_PLAIN = Bearing()
#: Tells what bears on each mention; `nlu.scope.scope` unless another rule is to be compared with it.
Scoping = Callable[..., Scope]
log = structlog.get_logger(__name__)
EMPTY = Gazetteer.of()


class Parser:
    """Turns text into a `Parse`. Immutable once made, safe to share between threads."""

    def __init__(self, tagger: Tagger, *, clock: Callable[[], date] = date.today, scoping: Scoping = scope) -> None:
        self._tagger = tagger
        self._scoping = scoping
        self._clock = clock
        self._lexicon = lexicon()

    @classmethod
    def load(cls, path: Path, *, clock: Callable[[], date] = date.today, scoping: Scoping = scope) -> "Parser":
        """The parser with the pipeline that `python -m nlu.train --out PATH` wrote. Raises `TaggerError`."""
        parser = cls(Tagger.load(path), clock=clock, scoping=scoping)
        parser.parse("a warm-up, so that the first person does not wait for tables and caches")
        return parser

    def parse(self, text: str, gazetteer: Gazetteer = EMPTY, *, today: date | None = None) -> Parse:
        """What the message says. Never raises for any text: what cannot be read leaves an empty frame.

        Spans point into the first 4,000 characters of `text`, what follows is not read. "last year" counts from
        `today`, else from the parser's clock.
        """
        started = perf_counter()
        try:
            parse = self._parse(text, gazetteer, this_year=(today or self._clock()).year)
        except Exception:  # the door's promise: one odd message must not cost a person their turn
            log.exception("parse_failed", chars=len(text))
            parse = Parse(text=text)
        return replace(parse, latency_ms=round((perf_counter() - started) * 1000, 3))

    def _parse(self, text: str, gazetteer: Gazetteer, *, this_year: int) -> Parse:
        reading = corrected(read(text, known=self._lexicon.known), self._lexicon)
        decided = without_story(reading, decide(self._candidates(reading, gazetteer, this_year=this_year)))
        mentions = tuple(with_roles(reading, decided))
        language = language_of(reading, mentions, self._lexicon)
        mentions = understood(reading, mentions, language=language)
        named = tuple(mention for mention in mentions if _known(mention))
        reach = self._scoping(reading, named, plain=self._lexicon.smallwords)
        reach = replace(reach, bearings=refused(reading, named, reach.bearings))
        points, count = pointed(reading, named), wanted(reading, named) or counted(reading)
        garnish = garnishes(reading, named, reach.bearings, points=points)
        draft = Draft()
        taken = [
            mention
            for mention, bearing in zip(named, reach.bearings, strict=True)
            if mention not in garnish and draft.add(mention, bearing, about=self._is_subject(reading, mention))
        ]
        for first, last in reach.unwanted if language == ENGLISH else ():
            start, end = reading.chars_of(first, last)
            keyword = " ".join(face_name(w.text) if w.picture else w.fold for w in reading.words[first:last])
            if keyword and keyword not in self._lexicon.smalltalk:
                draft.add(Mention(start, end, (Sense(Kind.KEYWORD, keyword, avoid=True),), "lexicon"), _PLAIN)
        spent = reach.spent | preamble(reading) | unspoken(reading, language=language)
        says = told(reading, named, reach.bearings, without=garnish)
        rest = rest_of(
            reading, self._lexicon, taken=(*taken, *garnish), spent=spent, points=points, count=count, told=says
        )
        frame = draft.frame(text=reading.text, rest=rest)
        return Parse(
            text=text,
            frame=frame,
            references=tuple(point.reference for point in points),
            spans=tuple(sorted((*draft.spans, *_spans(reading, points)), key=lambda span: (span.start, span.end))),
            number=count[0] if count else None,
            refines=refines(reading, frame, moved=draft.moved, brought=draft.brought),
            compares=_compared(taken),
            ambiguous=tuple(namesakes(reading, named, gazetteer)),
            assumed=_assumed(reading, taken),
            unheld=tuple(dict.fromkeys(sense.value for m in taken for sense in m.senses if sense.kind is Kind.UNHELD)),
            language=language,
            unknown=tuple(text[mention.start : mention.end] for mention in mentions if not _known(mention)),
        )

    def _candidates(self, reading: Reading, gazetteer: Gazetteer, *, this_year: int) -> Iterator[Mention]:
        names = [
            *title_mentions(reading, gazetteer, self._lexicon),
            *person_mentions(reading, gazetteer, self._lexicon),
        ]
        yield from names
        yield from certification_mentions(reading)
        yield from runtime_mentions(reading)
        yield from year_mentions(reading, this_year=this_year)
        yield from listed_mentions(reading, self._lexicon)
        tags = self._tagger.tags(reading)
        yield from guessed_mentions(reading, gazetteer, self._lexicon, tags=tags, names=names)

    def _is_subject(self, reading: Reading, mention: Mention) -> bool:
        first, _ = reading.words_in(mention.start, mention.end)
        return any(
            word.fold in {"about", "on", "theme", "themes", "regarding"}
            for word in reading.words[max(0, first - 2) : first]
        )


_RANGES = {Kind.YEAR: "year", Kind.RUNTIME: "runtime_min"}


def _compared(taken: list[Mention]) -> tuple[str, ...]:
    senses = (sense for mention in taken for sense in mention.senses if sense.compares)
    return tuple(dict.fromkeys(_RANGES[sense.kind] for sense in senses if sense.kind in _RANGES))


def _assumed(reading: Reading, taken: list[Mention]) -> tuple[Assumption, ...]:
    guesses = ((m, sense.low, sense.high) for m in taken for sense in m.senses if sense.guess)
    return tuple(Assumption(reading.text[m.start : m.end], (low, high)) for m, low, high in guesses)


def _known(mention: Mention) -> bool:
    return not (mention.has(Kind.FILM) and not mention.senses[0].value)


def _spans(reading: Reading, points: tuple[Pointed, ...]) -> Iterator[Span]:
    for point in points:
        if point.reference.kind != "film":
            value = point.reference.kind if point.reference.ordinal is None else str(point.reference.ordinal)
            yield Span(*reading.chars_of(point.first, point.last), "reference", value, "pointing")
