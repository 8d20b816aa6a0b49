"""Playing conversations: each by somebody new, turn by turn, every answer held against its expectations."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.evaluation.checks import Miss, check
from bot.evaluation.conversation import Conversation, Step, filled
from bot.evaluation.story import NoSuchFilm, Story
from bot.gateway.turn import CardAction, Turn
from bot.terminal.gateway_line import GatewayRefused


class Line(Protocol):
    """One person's line to one persona, as `bot.terminal.gateway_line.GatewayLine` is."""

    def say(self, text: str) -> Turn: ...

    def press(self, action: CardAction) -> Turn: ...


#: Opens the line of somebody new to the persona named.
Opener = Callable[[str], AbstractContextManager[Line]]


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """One turn as it went: what was done, the answer (None where there was none), and what was wrong with it."""

    did: str
    turn: Turn | None
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One conversation as it went. Where a turn cannot be played, those after it are not."""

    path: Path
    conversation: Conversation
    turns: tuple[TurnOutcome, ...]

    @property
    def passed(self) -> bool:
        return not any(turn.misses for turn in self.turns)


def play_all(conversations: Mapping[Path, Conversation], open_line: Opener) -> Iterator[Outcome]:
    """The outcomes, one conversation at a time. Raises what `open_line` and its lines raise, but no refusal."""
    for path, conversation in conversations.items():
        yield play(path, conversation, open_line)


def play(path: Path, conversation: Conversation, open_line: Opener) -> Outcome:
    """The outcome of one conversation. Raises what `open_line` and its lines raise, but no refusal."""
    story = Story()
    turns: list[TurnOutcome] = []
    with ExitStack() as stack:
        lines: dict[str, Line] = {}
        for step in conversation.turns:
            persona = step.to or conversation.persona
            if persona not in lines:
                lines[persona] = stack.enter_context(open_line(persona))
            outcome, story = _take(lines[persona], step, conversation, story)
            turns.append(outcome)
            if outcome.turn is None:
                break
    return Outcome(path, conversation, tuple(turns))


def _take(line: Line, step: Step, conversation: Conversation, story: Story) -> tuple[TurnOutcome, Story]:
    did = filled(step.words, story.titles)
    try:
        turn = _ask(line, step, story, did)
    except NoSuchFilm as error:
        return TurnOutcome(did, None, (Miss("do", str(error)),)), story
    except GatewayRefused as refusal:
        return TurnOutcome(did, None, (Miss("answered", f"refused with {refusal.status}: {refusal.detail}"),)), story
    found = check(turn, expect=step.expect, never=conversation.never, before=story)
    try:
        story = story.after(turn.cards, step.remember)
    except NoSuchFilm as error:
        found = (*found, Miss("remember", str(error)))
        story = story.after(turn.cards, {})
    return TurnOutcome(did, turn, found), story


def _ask(line: Line, step: Step, story: Story, words: str) -> Turn:
    if step.do is None:
        return line.say(words)
    return line.press(CardAction(kind=step.do.kind, movie_id=story.film(step.do.movie).movie_id))


def misses_of(outcomes: Iterable[Outcome]) -> int:
    """How many expectations did not hold."""
    return sum(len(turn.misses) for outcome in outcomes for turn in outcome.turns)
