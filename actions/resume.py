"""Goals that were left at "which one?" and go on when the next message names it."""

from collections.abc import Mapping

from actions.goal import Goal
from actions.turn import Turn
from actions.wish import has_slots

#: A bare answer is short: "the second one please". Longer ones say what they want themselves.
BARE_ANSWER_MAX_WORDS = 4


def goal_left_open(turn: Turn, goals: Mapping[str, Goal]) -> Goal | None:
    """The goal, by action name among `goals`, that asked which film and is now told; else None."""
    asked, _, action = (turn.pending or "").partition(":")
    told = turn.said.references and not has_slots(turn.said.frame)
    if asked != "which" or not told or len(turn.text.split()) > BARE_ANSWER_MAX_WORDS:
        return None
    return goals.get(action)
