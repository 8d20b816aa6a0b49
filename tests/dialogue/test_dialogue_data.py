"""The Rasa project holds together: data, rules, domain, actions and the personas' phrases name the same things."""

import itertools
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.dialogue.environment as surroundings
from actions.registry import all_actions
from actions.start_over import NOTHING
from engine.client import EngineClient
from engine.wire import Kind
from persona_configs.phrases import Phrase

PROJECT = Path(surroundings.__file__).parent
INTENTS = """
greet goodbye thank help bot_challenge request refine more_like reject seen like dislike details explain save
show_saved surprise undo restart show_taste forget_me affirm deny out_of_scope
""".split()  # noqa: SIM905 - words are read as words
EXAMPLES_MIN = 40
EXAMPLES_MIN_OF = {"request": 80, "refine": 80}
EMOJI = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2764]")


def parts(folder: str, key: str) -> list[Any]:
    """All items under `key` in the YAML files of one folder."""
    found = (
        yaml.safe_load(path.read_text(encoding="utf-8")).get(key) for path in sorted((PROJECT / folder).glob("*.yml"))
    )
    return list(itertools.chain.from_iterable(items or () for items in found))


def examples() -> dict[str, list[str]]:
    lines = {part["intent"]: part["examples"].splitlines() for part in parts("data/nlu", "nlu") if "intent" in part}
    return {intent: [line.removeprefix("- ") for line in said] for intent, said in lines.items()}


def rules() -> dict[str, str]:
    """The action by intent."""
    steps = [rule["steps"] for rule in parts("data/rules", "rules")]
    assert all(len(step) == 2 for step in steps)
    return {first["intent"]: second["action"] for first, second in steps}


def registered() -> set[str]:
    return {action.name() for action in all_actions(EngineClient("http://127.0.0.1:9"))}


def test_every_intent_that_is_promised_is_there() -> None:
    assert set(INTENTS) <= set(parts("domain", "intents"))


def test_every_intent_has_enough_examples() -> None:
    counts = {intent: len(said) for intent, said in examples().items()}
    assert set(counts) == set(parts("domain", "intents"))
    few = {intent: count for intent, count in counts.items() if count < EXAMPLES_MIN_OF.get(intent, EXAMPLES_MIN)}
    assert few == {}


def test_no_example_is_given_twice() -> None:
    said = Counter(line.casefold() for lines in examples().values() for line in lines)
    assert [line for line, count in said.items() if count > 1] == []


def test_examples_are_plain_text() -> None:
    lines = list(itertools.chain.from_iterable(examples().values()))
    assert [
        line for line in lines if re.search(r"\]\(|\]\{", line) or line.startswith("/") or line != line.strip()
    ] == []


def test_emoji_alone_are_requests_among_the_examples() -> None:
    assert sum(not re.search(r"\w", line) and bool(EMOJI.search(line)) for line in examples()["request"]) >= 20


def test_every_intent_has_one_rule() -> None:
    named = [rule["steps"][0]["intent"] for rule in parts("data/rules", "rules")]
    assert Counter(named) == Counter([*parts("domain", "intents"), "nlu_fallback"])


def test_every_action_of_a_rule_exists() -> None:
    custom = {action for action in rules().values() if action.startswith("action_")}
    uttered = {action for action in rules().values() if action.startswith("utter_")}
    assert custom | uttered == set(rules().values())
    assert custom == registered() == set(parts("domain", "actions"))
    assert uttered == set(itertools.chain.from_iterable(parts_of_responses()))


def parts_of_responses() -> list[dict[str, Any]]:
    return [yaml.safe_load((PROJECT / "domain/responses.yml").read_text(encoding="utf-8"))["responses"]]


def test_a_phrase_exists_for_every_utterance() -> None:
    (responses,) = parts_of_responses()
    for name, (variant,) in responses.items():
        assert Phrase(name.removeprefix("utter_")) == variant["text"]


def test_every_button_is_an_intent() -> None:
    # Taking a mark back is told to the engine alone.
    told_aside = {Kind.REJECT, Kind.UNLIKE, Kind.UNDISLIKE, Kind.UNSEEN}
    buttons = {*Kind, "more_like", "explain", "details"} - told_aside
    assert buttons <= set(parts("domain", "intents"))


def test_slots_are_those_that_the_actions_write_and_none_steers_the_dialogue() -> None:
    slots = yaml.safe_load((PROJECT / "domain/slots.yml").read_text(encoding="utf-8"))["slots"]
    assert set(slots) == set(NOTHING)
    assert {(slot["type"], slot["influence_conversation"]) for slot in slots.values()} == {("any", False)}
    entities = parts("domain", "entities")
    assert {next(iter(entity)) for entity in entities} == {"parse", "movie_id"}
    assert all(features["influence_conversation"] is False for entity in entities for features in entity.values())


def test_whatever_the_endpoints_refer_to_has_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"MATINEE_ENGINE_URL": "http://engine:8701"})
    surroundings.serving_defaults(state_dir=tmp_path / "state")
    text = (PROJECT / "endpoints.yml").read_text(encoding="utf-8")
    names = set(re.findall(r"\$\{(MATINEE_\w+)\}", text))
    assert len(names) >= 6
    assert names <= set(os.environ)
    assert os.environ["MATINEE_ENGINE_URL"] == "http://engine:8701"
    assert os.environ["MATINEE_TRACKER_DB"] == str(tmp_path / "state" / "tracker.db")


def test_only_the_rest_channel_is_open() -> None:
    assert yaml.safe_load((PROJECT / "credentials.yml").read_text(encoding="utf-8")) == {
        "gateway_channel.GatewayChannel": None
    }
