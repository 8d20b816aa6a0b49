"""The buttons under a film and under words: what they say, what they send back, and how that is read again."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

import structlog
from pydantic import ValidationError

from bot.gateway.turn import ActionKind, CardAction
from bot.telegram.limits import CALLBACK_MAX_BYTES
from bot.telegram.words import Words
from engine.wire import Card, TasteReply

_LOG = structlog.get_logger("gateway.telegram")
#: What a chip sends back instead of a kind of action.
_SAY = "say"


class Button(NamedTuple):
    """One button: its label, and either what it sends back or where it leads."""

    label: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a person has said of one film."""

    liked: bool = False
    disliked: bool = False
    seen: bool = False
    saved: bool = False


UNMARKED = Marks()


def marks_of(taste: TasteReply, movie_id: str) -> Marks:
    """The marks that are kept of this film."""
    return Marks(
        liked=movie_id in taste.liked,
        disliked=movie_id in taste.disliked,
        seen=movie_id in taste.seen,
        saved=movie_id in taste.saved,
    )


def film_rows(movie_id: str, *, trailer_url: str | None, marks: Marks, words: Words) -> Rows:
    """Buttons of a film, two in a row. A mark that is set says so, and its button takes it off again."""
    asked = (
        (words.liked, ActionKind.UNLIKE) if marks.liked else (words.like, ActionKind.LIKE),
        (words.disliked, ActionKind.UNDISLIKE) if marks.disliked else (words.dislike, ActionKind.DISLIKE),
        (words.was_seen, ActionKind.UNSEEN) if marks.seen else (words.seen, ActionKind.SEEN),
        (words.saved, ActionKind.UNSAVE) if marks.saved else (words.save, ActionKind.SAVE),
        (words.more_like, ActionKind.MORE_LIKE),
        (words.explain, ActionKind.EXPLAIN),
    )
    buttons = [Button(label, data=data) for label, kind in asked if (data := written(kind, movie_id))]
    if len(buttons) < len(asked):
        _LOG.warning("no room for a button", movie_id=movie_id, remedy="give the film an id of at most 54 characters")
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if trailer_url and urlsplit(trailer_url).scheme == "https":
        rows.append((Button(words.trailer, url=trailer_url),))
    return tuple(rows)


def film_rows_of(card: Card, *, marks: Marks, words: Words) -> Rows:
    """Buttons of a film that is shown."""
    return film_rows(card.movie_id, trailer_url=card.trailer_url, marks=marks, words=words)


def written(kind: ActionKind, movie_id: str) -> str:
    """ "KIND:movie_id", or nothing where that is over Telegram's 64 bytes."""
    data = f"{kind}:{movie_id}"
    return data if len(data.encode()) <= CALLBACK_MAX_BYTES else ""


def chip(payload: str) -> str:
    """What a chip under words sends back, or nothing where it is too long for one."""
    data = f"{_SAY}:{payload}"
    return data if len(data.encode()) <= CALLBACK_MAX_BYTES else ""


def read(data: str | None) -> CardAction | str | None:
    """What a button means: an action on a film, words to say, or None for data that no button of ours sends."""
    kind, _, rest = (data or "").partition(":")
    if kind == _SAY:
        return rest or None
    try:
        return CardAction.model_validate({"kind": kind, "movie_id": rest})
    except ValidationError:
        return None
