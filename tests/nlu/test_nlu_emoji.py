"""Emoji: those people use are known, in rows and refusals too, and far better than their names read as words."""

from pathlib import Path

import emoji
import pytest

from bot.bench.asked import labels, misses, read_asked
from bot.bench.emoji import ALL, measure
from nlu import Parser
from nlu.files import lexicon_file
from nlu.lexicon import lexicon
from nlu.words import fold, read
from tests.floors import floor

ASKED = read_asked(Path(__file__).with_name("emoji.yaml"))


def test_most_requests_in_emoji_are_understood(parser: Parser) -> None:
    figures = measure(ASKED, parser)
    ours, peer = (
        next(row["understood"] for row in figures.rows if row["model"] == model and row["kind"] == ALL)
        for model in ("matinee", "names as words")
    )
    wrong = {asked.text: missed for asked in ASKED if (missed := misses(asked, parser.parse(asked.text).frame))}
    assert ours >= floor("emoji", "understood_least"), wrong
    assert ours > 2 * peer


def test_at_least_600_base_emoji_are_known() -> None:
    base = {
        fold(face)
        for face, data in emoji.EMOJI_DATA.items()
        if data["status"] == emoji.STATUS["fully_qualified"] and "\u200d" not in face and len(read(face).words) == 1
    }
    flags = {face for face in base if "\U0001f1e6" <= face[0] <= "\U0001f1ff"}
    assert sum((face,) in lexicon().terms for face in base - flags) >= 600
    assert sum((face,) in lexicon().terms for face in flags) >= 250


def test_a_row_means_the_same_turned_round(parser: Parser) -> None:
    for row in lexicon_file("emoji")["rows"]:
        one, other = row.split()
        assert set(labels(parser.parse(one + other).frame)) == set(labels(parser.parse(other + one).frame)), row


@pytest.mark.parametrize(
    "plain, drawn", [("👍", "👍🏿"), ("🧑‍🚀", "👩🏽‍🚀"), ("🧛", "🧛🏻‍♂️"), ("🏃", "🏃🏾‍♀️‍➡️"), ("❤", "❤️")]
)
def test_looks_do_not_change_the_meaning(plain: str, drawn: str) -> None:
    assert fold(plain) == fold(drawn)


@pytest.mark.parametrize("family", ["👩‍❤️‍👩", "👨‍👩‍👧", "👩‍🍼", "👨‍👦", "👩‍🤝‍👨"])
def test_couples_and_families_keep_who_they_are(family: str) -> None:
    assert "\U0001f9d1" not in fold(family)
