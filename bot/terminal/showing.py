"""How a turn looks in a terminal."""

from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.gateway.turn import Turn
from bot.terminal.measures import measures_of
from engine.wire import Card, QuickReply

#: Cards stand side by side where each has at least this many columns.
_CARD_COLUMNS_MIN = 32


def show_welcome(console: Console, theme: dict[str, Any], *, offered: Sequence[QuickReply]) -> None:
    """The persona introduces itself."""
    console.print(Text.assemble((theme["display_name"], "bold"), "  ", (theme["tagline"], "dim")))
    console.print(Text(theme["welcome"]))
    _show_offered(console, offered)
    console.print(Text("/help for what else you can type", style="dim"))


def show_turn(console: Console, turn: Turn, *, name: str, labels: Mapping[str, str]) -> None:
    """The words, then the films with the persona's labels, then the replies on offer."""
    console.print()
    for reply in turn.replies:
        console.print(Text.assemble((f"{name}: ", "bold"), reply))
    if turn.cards:
        side_by_side = console.width // len(turn.cards) >= _CARD_COLUMNS_MIN
        width = console.width // len(turn.cards) - 1 if side_by_side else None
        panels = [_panel(card, number, width, labels) for number, card in enumerate(turn.cards, start=1)]
        console.print(Columns(panels) if side_by_side else Group(*panels))
    _show_offered(console, turn.quick_replies)


def _panel(card: Card, number: int, width: int | None, labels: Mapping[str, str]) -> Panel:
    title = f"{number}. {card.title}" + (f" ({card.year})" if card.year else "")
    parts: list[RenderableType] = [Text(facts, style="dim") for facts in _facts(card)]
    parts += measures_of(card, labels)
    if card.reason:
        parts.append(Text(card.reason, style="italic"))
    if card.synopsis:
        parts.append(Text(f"\n{card.synopsis}"))
    return Panel(Group(*parts), title=Text(title, style="bold"), title_align="left", width=width)


def _facts(card: Card) -> list[str]:
    length = f"{card.runtime_min} min" if card.runtime_min else None
    lines = (
        " · ".join(fact for fact in (card.certification, length, ", ".join(card.genres)) if fact),
        f"by {', '.join(card.directors)}" if card.directors else "",
    )
    return [line for line in lines if line]


def _show_offered(console: Console, offered: Sequence[QuickReply]) -> None:
    if not offered:
        return
    chips = [f"[{letter}] {reply.title}" for letter, reply in zip(ascii_lowercase, offered, strict=False)]
    in_a_row = "   ".join(chips)
    console.print(Text(in_a_row if cell_len(in_a_row) <= console.width else "\n".join(chips), style="cyan"))
