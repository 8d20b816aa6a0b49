"""The parser keeps its time, on what people say in the golden conversations."""

from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
import yaml

from engine.catalogues import gazetteer_of
from index import gather
from index.sources.starter import JsonLinesFolder
from nlu import Parser
from tests.floors import floor

ROOT = Path(__file__).parents[2]
MODEL = ROOT / ".matinee" / "models" / "nlu"
CONVERSATIONS = sorted((ROOT / "tests" / "conversations").glob("*/*.yaml"))


@pytest.mark.skipif(not MODEL.is_dir(), reason="the parser is not trained: `make train`")
def test_the_median_message_is_read_in_time() -> None:
    parser, names = Parser.load(MODEL), gazetteer_of(tuple(gather([JsonLinesFolder()])))
    turns = [turn for path in CONVERSATIONS for turn in yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]]
    said = [turn["say"] for turn in turns if isinstance(turn.get("say"), str)]
    assert len(said) > 100
    took_ms = []
    for text in [*said[:10], *said]:  # the first ones warm the caches
        started = perf_counter()
        parser.parse(text, names)
        took_ms.append((perf_counter() - started) * 1000)
    assert median(took_ms[10:]) <= floor("nlu", "parse_p50_ms_most")
