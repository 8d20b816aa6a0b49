"""Text to `Frame`: what a person asked for, with the words that said so.

`Parser` brings spaCy, which those who only read frames do not need: it is imported when it is first asked for.
"""

from typing import TYPE_CHECKING

from nlu.frame import Frame, Parse

if TYPE_CHECKING:
    from nlu.gazetteer import Gazetteer
    from nlu.parser import Parser

__all__ = ["Frame", "Gazetteer", "Parse", "Parser"]


def __getattr__(name: str) -> object:
    if name == "Parser":
        from nlu.parser import Parser

        return Parser
    if name == "Gazetteer":
        from nlu.gazetteer import Gazetteer

        return Gazetteer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
