"""The utterances kept out of training have the form that a measurement needs, and are none of the training examples."""

import itertools
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.dialogue.environment as surroundings

PROJECT = Path(surroundings.__file__).parent
HELDOUT = Path(__file__).with_name("heldout.yml")
UTTERANCES_MIN = 450
OF_AN_INTENT_MIN = 14
OF_AN_INTENT_MIN_WHERE_MOST_IS_SAID = {"request": 50, "refine": 50}
#: Apostrophes, which join ("don't" is "dont"); all other punctuation divides.
JOINING = dict.fromkeys(map(ord, "'’‘`´"))


def normalised(text: str) -> str:
    """The letters, figures and emoji of a text, in one case, with single spaces.

    Punctuation is left out, and so is what only changes how an emoji looks. A text of nothing but punctuation stays.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(JOINING)
    kept = "".join(" " if unicodedata.category(char)[0] in "PZC" else char for char in folded)
    plain = re.sub("[\\ufe0e\\ufe0f\U0001f3fb-\U0001f3ff]", "", kept)
    return " ".join(plain.split()) or folded.strip()


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def heldout() -> dict[str, list[str]]:
    intents: dict[str, list[str]] = loaded(HELDOUT)["intents"]
    return intents


def trained() -> set[str]:
    """All training examples, normalised."""
    parts = itertools.chain.from_iterable(loaded(path)["nlu"] for path in sorted((PROJECT / "data/nlu").glob("*.yml")))
    lines = itertools.chain.from_iterable(part["examples"].splitlines() for part in parts if "intent" in part)
    return {normalised(line.removeprefix("- ")) for line in lines}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Don't!", "dont"),
        ("Good-bye ,  then", "good bye then"),
        ("👍🏽", "👍"),
        ("❤️ it", "❤ IT"),
    ],
)
def test_case_punctuation_and_looks_do_not_tell_two_texts_apart(text: str, other: str) -> None:
    assert normalised(text) == normalised(other)


@pytest.mark.parametrize(("text", "other"), [("😀", "😂"), ("?", "!"), ("the 1st", "the 2nd")])
def test_words_figures_and_emoji_do(text: str, other: str) -> None:
    assert normalised(text) != normalised(other)


def test_every_intent_is_held_out_and_no_other() -> None:
    assert set(heldout()) == set(loaded(PROJECT / "domain/intents.yml")["intents"])


def test_there_are_enough_utterances() -> None:
    counts = {intent: len(said) for intent, said in heldout().items()}
    least = dict.fromkeys(counts, OF_AN_INTENT_MIN) | OF_AN_INTENT_MIN_WHERE_MOST_IS_SAID
    assert {intent: count for intent, count in counts.items() if count < least[intent]} == {}
    assert sum(counts.values()) >= UTTERANCES_MIN


def test_utterances_are_plain_text_as_it_is_typed() -> None:
    lines = list(itertools.chain.from_iterable(heldout().values()))
    assert all(isinstance(line, str) and line for line in lines)
    assert [line for line in lines if line.startswith("/") or line != line.strip() or "\n" in line] == []


def test_no_utterance_is_given_twice() -> None:
    said = Counter(normalised(line) for lines in heldout().values() for line in lines)
    assert [line for line, count in said.items() if count > 1] == []


def test_the_head_has_a_rule_for_every_intent() -> None:
    head = HELDOUT.read_text(encoding="utf-8").partition("\nintents:")[0]
    assert [intent for intent in heldout() if not re.search(rf"^# {intent} {{2,}}\S", head, re.MULTILINE)] == []


def test_no_utterance_is_a_training_example() -> None:
    examples = trained()
    assert len(examples) > UTTERANCES_MIN
    both = {intent: [line for line in said if normalised(line) in examples] for intent, said in heldout().items()}
    assert {intent: lines for intent, lines in both.items() if lines} == {}
