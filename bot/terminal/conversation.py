"""The chat that a person has in a terminal."""

import sys
from typing import Any, TextIO

from rich.console import Console

from bot.gateway.turn import ActionKind, Turn
from bot.terminal import commands
from bot.terminal.commands import Press, Quit, Say, Tell
from bot.terminal.gateway_line import GatewayLine, GatewayRefused
from bot.terminal.measures import show_sources
from bot.terminal.showing import show_turn, show_welcome
from engine.wire import Card, QuickReply


class Conversation:
    """Reads lines, shows turns, and remembers what was last shown so that it can be pointed at."""

    def __init__(self, line: GatewayLine, theme: dict[str, Any], *, stdin: TextIO, stdout: TextIO) -> None:
        self._line = line
        self._theme = theme
        self._stdin = stdin
        self._console = Console(file=stdout, highlight=False)
        self._cards: tuple[Card, ...] = ()
        self._offered: tuple[QuickReply, ...] = ()

    def run(self) -> None:
        """Until the input ends or the person leaves. Raises `LineError` where the gateway goes away."""
        self._offered = tuple(QuickReply(title=words, payload=words) for words in self._theme["starters"])
        show_welcome(self._console, self._theme, offered=self._offered)
        while (typed := self._read()) is not None:
            match commands.read(typed, cards=self._cards, offered=self._offered):
                case Quit():
                    return
                case Tell(words):
                    self._console.print(words, style="dim")
                case Say() | Press() as meant:
                    self._take_turn(meant)

    def _take_turn(self, meant: Say | Press) -> None:
        try:
            with self._console.status(f"{self._theme['display_name']} is thinking …"):
                turn = self._line.say(meant.text) if isinstance(meant, Say) else self._line.press(meant.action)
        except GatewayRefused as refusal:
            self._console.print(refusal.detail, style="yellow", markup=False)
            return
        asked = self._asked_about(meant)
        self._remember(turn)
        show_turn(self._console, turn, name=self._theme["display_name"], labels=self._theme["strings"])

        if asked is not None:
            show_sources(self._console, asked, self._theme["strings"])

    def _asked_about(self, meant: Say | Press) -> Card | None:
        """The film whose reasons a button asked for."""
        if isinstance(meant, Say) or meant.action.kind is not ActionKind.EXPLAIN:
            return None
        return next((card for card in self._cards if card.movie_id == meant.action.movie_id), None)

    def _remember(self, turn: Turn) -> None:
        self._cards = turn.cards or self._cards
        self._offered = turn.quick_replies

    def _read(self) -> str | None:
        try:
            # On a terminal `input` brings line editing; elsewhere the given stream is read as it is.
            if self._stdin is sys.stdin and self._stdin.isatty():
                return self._console.input("[bold]› [/]")
            line = self._stdin.readline()
        except EOFError:
            return None
        return line.rstrip("\r\n") if line else None
