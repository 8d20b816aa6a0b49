"""The utterances of `cases.yaml`, each against its frame."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import Frame, Gazetteer, Parser
from nlu.frame import Parse, Role, Shift, Sort, Wishes
from tests.floors import floor

CASES: dict[str, dict[str, Any]] = {
    heading: rows
    for name in ("cases.yaml", "frame_cases.yaml")
    for heading, rows in yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")).items()
}
EACH = [
    pytest.param(str(text), expected, id=f"{phenomenon}: {text}")
    for phenomenon, rows in CASES.items()
    for text, expected in rows.items()
]


def frame_of(expected: dict[str, Any]) -> Frame:
    return Frame(
        wants=Wishes(**{name: tuple(words) for name, words in expected.get("wants", {}).items()}),
        avoids=Wishes(**{name: tuple(words) for name, words in expected.get("avoids", {}).items()}),
        like=tuple(map(str, expected.get("like", ()))),
        unlike=tuple(expected.get("unlike", ())),
        year=tuple(expected.get("year", (None, None))),
        runtime_min=tuple(expected.get("runtime", (None, None))),
        certification_max=expected.get("certification"),
        tone={axis: Shift(1 if moved > 0 else -1, abs(moved)) for axis, moved in expected.get("tone", {}).items()},
        not_years=tuple(tuple(years) for years in expected.get("not_years", ())),
        roles={name: Role(role) for name, role in expected.get("roles", {}).items()},
        sort=Sort(expected["sort"]) if "sort" in expected else None,
        drops=tuple(expected.get("drops", ())),
    )


def points_of(parse: Parse) -> list[object]:
    return [
        reference.movie_id
        if reference.kind == "film"
        else reference.kind
        if reference.ordinal is None
        else reference.ordinal
        for reference in parse.references
    ]


def _without_guesses(parse: Parse) -> Wishes:
    """What is wanted without the phrases that the trained component alone found: which ones moves with its training,
    so that they are counted over all cases instead of held in each."""
    guessed = {span.value for span in parse.spans if span.by == "ner" and span.slot == "wants.keywords"}
    kept = tuple(word for word in parse.frame.wants.keywords if word not in guessed)
    return replace(parse.frame.wants, keywords=kept)


def test_there_are_enough_cases_and_each_is_its_own() -> None:
    assert len(EACH) >= 150


def test_few_cases_get_a_phrase_that_is_none(parser: Parser, gazetteer: Gazetteer) -> None:
    texts = [
        str(text)
        for rows in CASES.values()
        for text, expected in rows.items()
        if not expected.get("wants", {}).get("keywords")
    ]
    stray = [text for text in texts if (parse := parser.parse(text, gazetteer)).frame.wants != _without_guesses(parse)]
    assert len(stray) / len(texts) <= floor("tagger", "stray_phrases_most"), stray


@pytest.mark.parametrize(("text", "expected"), EACH)
def test_case(parser: Parser, gazetteer: Gazetteer, text: str, expected: dict[str, Any]) -> None:
    parse = parser.parse(text, gazetteer)
    wanted = frame_of(expected)
    frame = parse.frame if wanted.wants.keywords else replace(parse.frame, wants=_without_guesses(parse))
    assert replace(frame, rest="") == wanted
    if "rest" in expected and frame == parse.frame:  # a stray phrase took its words out of the rest
        assert parse.frame.rest == expected["rest"]
    if "refines" in expected:
        assert parse.refines is expected["refines"]
    if "points" in expected:
        assert points_of(parse) == expected["points"]
    if "number" in expected:
        assert parse.number == expected["number"]
    if "assumed" in expected:
        assert [[one.said, *one.years] for one in parse.assumed] == expected["assumed"]
    if "unheld" in expected:
        assert list(parse.unheld) == expected["unheld"]
    if "unknown" in expected:
        assert list(parse.unknown) == expected["unknown"]
