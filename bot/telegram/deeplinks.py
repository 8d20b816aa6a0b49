"""Links that open the bot with a wish: t.me/BOT?start=PAYLOAD.

| payload | does |
|---|---|
| `ask-WORDS_WITH_UNDERSCORES` | asks for films in these words |
| `starter-N` | asks the persona's Nth starter |
| `film-MOVIE_ID` | tells about a film |
| `like-MOVIE_ID` | asks for films like it |
"""

from collections.abc import Sequence

from pydantic import ValidationError

from bot.gateway.turn import ActionKind, CardAction
from bot.telegram.limits import DEEP_LINK_MAX_CHARS

_ACTIONS = {"film": ActionKind.DETAILS, "like": ActionKind.MORE_LIKE}


def wish_of(payload: str, *, starters: Sequence[str]) -> CardAction | str | None:
    """The action or the words that a link stands for; None where it stands for nothing, which opens with a welcome."""
    if len(payload) > DEEP_LINK_MAX_CHARS:
        return None
    kind, _, rest = payload.partition("-")
    if kind == "ask":
        return rest.replace("_", " ").strip() or None
    if kind == "starter":
        place = int(rest) if rest.isascii() and rest.isdecimal() else 0
        return starters[place - 1] if 1 <= place <= len(starters) else None
    if kind not in _ACTIONS:
        return None
    try:
        return CardAction(kind=_ACTIONS[kind], movie_id=rest)
    except ValidationError:
        return None
