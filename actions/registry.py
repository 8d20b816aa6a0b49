"""All actions, wired to one engine."""

from actions.answer import Affirm, Deny
from actions.details import Details
from actions.explain import Explain
from actions.fallback import Fallback
from actions.feedback import Dislike, Like, Seen
from actions.forget import ForgetMe
from actions.goal import Goal
from actions.metrics import ActionMetrics
from actions.more_like import MoreLike
from actions.recommend import Recommend
from actions.reject import Reject
from actions.save import Save, Unsave
from actions.saved import ShowSaved
from actions.start_over import StartOver
from actions.surprise import Surprise
from actions.taste import ShowTaste
from actions.undo import Undo
from engine.client import EngineClient

#: Goals that may ask "which one?" and go on when told.
_ASKING = (Like, Dislike, Seen, Reject, Save, Unsave, Explain, MoreLike)
#: Goals that a film's name alone may be meant for, and that pass it on to the one that asked.
_LISTENING = (Affirm, Details, Fallback)
_OTHERS = (Recommend, Surprise, Undo, StartOver, ShowSaved, ShowTaste, ForgetMe, Deny)


def all_actions(engine: EngineClient, *, metrics: ActionMetrics | None = None) -> tuple[Goal, ...]:
    """One instance of every action that the dialogue's domain names, counted in the same figures."""
    metrics = metrics or ActionMetrics()
    asking: dict[str, Goal] = {kind.action: kind(engine, metrics=metrics) for kind in _ASKING}
    others: list[Goal] = [kind(engine, metrics=metrics) for kind in _OTHERS]
    listening: list[Goal] = [kind(engine, open_to=asking, metrics=metrics) for kind in _LISTENING]
    return (*asking.values(), *others, *listening)
