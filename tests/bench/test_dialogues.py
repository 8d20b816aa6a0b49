"""Conversations as asks: what was said before the first film that was suggested and liked."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bot.bench.dialogues import Title, read_asks, read_queries
from bot.setup.environments import SetupError

SEEKER, HELPER = 1, 2


def dialogue(**changes: Any) -> dict[str, Any]:
    said = [
        (SEEKER, "Hi! I liked @10"),
        (HELPER, "What else?"),
        (SEEKER, "Something funny"),
        (HELPER, "Try @11 or @12"),
        (SEEKER, "Great, thanks"),
    ]
    whole = {
        "conversationId": "c1",
        "movieMentions": {"10": "Alien (1979)", "11": "Airplane! (1980)", "12": "Top Secret!", "13": None},
        "messages": [{"senderWorkerId": sender, "text": text} for sender, text in said],
        "initiatorWorkerId": SEEKER,
        "initiatorQuestions": {
            "10": {"suggested": 0, "seen": 1, "liked": 1},
            "11": {"suggested": 1, "seen": 0, "liked": 1},
            "12": {"suggested": 1, "seen": 1, "liked": 0},
        },
    }
    return whole | changes


def write(path: Path, *rows: Any) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["d.jsonl", "d.jsonl.gz"])
def test_an_ask_is_what_was_said_before_and_what_was_liked_then(tmp_path: Path, name: str) -> None:
    [ask] = read_asks(write(tmp_path / name, dialogue()))
    assert ask.text == "Hi! I liked Alien. Something funny"
    assert ask.named == (Title("Alien", 1979),)
    assert ask.liked_then == (Title("Airplane!", 1980),)


def test_conversations_without_a_liked_suggestion_are_no_asks(tmp_path: Path) -> None:
    assert list(read_asks(write(tmp_path / "d.jsonl", dialogue(initiatorQuestions=[])))) == []


def test_a_line_of_another_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"d\.jsonl:2"):
        list(read_asks(write(tmp_path / "d.jsonl", dialogue(), {"messages": 3})))


def test_a_half_remembered_plot_is_an_ask_for_its_film(tmp_path: Path) -> None:
    told = {"title": "[TOMT] a lighthouse", "text": "two keepers and a storm", "imdb_id": "tt1"}
    asked = {"query": "a bear in London", "imdb_ids": ["tt2", "tt3"]}
    first, second = read_queries(write(tmp_path / "q.jsonl", told, asked, {"query": "no answer known"}))
    assert first.text == "a lighthouse. two keepers and a storm"
    assert first.liked_then == (Title(imdb_id="tt1"),)
    assert second.liked_then == (Title(imdb_id="tt2"), Title(imdb_id="tt3"))
