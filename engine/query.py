"""The words of a request that the text encoder reads."""

from nlu.frame import WELL_REVIEWED, Frame, Words


def query_text(frame: Frame) -> str:
    """What the request means, as text near to how films are described: the words left over first, then what is
    wanted by name. Empty when the frame asks for nothing that words describe."""
    wants = frame.wants
    named = (*story_words(frame), *wants.themes, *wants.moods, *(genre.lower() for genre in wants.genres))
    return ", ".join(part.replace("-", " ") for part in (frame.rest, *named) if part)


def story_words(frame: Frame) -> Words:
    """The wanted keywords that say something about the story, not about what others thought of the film."""
    return tuple(word for word in frame.wants.keywords if word != WELL_REVIEWED)
