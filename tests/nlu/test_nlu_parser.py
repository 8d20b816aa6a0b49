"""What holds for any text at all: no fault, sound spans, the same answer from every thread, in time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from statistics import median, quantiles
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nlu_words import WORDS

from nlu import Gazetteer, Parse, Parser
from nlu.words import READ_MAX_CHARS

#: The promise is 8 and 20 ms on an idle machine; this floor only catches a parser that has become another kind of slow.
P50_FLOOR_MS, P95_FLOOR_MS, LONGEST_FLOOR_MS = 40.0, 100.0, 3000.0
ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.text(alphabet="🫣💔🤣👨‍👩‍👧🏽️ <>&'\"-/.,!?0123456789aA\u0301\u200d\x00\n", max_size=120),
)
relaxed = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sound(parse: Parse) -> bool:
    return all(0 <= span.start < span.end <= len(parse.text) for span in parse.spans)


@relaxed
@given(text=ANY_TEXT)
def test_any_text_parses_with_sound_spans(parser: Parser, gazetteer: Gazetteer, text: str) -> None:
    parse = parser._parse(text, gazetteer, this_year=2026)
    assert parse.text == text
    assert sound(parse)
    for name in ("moods", "themes", "genres", "visual", "people"):
        assert not set(getattr(parse.frame.wants, name)) & set(getattr(parse.frame.avoids, name))
    assert not set(parse.frame.like) & set(parse.frame.unlike)


@relaxed
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=10))
def test_spaces_and_case_do_not_change_plain_wishes(parser: Parser, words: list[str]) -> None:
    text = " ".join(words)
    assert parser.parse(f"  {text}  ").frame == parser.parse(text).frame


@pytest.mark.parametrize("word", ["horror", "animated", "zombies", "romantic", "black and white", "musicals"])
def test_negation_flips(parser: Parser, word: str) -> None:
    wanted, refused = parser.parse(f"something {word}").frame, parser.parse(f"no {word}").frame
    for name in ("moods", "themes", "genres", "visual"):
        assert set(getattr(wanted.wants, name)) <= set(getattr(refused.avoids, name))
        assert not getattr(refused.wants, name)


def test_a_fault_inside_leaves_an_empty_frame(parser: Parser) -> None:
    broken = Parser(tagger=None)  # type: ignore[arg-type]
    parse = broken.parse("something funny")
    assert replace(parse, latency_ms=0.0) == Parse(text="something funny")


def test_text_past_the_limit_is_not_read(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "x " * (READ_MAX_CHARS // 2) + "zombies"
    parse = parser.parse(text, gazetteer)
    assert parse.text == text
    assert not parse.frame.wants.themes


def test_spans_point_at_the_words_as_written(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "<i>NOT</i> Animated… films by Agnès Varda 🤣"
    parse = parser.parse(text, gazetteer)
    said = {span.slot: text[span.start : span.end] for span in parse.spans}
    assert said == {"avoids.genres": "Animated", "wants.people": "Agnès Varda", "wants.moods": "🤣"}
    assert {span.by for span in parse.spans} == {"lexicon", "people", "emoji"}


def test_the_clock_is_an_argument(parser: Parser) -> None:
    assert parser.parse("last year", today=date(2000, 1, 1)).frame.year == (1999, 1999)


def test_threads_agree(parser: Parser, gazetteer: Gazetteer) -> None:
    texts = [f"{word} films with Tom Hanks but not {other}" for word in WORDS[:12] for other in WORDS[12:20]]
    alone = [parser.parse(text, gazetteer).frame for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: parser.parse(text, gazetteer).frame, texts))
    assert together == alone


def test_normal_messages_are_quick(parser: Parser, gazetteer: Gazetteer) -> None:
    texts = [
        f"something {a} and {b} like Blade Runner, but not {c}"
        for a, b, c in zip(WORDS, WORDS[1:], WORDS[2:], strict=False)
    ]
    took_ms = [parser.parse(text, gazetteer).latency_ms for text in texts * 3]
    assert median(took_ms) < P50_FLOOR_MS
    assert quantiles(took_ms, n=20)[-1] < P95_FLOOR_MS


@pytest.mark.parametrize(
    "unit", ["no ", "like ", "Aa ", "<b ", "1990-", "🤣", "🤣💔", "a", "((((", "not too very ", "\u0301", "&"]
)
def test_the_longest_messages_are_bounded(parser: Parser, gazetteer: Gazetteer, unit: str) -> None:
    text = (unit * READ_MAX_CHARS)[:READ_MAX_CHARS]
    started = perf_counter()
    parser.parse(text, gazetteer)
    assert (perf_counter() - started) * 1000 < LONGEST_FLOOR_MS


def test_ranges_meant_against_what_was_shown_are_named(parser: Parser) -> None:
    assert parser.parse("older").compares == ("year",)
    assert parser.parse("shorter please").compares == ("runtime_min",)
    assert parser.parse("before 1970, under two hours").compares == ()
