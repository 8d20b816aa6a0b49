"""From what a person typed or tapped to what may be said to the dialogue server."""

import re
import unicodedata

from bot.gateway.turn import CardAction

_KEPT_CONTROLS = "\n\t"
#: Rasa strips a message and takes a leading slash for a command; its own words never start with these.
_COMMAND_START = re.compile(r"^[\s/]+")
_FULL_WIDTH_SLASH = "\N{FULLWIDTH SOLIDUS}"
#: Categories that leave nothing to see: controls, formats such as zero-width joiners, separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


#: Selectors that choose how the character before them is drawn (Unicode 23.4); alone they draw nothing.
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def clean(text: str) -> str:
    """The text without control characters (line breaks and tabs stay) and without space around it."""
    kept = (char for char in text if char in _KEPT_CONTROLS or unicodedata.category(char) != "Cc")
    return "".join(kept).strip()


def says_nothing(text: str) -> bool:
    """Whether there is nothing to see in the text. An emoji says something."""
    return all(unicodedata.category(char) in _INVISIBLE or char in _VARIATIONS for char in text)


def as_words(text: str) -> str:
    """The text as the dialogue server may get it: words, never a command, whatever it starts with."""
    if not text.startswith("/"):
        return text
    return _COMMAND_START.sub("", text) or _FULL_WIDTH_SLASH


def as_command(action: CardAction) -> str:
    """The dialogue server's command for a pressed button. Both parts are of closed alphabets, so nothing is escaped."""
    return f'/{action.kind}{{"movie_id": "{action.movie_id}"}}'
