"""What the engine answers, by what is asked of it: picks, a film, feedback, a taste."""

from engine.answers.about import About
from engine.answers.desk import Desk
from engine.answers.feedback import Feedback
from engine.answers.picks import Picks
from engine.answers.tastes import Tastes

__all__ = ["About", "Desk", "Feedback", "Picks", "Tastes"]
