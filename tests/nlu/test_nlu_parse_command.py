"""`matinee parse`: the frame, what found it and which word did what, as a table and as JSON, from a line or many."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from nlu import Gazetteer, Parser
from nlu.why import doings, listed_in

MODEL = Path(__file__).parents[2] / ".matinee" / "models" / "nlu"
trained = pytest.mark.skipif(not MODEL.is_dir(), reason="the parser is not trained: `make train`")
TEXT = "like Blade Runner but less bleak, not animated, for my kid"


def run(*words: str, lines: str = "") -> str:
    done = CliRunner().invoke(app, ["parse", *words], input=lines, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.stdout


@trained
def test_a_message_is_shown_with_its_reasons() -> None:
    shown = run(TEXT)
    rows = {line.split("  ")[0].strip(): line for line in shown.splitlines() if line.strip()}
    for words, said in (
        ("Blade Runner", ("like", "title")),
        ("bleak", ("tone.sad", "vocabulary/", "“less”")),
        ("animated", ("avoids.genres", "vocabulary/genres.yaml", "“not”")),
        ("for my kid", ("certification_max", "lexicons/audiences.yaml")),
    ):
        assert any(all(each in line for each in said) for line in shown.splitlines() if words in line), (words, rows)


@trained
def test_each_line_is_one_object_of_json() -> None:
    first, second = map(json.loads, run("--json", lines=f"{TEXT}\nich suche einen Film 😂\n").splitlines())
    assert first["frame"]["avoids"]["genres"] == ["Animation"]
    doing = {one["words"]: one["bears_on"] for one in first["operators"]}
    assert doing["less"] == ["bleak"] and doing["not"] == ["animated"]
    assert (second["language"], second["spans"][0]["listed_in"]) == ("de", "lexicons/emoji.yaml")


def test_an_engine_that_is_not_there_is_said_so() -> None:
    done = CliRunner().invoke(app, ["parse", "x", "--url", "http://127.0.0.1:9"])
    assert done.exit_code == 1
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("text", "operator", "bears_on"),
    [
        ("no horror, gore or clowns", "no", ["horror", "gore", "clowns"]),
        ("something not scary", "not", ["scary"]),
        ("less sad and more romantic", "less", ["sad"]),
        ("more romantic", "more", ["romantic"]),
    ],
)
def test_what_an_operator_bears_on(
    parser: Parser, gazetteer: Gazetteer, text: str, operator: str, bears_on: list[str]
) -> None:
    parse = parser.parse(text, gazetteer)
    done = doings(parse, lambda line: parser.parse(line, gazetteer))
    said = {text[one.start : one.end]: [text[span.start : span.end] for span in one.bears_on] for one in done}
    assert list(dict.fromkeys(said[operator])) == bears_on


def test_where_words_are_listed(parser: Parser) -> None:
    parse = parser.parse("something cosy like a warm hug 🧛 from the 90s")
    listed = {parse.text[span.start : span.end]: listed_in(parse, span) for span in parse.spans}
    assert listed["cosy"] == "vocabulary/moods.yaml"
    assert listed["like a warm hug"] == "lexicons/sayings.yaml"
    assert listed["🧛"] == "lexicons/emoji.yaml"
