"""Odd input: no fault inside, every span within the text, nothing slow; measured as the thread's processor time, so
that a busy machine does not fail it."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bench.parsing import nasty, odd_inputs, search
from nlu import Gazetteer, Parser

NASTY = nasty()
#: The longest that any message of up to 4,500 characters may take, milliseconds of processor time.
SLOWEST_MS = 200.0
relaxed = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY), max_size=5).map(" ".join),
    st.lists(st.sampled_from(NASTY), max_size=5).map("".join),
    st.text(max_size=200),
)


def test_the_corpus_is_large_and_each_line_its_own() -> None:
    assert len(NASTY) == len(set(NASTY)) >= 240
    assert {unicodedata.category(letter) for text in NASTY for letter in text} >= {"Cc", "Cf", "Mn", "Lo", "So", "Sm"}


def test_two_thousand_odd_inputs(parser: Parser, gazetteer: Gazetteer) -> None:
    found = search(parser, gazetteer, odd_inputs(NASTY, count=2000))
    assert found.read == 2000
    assert not found.failed and not found.unsound
    assert found.slowest_ms < SLOWEST_MS, found.slowest[:100]


@relaxed
@given(text=TEXTS)
def test_any_odd_text_is_read_without_a_fault(parser: Parser, gazetteer: Gazetteer, text: str) -> None:
    found = search(parser, gazetteer, iter([text]))
    assert not found.failed and not found.unsound


def test_a_fault_inside_is_seen(gazetteer: Gazetteer) -> None:
    broken = Parser(tagger=None)  # type: ignore[arg-type]
    assert search(broken, gazetteer, iter(["something funny"])).failed == ("something funny",)


@pytest.mark.parametrize(
    "unit", ["no 👻 ", "🚫👻", "ich suche ", "a'", "1990-", "«", "not only ", "like X but ", "T_T"]
)
def test_long_messages_take_no_more_than_their_length(parser: Parser, gazetteer: Gazetteer, unit: str) -> None:
    found = search(parser, gazetteer, iter([(unit * 4500)[:4500]]))
    assert found.slowest_ms < SLOWEST_MS
