"""What kind of wish a message is: decided here and nowhere else, from its intent, its parse and the standing frame."""

from dataclasses import replace

from actions.pointing import points_at_films
from actions.turn import Turn
from engine.wire import Mode
from nlu.frame import Frame

#: Words that ask for other films without saying which; alone in `rest` they are no wish of their own.
_OTHERS = frozenset(
    """
    a again all already any another anything different else few film films give got have keep list me more movie movies
    new next of one ones option options other others please show some something still suggestions that the them these
    those three two what
    """.split()  # noqa: SIM905 - words are read as words
)


#: How a wish of its own begins.
_BEGINNINGS = ("something ", "anything ", "a ", "an ", "some ", "i want ", "i need ", "show me ", "give me ")


def has_slots(frame: Frame) -> bool:
    """Whether a frame asks for anything that can be checked, beyond words that merely steer."""
    return replace(frame, rest="") != Frame()


def says_something(frame: Frame) -> bool:
    """Whether a frame asks for anything at all."""
    return has_slots(frame) or bool(set(frame.rest.lower().split()) - _OTHERS)


def changes_nothing(turn: Turn) -> bool:
    """Whether a message that was taken for a change has nothing that it could change, and no wish that can be
    checked: words that nobody understood."""
    nothing_stands = turn.standing is None and not turn.shown
    return turn.intent.name == "refine" and nothing_stands and not has_slots(turn.said.frame)


def mode_of(turn: Turn) -> Mode:
    """How a message that asks for films stands to the wish before it.

    Wording that only makes sense against a standing frame refines it, whichever of the two intents was seen;
    with nothing standing, every wish is a fresh one; a refinement that says nothing asks for more of the same.
    """
    parse = turn.said
    if not says_something(parse.frame):
        more = turn.intent.name != "request" and (turn.standing is not None or turn.shown)
        return Mode.MORE if more else Mode.FRESH
    if turn.standing is not None and (parse.refines or (turn.intent.name != "request" and not _is_whole(turn))):
        return Mode.REFINE
    return Mode.FRESH


def _is_whole(turn: Turn) -> bool:
    """Whether a message reads as a wish of its own ("something romantic and sad"), whatever intent was seen: it
    begins as one, and names two things at least. One alone ("something funny") may as well be a change."""
    wants = turn.said.frame.wants
    named = len((*wants.moods, *wants.genres, *wants.themes, *wants.people))
    return named > 1 and turn.text.casefold().startswith(_BEGINNINGS)


def mode_of_hidden_wish(turn: Turn) -> Mode | None:
    """The mode of a wish within a message that was taken for something else ("🫣💔🤣", "no, funnier"), or None.

    Only what fills a slot counts: loose words of an unsure message are no request, and pointing at a film is not one.
    """
    if points_at_films(turn) or not has_slots(turn.said.frame):
        return None
    return Mode.REFINE if turn.standing is not None and turn.said.refines else Mode.FRESH
