import re
from pathlib import Path

import pytest

from bot.evaluation.conversation import Conversation, Expect, Never, Press, Step
from bot.evaluation.films import CardWish
from bot.evaluation.values import Part
from bot.gateway.turn import ActionKind

README = Path(__file__).parents[1] / "conversations" / "README.md"


@pytest.mark.parametrize("part", [Conversation, Never, Step, Press, Expect, CardWish])
def test_every_field_of_the_format_is_in_its_readme(part: type[Part]) -> None:
    words = set(re.findall(r"[a-z_]+", README.read_text(encoding="utf-8")))
    assert set(part.model_fields) <= words


def test_every_button_is_in_the_readme() -> None:
    assert all(kind in README.read_text(encoding="utf-8") for kind in ActionKind)
