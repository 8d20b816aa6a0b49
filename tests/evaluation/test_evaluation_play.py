from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from evaluation_pieces import a_card, a_turn

from bot.evaluation import Conversation, Outcome, play
from bot.gateway.turn import CardAction, Turn
from bot.terminal.gateway_line import GatewayRefused, GatewayUnreachable

KITE, STONE = a_card(), a_card(movie_id="m2", title="Stone (Part 2)")


class ScriptedLine:
    """Answers with the turns it was given, one after another, and keeps what was done."""

    def __init__(self, *turns: Turn | Exception) -> None:
        self._turns = list(turns)
        self.heard: list[str | CardAction] = []
        self.opened: list[str] = []

    @contextmanager
    def open(self, persona: str) -> Iterator["ScriptedLine"]:
        self.opened.append(persona)
        yield self

    def say(self, text: str) -> Turn:
        return self._next(text)

    def press(self, action: CardAction) -> Turn:
        return self._next(action)

    def _next(self, done: str | CardAction) -> Turn:
        self.heard.append(done)
        match self._turns.pop(0):
            case Exception() as error:
                raise error
            case turn:
                return turn


def played(line: ScriptedLine, *turns: object) -> Outcome:
    told = {"name": "Test", "persona": "matinee", "why": "To see.", "turns": turns}
    return play(Path("test.yaml"), Conversation.model_validate(told), line.open)


def test_words_buttons_and_remembered_films_reach_the_line() -> None:
    line = ScriptedLine(a_turn(KITE, STONE), a_turn(), a_turn(replies=("Saved Stone (Part 2).",)))
    outcome = played(
        line,
        {"say": "hello", "remember": {"two": 2}},
        {"do": {"kind": "save", "movie": "two"}},
        {"say": "save {two}", "expect": {"replies_match": "{two}"}},
    )
    assert line.heard == ["hello", CardAction.model_validate({"kind": "save", "movie_id": "m2"}), "save Stone (Part 2)"]
    assert outcome.passed
    assert [turn.did for turn in outcome.turns] == ["hello", "[save: two]", "save Stone (Part 2)"]


def test_each_persona_has_a_line_of_its_own() -> None:
    line = ScriptedLine(a_turn(), a_turn(), a_turn())
    played(line, {"say": "a"}, {"say": "b", "to": "lantern"}, {"say": "c"})
    assert line.opened == ["matinee", "lantern"]


def test_a_miss_does_not_end_the_conversation() -> None:
    outcome = played(ScriptedLine(a_turn(), a_turn()), {"say": "a", "expect": {"cards": 3}}, {"say": "b"})
    assert not outcome.passed
    assert [len(turn.misses) for turn in outcome.turns] == [1, 0]


@pytest.mark.parametrize(
    "step", [{"do": {"kind": "like", "movie": "first"}}, {"do": {"kind": "like", "movie": "Gone"}}]
)
def test_pressing_a_card_that_is_not_there_is_a_miss_and_the_end(step: object) -> None:
    line = ScriptedLine(a_turn())
    outcome = played(line, {"say": "a"}, step, {"say": "b"})
    assert len(outcome.turns) == 2
    assert outcome.turns[-1].turn is None
    assert line.heard == ["a"]


def test_remembering_a_card_that_is_not_there_is_a_miss() -> None:
    outcome = played(ScriptedLine(a_turn(KITE)), {"say": "a", "remember": {"three": "third"}})
    assert [miss.expectation for miss in outcome.turns[0].misses] == ["remember"]


def test_a_refusal_is_a_miss_and_the_end() -> None:
    outcome = played(ScriptedLine(GatewayRefused(429, "Too many turns")), {"say": "a"}, {"say": "b"})
    assert [str(miss) for miss in outcome.turns[0].misses] == ["answered: refused with 429: Too many turns"]
    assert len(outcome.turns) == 1


def test_a_gateway_that_is_gone_is_raised() -> None:
    with pytest.raises(GatewayUnreachable):
        played(ScriptedLine(GatewayUnreachable("gone")), {"say": "a"})
