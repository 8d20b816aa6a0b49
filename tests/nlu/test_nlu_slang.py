"""Everyday slang, and English as it is spoken in Britain, Ireland, Australia and India."""

from pathlib import Path

from bot.bench.asked import misses, read_asked
from nlu import Parser
from tests.floors import floor

ASKED = read_asked(Path(__file__).with_name("slang.yaml"))


def test_slang_is_understood(parser: Parser) -> None:
    wrong = {asked.text: missed for asked in ASKED if (missed := misses(asked, parser.parse(asked.text).frame))}
    assert 1 - len(wrong) / len(ASKED) >= floor("slang", "understood_least"), wrong
