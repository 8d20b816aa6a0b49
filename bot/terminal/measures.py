"""What was measured of a film, in a terminal: the look of its poster, its reviews, the sources that spoke for it."""

from collections.abc import Mapping

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from bot.evidence import by_source
from bot.looks import bar_of, look_line, look_names
from bot.reception import viewers_line
from engine.wire import Card

#: Cells of the bar of a look, and of the bar of a source's whole share.
_LOOK_CELLS, _SHARE_CELLS = 10, 20

Labels = Mapping[str, str]


class LookLine:
    """The look as coloured blocks with its words, and as words alone where the terminal has no colours."""

    def __init__(self, card: Card, labels: Labels) -> None:
        self._card = card
        self._labels = labels

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = bar_of(self._card)
        if bar is None or console.color_system is None or console.no_color:
            yield Text(look_line(self._card, self._labels), style="dim")
            return
        blocks = Text()
        for red, green, blue in bar.cells(_LOOK_CELLS):
            blocks.append(" ", style=f"on rgb({red},{green},{blue})")
        words = ", ".join(self._labels[name] for name in look_names(self._card))
        yield Text.assemble(blocks, (f" {words}", "dim"))


def measures_of(card: Card, labels: Labels) -> list[LookLine | Text]:
    """The lines of a card about its look and its reviews; none for what is not known."""
    lines: list[LookLine | Text] = []
    if look_names(card):
        lines.append(LookLine(card, labels))
    if said := viewers_line(card, labels):
        lines.append(Text(said, style="dim"))
    return lines


def show_sources(console: Console, card: Card, labels: Labels) -> None:
    """The sources that spoke for the film with their shares, heaviest first; nothing for a film without evidence."""
    rows = by_source(card.evidence)
    if not rows:
        return
    full, empty = ("#", ".") if console.options.ascii_only else ("█", "░")
    table = Table.grid(padding=(0, 2))
    for row in rows:
        filled = round(min(row.share, 1.0) * _SHARE_CELLS)
        table.add_row(
            Text(labels.get(f"source_{row.source}", row.source), style="bold"),
            Text(full * filled + empty * (_SHARE_CELLS - filled)),
            Text(f"{min(row.share, 1.0):.0%}"),
            Text(" · ".join(row.details), style="dim"),
        )
    console.print(Text(f"{labels['why']}: {card.title}", style="bold"))
    console.print(table)
