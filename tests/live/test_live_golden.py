"""The golden conversations, against the whole running stack."""

import io
from pathlib import Path

import pytest
from live_stack import Stack
from rich.console import Console

from bot.evaluation import Conversation, play, read_conversations
from bot.evaluation.cli import gateway_line
from bot.evaluation.report import print_outcomes

_FOLDER = Path(__file__).parents[1] / "conversations"
_CONVERSATIONS = read_conversations([_FOLDER])

pytestmark = pytest.mark.live


@pytest.mark.parametrize(
    ("path", "conversation"),
    _CONVERSATIONS.items(),
    ids=[str(path.relative_to(_FOLDER).with_suffix("")) for path in _CONVERSATIONS],
)
def test_conversation(stack: Stack, path: Path, conversation: Conversation) -> None:
    outcome = play(path, conversation, lambda persona: gateway_line(stack.url, persona))
    told = io.StringIO()
    print_outcomes([outcome], Console(file=told, width=160))
    assert outcome.passed, told.getvalue()
