"""The page for operators names the figures that there are, and no others."""

import re

import pytest
from pages import ROOT
from prometheus_client import generate_latest

from actions.metrics import ActionMetrics
from bot.gateway.metrics import Channel, GatewayMetrics, Outcome
from engine.metrics import EngineMetrics

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
_NAME = re.compile(r"\bmatinee_[a-z_]+\b")
_PART_OF_A_HISTOGRAM = re.compile(r"_(bucket|count|sum)$")


def _there_are() -> set[str]:
    engine = EngineMetrics()
    engine.show(dict)
    exposed = b"".join(generate_latest(one.registry) for one in (engine, GatewayMetrics(), ActionMetrics())).decode()
    return {name for name in re.findall(r"^# TYPE (matinee_\S+)", exposed, re.MULTILINE) if "_created" not in name}


def test_every_figure_is_described_once_and_no_other_is_named() -> None:
    named = {_PART_OF_A_HISTOGRAM.sub("", name) for name in _NAME.findall(PAGE)}
    assert named == _there_are()
    described = re.findall(r"^\| `(matinee_\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(described) == sorted(_there_are())


@pytest.mark.parametrize("word", [*Channel, *Outcome])
def test_every_word_of_a_label_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE
