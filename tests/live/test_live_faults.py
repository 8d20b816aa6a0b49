"""A process dies while somebody waits for it: they get words and a way on, and nothing they told us is lost."""

import signal
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psutil
import pytest
from live_stack import RECOVERY_S, Person, Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]
#: A stopped process takes a call and does not answer it, so the turn is under way after this and cannot have ended.
_UNDER_WAY_S = 0.7


@pytest.mark.parametrize("name", ["engine", "actions", "dialogue"])
def test_killed_in_mid_turn(stack: Stack, name: str) -> None:
    with Person(stack, "matinee") as person, ThreadPoolExecutor(1) as aside:
        shown = person.say("a feel-good comedy")["cards"]
        liked, saved = shown[0]["movie_id"], shown[1]["movie_id"]
        person.press("like", liked)
        person.press("save", saved)

        victim = stack.processes()[name]
        victim.send_signal(signal.SIGSTOP)
        waiting: Future[dict[str, Any]] = aside.submit(person.say, "something older")
        with pytest.raises(TimeoutError):
            waiting.result(_UNDER_WAY_S)
        victim.send_signal(signal.SIGKILL)

        apology = waiting.result(30)
        assert apology["intent"]["name"] == "fault"
        assert apology["replies"]
        assert "something older" in [chip["payload"] for chip in apology["quick_replies"]]

        stack.wait_until_answering(timeout_s=RECOVERY_S)
        assert stack.processes()[name].pid != victim.pid
        turn = person.say("something older")
        assert turn["intent"]["name"] != "fault"
        assert turn["cards"]
        assert not {liked, saved} & {card["movie_id"] for card in turn["cards"]}
        taste = person.taste()
        assert taste["liked"] == [liked]
        assert taste["saved"] == [saved]


def test_the_gateway_comes_back_with_the_same_sessions(stack: Stack) -> None:
    with Person(stack, "vibe") as person:
        saved = person.say("cosy rainy day movie")["cards"][0]["movie_id"]
        person.press("save", saved)
        victim = stack.processes()["gateway"]
        victim.kill()
        psutil.wait_procs([victim], timeout=5)
        stack.wait_until_answering(timeout_s=RECOVERY_S)
        assert [card["movie_id"] for card in person.say("show my saved films")["cards"]] == [saved]


def test_a_second_start_names_the_port_and_the_setting(stack: Stack) -> None:
    again = stack.run_again()
    assert again.returncode == 1
    told = again.stdout + again.stderr
    assert "is taken" in told
    assert "MATINEE_" in told
    assert "Traceback" not in told
    assert stack.answers()


def test_sigterm_ends_every_process(own_stack: Stack) -> None:
    children = list(own_stack.wait_for_processes().values())
    own_stack.signal(signal.SIGTERM)
    own_stack.wait_until_ended()
    assert not psutil.wait_procs(children, timeout=5)[1]


def test_a_supervisor_that_is_killed_leaves_nothing_behind(own_stack: Stack) -> None:
    children = list(own_stack.wait_for_processes().values())
    own_stack.signal(signal.SIGKILL)
    own_stack.wait_until_ended()
    assert not psutil.wait_procs(children, timeout=20)[1]
