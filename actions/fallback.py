"""A message whose intent is unsure: a wish that the parse found is granted, else the two likeliest are offered."""

from collections.abc import Mapping

from actions.goal import Goal
from actions.metrics import ActionMetrics
from actions.outcome import Outcome
from actions.resume import goal_left_open
from actions.turn import Turn
from actions.wish import mode_of_hidden_wish
from engine.client import EngineClient
from persona_configs.phrases import Phrase

#: The value of the slot `pending` after the person was asked to say it otherwise.
REPHRASE = "rephrase"

#: What a person may have meant, as a quick reply. Each says something that can be answered in any conversation.
_MEANT = {
    "request": Phrase.CHIP_SURPRISE,
    "surprise": Phrase.CHIP_SURPRISE,
    "refine": Phrase.CHIP_MORE,
    "reject": Phrase.CHIP_MORE,
    "more_like": Phrase.CHIP_MEANT_MORE_LIKE,
    "like": Phrase.CHIP_MEANT_LIKE,
    "dislike": Phrase.CHIP_MEANT_DISLIKE,
    "seen": Phrase.CHIP_MEANT_SEEN,
    "details": Phrase.CHIP_MEANT_DETAILS,
    "explain": Phrase.CHIP_WHY,
    "save": Phrase.CHIP_MEANT_SAVE,
    "unsave": Phrase.CHIP_MEANT_UNSAVE,
    "show_saved": Phrase.CHIP_SAVED,
    "show_taste": Phrase.CHIP_MEANT_TASTE,
    "undo": Phrase.CHIP_MEANT_UNDO,
    "restart": Phrase.CHIP_MEANT_RESTART,
    "help": Phrase.CHIP_MEANT_HELP,
}
#: These are about films on the table; with none, the question would lead nowhere.
_ABOUT_SHOWN = frozenset({"refine", "reject", "more_like", "like", "dislike", "seen", "details", "explain", "save"})


class Fallback(Goal):
    """Grants the wish that the parse found all the same; else asks which of the two likeliest things was meant, and
    where that is not known, or was asked before, asks for other words."""

    action = "action_fallback"

    def __init__(
        self, engine: EngineClient, *, open_to: Mapping[str, Goal], metrics: ActionMetrics | None = None
    ) -> None:
        super().__init__(engine, metrics=metrics)
        self.open_to = open_to

    async def reach(self, turn: Turn) -> Outcome:
        if mode := mode_of_hidden_wish(turn):
            return await self.pick(turn, mode)
        if goal := goal_left_open(turn, self.open_to):
            return await goal.reach(turn)
        if turn.pending != REPHRASE and len(chips := meant(turn)) > 1:
            return Outcome(await self.offer(turn, Phrase.FALLBACK_CHOICE, chips), {"pending": REPHRASE})
        phrase = Phrase.FALLBACK_AGAIN if turn.pending == REPHRASE else Phrase.FALLBACK
        return Outcome(await self.say(turn, phrase), {"pending": REPHRASE})


def meant(turn: Turn) -> tuple[Phrase, ...]:
    """The quick replies for the two likeliest intents, fewer where one of them has none that fits."""
    open_ones = (name for name in turn.likeliest[:2] if turn.shown or name not in _ABOUT_SHOWN)
    return tuple(dict.fromkeys(_MEANT[name] for name in open_ones if name in _MEANT))
