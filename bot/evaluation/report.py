"""What an evaluation says: a table for people, JSON for machines."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.evaluation.checks import named
from bot.evaluation.frames import asked
from bot.evaluation.play import Outcome, TurnOutcome, misses_of
from bot.gateway.turn import Turn

#: A reply longer than this says nothing more to whoever reads the report.
_REPLY_CHARS_MAX = 160


def print_outcomes(outcomes: Sequence[Outcome], console: Console) -> None:
    """A line a conversation, then every turn that went wrong as it was, then the sum."""
    table = Table(show_edge=False, pad_edge=False)
    for heading in ("", "persona", "conversation", "turns", "misses"):
        table.add_column(heading)
    for outcome in outcomes:
        mark = "[green]✓[/]" if outcome.passed else "[red]✗[/]"
        turns = f"{len(outcome.turns)}/{len(outcome.conversation.turns)}"
        said = escape(outcome.conversation.name)
        table.add_row(mark, outcome.conversation.persona, said, turns, str(misses_of([outcome]) or ""))
    console.print(table)
    for outcome in outcomes:
        if not outcome.passed:
            _print_failed(outcome, console)
    failed = sum(not outcome.passed for outcome in outcomes)
    latencies_ms = [turn.turn.latency_ms.total for outcome in outcomes for turn in outcome.turns if turn.turn]
    pace = f", {median(latencies_ms):.0f} ms a turn (median)" if latencies_ms else ""
    style = "bold red" if failed else "bold green"
    console.print(
        f"{len(outcomes) - failed} of {len(outcomes)} conversations as expected, "
        f"{sum(len(outcome.turns) for outcome in outcomes)} turns{pace}",
        style=style,
    )


def _print_failed(outcome: Outcome, console: Console) -> None:
    console.print(f"\n[bold red]✗ {escape(outcome.conversation.name)}[/]  [dim]{escape(str(outcome.path))}[/]")
    for number, turn in enumerate(outcome.turns, start=1):
        if turn.misses:
            console.print(f"  turn {number} › {turn.did}", markup=False, highlight=False)
            for miss in turn.misses:
                console.print(f"    ✗ {miss}", markup=False, highlight=False, style="red")
            for line in _as_it_was(turn.turn):
                console.print(f"    {line}", markup=False, highlight=False, style="dim")


def _as_it_was(turn: Turn | None) -> list[str]:
    if turn is None:
        return []
    return [
        f"intent  {turn.intent.name} ({turn.intent.confidence:.2f})",
        *(f"reply   {reply[:_REPLY_CHARS_MAX]}" for reply in turn.replies),
        *(f"card    {named(card)}: {card.reason}" for card in turn.cards),
        *([f"relaxed {'; '.join(turn.relaxed)}"] if turn.relaxed else []),
        f"frame   {', '.join(f'{path}={value}' for path, value in asked(turn.frame).items()) or 'nothing asked'}",
    ]


def figures(outcomes: Sequence[Outcome], *, url: str) -> dict[str, Any]:
    """The evaluation as plain values, for a file."""
    return {
        "eval": "dialogue",
        "url": url,
        "passed": sum(outcome.passed for outcome in outcomes),
        "failed": sum(not outcome.passed for outcome in outcomes),
        "conversations": [
            {
                "file": str(outcome.path),
                "name": outcome.conversation.name,
                "persona": outcome.conversation.persona,
                "passed": outcome.passed,
                "turns": [_turn(turn) for turn in outcome.turns],
            }
            for outcome in outcomes
        ],
    }


def _turn(turn: TurnOutcome) -> dict[str, Any]:
    return {
        "did": turn.did,
        "misses": [{"expectation": miss.expectation, "said": miss.said} for miss in turn.misses],
        "turn": turn.turn.model_dump(mode="json") if turn.turn else None,
    }
