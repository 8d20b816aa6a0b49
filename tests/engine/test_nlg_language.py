"""Who greets or asks in another language is answered in it, with a way on in English."""

from pathlib import Path

import pytest

from engine.nlg import answer
from persona_configs import load_personas
from persona_configs.phrases import in_language

PERSONAS = Path(__file__).parents[2] / "persona_configs"


def body(response: str, language: str) -> dict[str, object]:
    parse = {"entity": "parse", "value": {"frame": {}, "language": language}}
    message = {"metadata": {"persona": "matinee", "turn_id": "t1"}, "entities": [{"entity": "movie_id"}, parse]}
    return {"response": response, "tracker": {"sender_id": "matinee:ada", "latest_message": message}}


@pytest.mark.parametrize("response", ["utter_greet", "utter_out_of_scope", "utter_help", "utter_bot_challenge"])
def test_a_foreign_message_is_answered_in_its_language(response: str) -> None:
    payload = answer(body(response, "hi"), load_personas(PERSONAS))["custom"]
    assert payload["replies"][0].startswith(in_language("hi"))
    assert payload["quick_replies"]


@pytest.mark.parametrize(("response", "language"), [("utter_greet", "en"), ("utter_thank", "fr")])
def test_others_are_answered_as_ever(response: str, language: str) -> None:
    payload = answer(body(response, language), load_personas(PERSONAS))["custom"]
    assert not payload["replies"][0].startswith(in_language("fr"))
