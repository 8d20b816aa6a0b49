"""The words of a request that the text encoder reads."""

from nlu.frame import Frame


def query_text(frame: Frame) -> str:
    """What the request means, as text near to how films are described: the words left over first, then what is
    wanted by name. Empty when the frame asks for nothing that words describe."""
    wants = frame.wants
    named = (*wants.keywords, *wants.themes, *wants.moods, *(genre.lower() for genre in wants.genres))
    return ", ".join(part.replace("-", " ") for part in (frame.rest, *named) if part)
