"""A parse for human eyes: the text with its spans marked, and the frame as a table."""

from dataclasses import fields

from rich.console import Group
from rich.table import Table
from rich.text import Text

from nlu.frame import Frame, Parse, Range, Wishes

_STYLES = {
    "wants": "bold green",
    "avoids": "bold red",
    "tone": "bold magenta",
    "like": "bold cyan",
    "unlike": "bold red",
}


def shown(parse: Parse) -> Group:
    """What `rich` prints of a parse: the marked text, its spans and who found them, the frame, all else it says."""
    spans = Table("words", "slot", "value", "by", box=None, header_style="dim")
    marked = Text(parse.text)
    for span in parse.spans:
        style = _STYLES.get(span.slot.partition(".")[0], "bold yellow")
        marked.stylize(style, span.start, span.end)
        spans.add_row(Text(parse.text[span.start : span.end], style=style), span.slot, Text(span.value), span.by)
    frame = Table("slot", "value", box=None, header_style="dim")
    for slot, value in frame_rows(parse.frame):
        frame.add_row(slot, Text(value))
    aside = Text(style="dim")
    for name, value in _asides(parse):
        aside.append(f"{name}: {value}  ")
    return Group(marked, Text(), spans, Text(), frame, Text(), aside)


def frame_rows(frame: Frame) -> list[tuple[str, str]]:
    """The frame as (slot, value) in words, without what is empty."""
    rows = [
        (f"{side}.{part.name}", ", ".join(words))
        for side, wishes in (("wants", frame.wants), ("avoids", frame.avoids))
        for part in fields(Wishes)
        if (words := getattr(wishes, part.name))
    ]
    rows += [(name, ", ".join(films)) for name, films in (("like", frame.like), ("unlike", frame.unlike)) if films]
    rows += [
        (name, _range(ends))
        for name, ends in (("year", frame.year), ("runtime_min", frame.runtime_min))
        if ends != (None, None)
    ]
    if frame.certification_max:
        rows.append(("certification_max", frame.certification_max))
    rows += [
        (f"tone.{axis}", f"{'more' if shift.direction > 0 else 'less'} ({shift.strength:g})")
        for axis, shift in frame.tone.items()
    ]
    return rows + ([("rest", frame.rest)] if frame.rest else [])


def _range(ends: Range) -> str:
    low, high = ends
    if low is None:
        return f"up to {high}"
    return f"from {low}" if high is None else f"{low} to {high}"


def _asides(parse: Parse) -> list[tuple[str, str]]:
    points = ", ".join(
        reference.movie_id or (reference.kind if reference.ordinal is None else f"#{reference.ordinal}")
        for reference in parse.references
    )
    rows = [("points at", points), ("films", str(parse.number or "")), ("unknown", ", ".join(parse.unknown))]
    rows += [("refines", "yes" if parse.refines else ""), ("took", f"{parse.latency_ms:.1f} ms")]
    return [(name, value) for name, value in rows if value]
