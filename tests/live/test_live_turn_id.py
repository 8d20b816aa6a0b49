"""One turn leaves its id in the log of every process, and what was said in none."""

import re
import signal
import time
from collections.abc import Callable

import pytest
from live_stack import RECOVERY_S, Person, Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]
PROCESSES = ("gateway", "dialogue", "actions", "engine")
#: A word that nobody else says, so that a log which holds it holds the message.
PRIVATE = "quizzaciously"
#: The supervisor writes what a process has printed soon after.
WRITTEN_WITHIN_S = 5.0


def lines_of(stack: Stack, process: str, turn_id: str) -> list[str]:
    """The lines of a process's log that name the turn."""
    log = (stack.state / "logs" / f"{process}.log").read_text(encoding="utf-8")
    return [line for line in log.splitlines() if turn_id in line]


def until(found: Callable[[], bool]) -> bool:
    give_up_at_s = time.monotonic() + WRITTEN_WITHIN_S
    while not found():
        if time.monotonic() > give_up_at_s:
            return False
        time.sleep(0.05)
    return True


def told(stack: Stack, process: str, turn_id: str, *parts: str) -> bool:
    """Whether one line of the process's log names the turn and holds all parts."""
    return until(lambda: any(all(part in line for part in parts) for line in lines_of(stack, process, turn_id)))


def test_a_turn_is_found_in_all_four_logs(stack: Stack) -> None:
    with Person(stack, "matinee") as person:
        answer = person.post({"text": f"a {PRIVATE} heartwarming comedy"})
    turn_id = answer.headers["matinee-turn"]
    assert answer.json()["cards"]
    for process in PROCESSES:
        assert told(stack, process, turn_id, f"stage={process}", "persona=matinee", "ms=", "outcome="), process
    # The parse comes from the dialogue server, the picks from the actions, the cards from the gateway.
    assert all(told(stack, "engine", turn_id, f"call={call}") for call in ("parse", "picks", "cards"))
    assert told(stack, "gateway", turn_id, "outcome=films")


def test_words_that_no_action_writes_are_followed_too(stack: Stack) -> None:
    with Person(stack, "lantern") as person:
        turn_id = person.post({"text": "thank you"}).headers["matinee-turn"]
    assert told(stack, "engine", turn_id, "call=nlg", "persona=lantern")


def test_the_id_of_an_apology_is_the_turns(stack: Stack) -> None:
    with Person(stack, "matinee") as person:
        person.say("hello")
        stack.processes()["actions"].send_signal(signal.SIGKILL)
        answer = person.post({"text": f"a {PRIVATE} western"})
        turn_id = answer.headers["matinee-turn"]
        turn = answer.json()
    stack.wait_until_answering(timeout_s=RECOVERY_S)
    assert turn["intent"]["name"] == "fault"
    assert re.findall(r"\b[0-9a-f]{16}\b", " ".join(turn["replies"])) == [turn_id]
    assert told(stack, "gateway", turn_id, "stage=gateway", "outcome=fault")
    assert told(stack, "dialogue", turn_id, "stage=dialogue", "outcome=silent")


def test_no_log_holds_what_was_said(stack: Stack) -> None:
    with Person(stack, "matinee") as person:
        turn_id = person.post({"text": f"something {PRIVATE} for tonight"}).headers["matinee-turn"]
        assert told(stack, "gateway", turn_id, "outcome=")
    logs = {path.name: path.read_text(encoding="utf-8") for path in (stack.state / "logs").glob("*.log")}
    assert {f"{process}.log" for process in PROCESSES} <= set(logs)
    assert [name for name, log in logs.items() if PRIVATE in log] == []
