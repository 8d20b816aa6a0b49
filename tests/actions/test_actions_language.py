"""A message in another language gets a kind word in it, unless enough of it was understood to serve it."""

import pytest
from actions_stage import Stage, tracker_of

from persona_configs.phrases import in_language


def said(language: str, frame: dict[str, object], **more: object) -> dict[str, object]:
    return {"text": "", "frame": frame, "language": language, **more}


@pytest.mark.parametrize("action", ["action_fallback", "action_recommend", "action_affirm", "action_save"])
async def test_nothing_understood_says_which_language_we_speak(stage: Stage, action: str) -> None:
    parse = said("de", {})
    payloads, slots = await stage.play(action, tracker_of("ich suche einen lustigen film", parse=parse))
    (asked,) = stage.peer.asked("say")
    assert (asked.phrase, asked.values) == ("other_language", {"greeting": in_language("de")})
    assert len(payloads) == 1 and not slots


async def test_what_is_understood_is_served(stage: Stage) -> None:
    parse = said("es", {"wants": {"moods": ["hilarious"]}})
    payloads, _slots = await stage.play("action_fallback", tracker_of("quiero algo 😂", parse=parse))
    assert payloads[0]["picks"]
    assert not stage.peer.asked("say")
