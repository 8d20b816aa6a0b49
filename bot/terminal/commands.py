"""What a person can type in the terminal besides talking: buttons of the cards, and offered replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from bot.gateway.turn import ActionKind, CardAction
from engine.wire import Card, QuickReply

#: Each command with the button that it presses.
BUTTONS = {
    "like": ActionKind.LIKE,
    "dislike": ActionKind.DISLIKE,
    "seen": ActionKind.SEEN,
    "save": ActionKind.SAVE,
    "unsave": ActionKind.UNSAVE,
    "unlike": ActionKind.UNLIKE,
    "undislike": ActionKind.UNDISLIKE,
    "unseen": ActionKind.UNSEEN,
    "more": ActionKind.MORE_LIKE,
    "why": ActionKind.EXPLAIN,
    "details": ActionKind.DETAILS,
}
HELP = (
    "Talk as you like. A letter picks an offered reply. For the n-th film shown: "
    + " ".join(f"/{name} n" for name in BUTTONS)
    + ". /help shows this, /quit leaves."
)


@dataclass(frozen=True, slots=True)
class Say:
    """Something to be said to the persona."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button to be pressed."""

    action: CardAction


@dataclass(frozen=True, slots=True)
class Tell:
    """Something that the terminal itself answers."""

    words: str


@dataclass(frozen=True, slots=True)
class Quit:
    """The person leaves."""


Typed = Say | Press | Tell | Quit


def read(typed: str, *, cards: Sequence[Card], offered: Sequence[QuickReply]) -> Typed:
    """What was meant by a typed line, given the cards and the replies last shown."""
    line = typed.strip()
    if len(line) == 1 and line.lower() in ascii_lowercase[: len(offered)]:
        return Say(offered[ascii_lowercase.index(line.lower())].payload)
    if not line.startswith("/"):
        return Say(typed)
    name, _, rest = line[1:].partition(" ")
    if name in ("quit", "exit", "q"):
        return Quit()
    if name not in BUTTONS:
        return Tell(HELP)
    return _press(BUTTONS[name], rest.strip() or "1", cards)


def _press(kind: ActionKind, number: str, cards: Sequence[Card]) -> Typed:
    if not cards:
        return Tell("No film has been shown yet.")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(cards)):
        return Tell(f"Which film? Say a number from 1 to {len(cards)}.")
    return Press(CardAction(kind=kind, movie_id=cards[int(number) - 1].movie_id))
