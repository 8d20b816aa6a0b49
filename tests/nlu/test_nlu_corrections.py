"""The dialogues of `corrections.yaml`: messages one after the other, and what stands after the last of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Frame, Gazetteer, Parser
from nlu.standing import refine
from tests.nlu.test_nlu_cases import frame_of

DIALOGUES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("corrections.yaml").read_text(encoding="utf-8")
)


def test_there_are_enough_dialogues() -> None:
    assert len(DIALOGUES) >= 40


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: " / ".join(dialogue["say"]))
def test_dialogue(parser: Parser, gazetteer: Gazetteer, dialogue: dict[str, Any]) -> None:
    standing = Frame()
    for text in dialogue["say"]:
        standing = refine(standing, parser.parse(text, gazetteer).frame)
    assert replace(standing, rest="") == frame_of(dialogue["stands"])
