"""The golden conversations, against the whole running stack."""

import io
from pathlib import Path

import pytest
import yaml
from live_stack import Stack
from rich.console import Console

from bot.evaluation import Conversation, play, read_conversations
from bot.evaluation.cli import gateway_line
from bot.evaluation.report import print_outcomes

_FOLDER = Path(__file__).parents[1] / "conversations"
_CONVERSATIONS = read_conversations([_FOLDER])
_KNOWN_FAULTS: dict[str, str] = yaml.safe_load((Path(__file__).parent / "known_faults.yaml").read_text("utf-8"))

pytestmark = pytest.mark.live


def _name(path: Path) -> str:
    return str(path.relative_to(_FOLDER).with_suffix(""))


def _case(path: Path, conversation: Conversation) -> object:
    fault = _KNOWN_FAULTS.get(_name(path))
    marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
    return pytest.param(path, conversation, id=_name(path), marks=marks)


def test_known_faults_name_conversations() -> None:
    assert set(_KNOWN_FAULTS) <= {_name(path) for path in _CONVERSATIONS}


@pytest.mark.parametrize(("path", "conversation"), [_case(*each) for each in _CONVERSATIONS.items()])
def test_conversation(stack: Stack, path: Path, conversation: Conversation) -> None:
    outcome = play(path, conversation, lambda persona: gateway_line(stack.url, persona))
    told = io.StringIO()
    print_outcomes([outcome], Console(file=told, width=160))
    assert outcome.passed, told.getvalue()
