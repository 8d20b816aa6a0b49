"""Other languages are told by script and by their words; titles, names and mixed messages stay English."""

from pathlib import Path

import pytest
import yaml

from nlu import Gazetteer, Parser
from nlu.files import lexicon_file
from nlu.language import language_of
from nlu.lexicon import lexicon
from nlu.words import read
from persona_configs.phrases import in_language

CASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8"))
EACH = [pytest.param(text, code, id=f"{code}: {text}") for code, texts in CASES.items() for text in texts]


@pytest.mark.parametrize(("text", "code"), EACH)
def test_language(text: str, code: str) -> None:
    assert language_of(read(text, known=lexicon().known), (), lexicon()) == code


def test_every_language_that_is_told_has_a_kind_word() -> None:
    for code in {*CASES, *lexicon_file("languages")} - {"en"}:
        assert in_language(code), code


def test_a_foreign_title_of_the_catalogue_is_a_title(parser: Parser) -> None:
    names = Gazetteer.of(titles=[("ich", "Ich bin dein Mensch", (), 2021), ("chihiro", "千と千尋の神隠し", (), 2001)])
    assert parser.parse("Ich bin dein Mensch", names).language == "en"
    assert parser.parse("千と千尋の神隠し", names).language == "en"


def test_what_is_understood_of_a_foreign_message_counts(parser: Parser, gazetteer: Gazetteer) -> None:
    parse = parser.parse("ich suche einen film mit Tom Hanks 😂", gazetteer)
    assert parse.language == "de"
    assert parse.frame.wants.people == ("Tom Hanks",)
    assert parse.frame.wants.moods == ("hilarious",)


def test_foreign_words_are_no_english_ones(parser: Parser) -> None:
    parse = parser.parse("ich suche einen film, das war so gut, die musik und der krieg")
    assert parse.language == "de"
    assert not parse.frame.wants.genres and not parse.frame.wants.keywords and not parse.frame.rest
