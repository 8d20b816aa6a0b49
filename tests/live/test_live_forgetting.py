"""Who asks to be forgotten is: no file of the stack holds a word of theirs any more, and all of everybody else's."""

from pathlib import Path

import httpx
import pytest
from live_stack import Person, Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]


def holds(stack: Stack, word: str) -> list[str]:
    """The names of the files in the state folder that hold the word: databases, their logs, the processes' logs."""
    files = [path for path in stack.state.rglob("*") if path.is_file() and _is_written(path, stack.state)]
    return sorted(path.name for path in files if word.encode() in path.read_bytes())


def _is_written(path: Path, state: Path) -> bool:
    return path.relative_to(state).parts[0] not in {"index", "models"}


def test_a_person_who_says_forget_me(stack: Stack) -> None:
    with Person(stack, "matinee") as ann, Person(stack, "matinee") as bob:
        # Long texts fill pages of the database, so that some are freed and used again.
        for number in range(6):
            ann.say(f"something floccinaucical and warm, {'please ' * 60}{number}")
        bob.say("something absquatulating and warm")
        assert holds(stack, "floccinaucical")
        ann.say("forget me")
        assert ann.say("yes")["intent"]["name"] == "affirm"
        assert holds(stack, "floccinaucical") == []
        assert holds(stack, "absquatulating")
        assert ann.say("undo")["cards"] == []
        assert not any(ann.taste()[kind] for kind in ("liked", "disliked", "seen", "saved", "shown"))
        assert bob.say("undo")["intent"]["name"] == "undo"


def test_one_persona_forgets_and_the_other_does_not(stack: Stack) -> None:
    with Person(stack, "vibe") as here, Person(stack, "arthouse") as there:
        here.say("something taradiddling and warm")
        there.say("something collywobbling and warm")
        answer = httpx.delete(f"{stack.url}/v1/me", headers=here._headers(), timeout=10, trust_env=False)
        assert answer.status_code == 200, answer.text
        assert holds(stack, "taradiddling") == []
        assert holds(stack, "collywobbling")


def test_a_mind_that_was_changed_keeps_everything(stack: Stack) -> None:
    with Person(stack, "matinee") as person:
        person.say("something widdershins and warm")
        person.say("forget me")
        person.say("no")
        assert holds(stack, "widdershins")
