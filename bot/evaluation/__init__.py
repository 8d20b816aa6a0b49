"""Golden conversations: readable files that say what a person writes and what the answer must keep to."""

from bot.evaluation.checks import check
from bot.evaluation.conversation import Conversation
from bot.evaluation.faults import ConversationError, Fault
from bot.evaluation.play import Line, Outcome, TurnOutcome, play
from bot.evaluation.reading import read_conversations

__all__ = [
    "Conversation",
    "ConversationError",
    "Fault",
    "Line",
    "Outcome",
    "TurnOutcome",
    "check",
    "play",
    "read_conversations",
]
