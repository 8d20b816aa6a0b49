"""Films kept for later, and let go again."""

from actions.feedback import Feedback
from engine.wire import Kind


class Save(Feedback):
    """Puts films on the person's list."""

    action = "action_save"
    kind = Kind.SAVE


class Unsave(Feedback):
    """Takes films off the person's list."""

    action = "action_unsave"
    kind = Kind.UNSAVE
