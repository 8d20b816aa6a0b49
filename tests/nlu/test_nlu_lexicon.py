"""The lexicons: they load, they mean something, and a wrong one says what is wrong."""

from io import StringIO

import emoji
import pytest
from rich.console import Console

from nlu import Gazetteer, Parser
from nlu.decide import PRIORITY, decide
from nlu.files import lexicon_file
from nlu.lexicon import comparatives, lexicon
from nlu.numbers import number
from nlu.sense import Kind, LexiconError, Mention, Sense, sense_of
from nlu.show import shown
from nlu.words import read
from persona_configs.vocabulary import axes, genres, moods, themes


def test_every_word_of_the_closed_vocabularies_is_understood() -> None:
    terms = lexicon().terms
    spoken = [(Kind.MOOD, term) for term in moods().values()] + [(Kind.THEME, term) for term in themes().values()]
    for kind, term in (*spoken, *((Kind.GENRE, term) for term in genres().values())):
        for phrase in term.spoken:
            assert any((sense.kind, sense.value) == (kind, term.name) for sense in terms.of(phrase)), phrase
    for axis in axes().values():
        for word in (*axis.more, *axis.less):
            assert any(sense.value == axis.name for sense in terms.of(word)), word


def test_at_least_150_emoji_each_a_single_one() -> None:
    faces = {face for faces in lexicon_file("emoji")["senses"].values() for face in faces.split()}
    pictures = [face for face in faces if emoji.is_emoji(face)]
    assert len(pictures) >= 150
    assert all(len(read(face).words) == 1 for face in faces)


@pytest.mark.parametrize(
    "written", ["moods:scary", "mood:scarey", "tone:funny", "tone:fun+", "genre:", "certification:X", "x"]
)
def test_a_sense_that_means_nothing_is_refused(written: str) -> None:
    with pytest.raises(LexiconError):
        sense_of(written)


def test_a_written_sense() -> None:
    assert sense_of("not theme:sexuality") == Sense(Kind.THEME, "sexuality", avoid=True)
    assert sense_of("tone:violent-") == Sense(Kind.TONE, "violent", -1)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("sad", "sadder"), ("cosy", "cosier"), ("bleak", "bleaker"), ("bright", "brighter"), ("strange", None)],
)
def test_comparatives(word: str, expected: str | None) -> None:
    assert comparatives(word) == ((expected,) if expected else ())


@pytest.mark.parametrize(
    ("written", "value"),
    [("2.5", 2.5), ("ninety-five", 95), ("a", 1), ("a hundred", 100), ("twelve", 12), ("zorg", None)],
)
def test_numbers(written: str, value: float | None) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    ("text", "folds"),
    [
        ("Amélie's Café", ["amelies", "cafe"]),
        ("goooood soooo", ["good", "so"]),
        ("sci-fi & PG-13", ["sci", "fi", "and", "pg", "13"]),
        ("👍🏽👍", ["👍", "👍"]),
        ("😂😂😂 😂", ["😂", "😂"]),
        ("a<script>alert(1)</script>b", ["a", "b"]),
    ],
)
def test_words(text: str, folds: list[str]) -> None:
    assert [word.fold for word in read(text, known=lexicon().known).words] == folds


def test_the_longest_wins_then_the_priority() -> None:
    def mention(start: int, end: int, by: str) -> Mention:
        return Mention(start, end, (Sense(Kind.MOOD, by),), by)

    long, title, listed, guess = (
        mention(0, 10, "lexicon"),
        mention(12, 20, "title"),
        mention(12, 20, "lexicon"),
        mention(0, 30, "ner"),
    )
    assert decide([guess, listed, mention(0, 5, "title"), title, long]) == (long, title)
    assert len(PRIORITY) == len(set(PRIORITY))


def test_a_parse_can_be_shown(parser: Parser, gazetteer: Gazetteer) -> None:
    console = Console(width=100, record=True, file=StringIO())
    console.print(
        shown(parser.parse("like Blade Runner but less bleak, [b]not[/b] animated, the second one", gazetteer))
    )
    text = console.export_text()
    for said in ("blade-runner", "tone.sad", "less (0.5)", "avoids.genres", "Animation", "#1"):
        assert said in text
