"""A parse for human eyes: the text with its spans marked, and the frame as a table."""

from dataclasses import fields

from rich.console import Group
from rich.table import Table
from rich.text import Text

from nlu.frame import ENGLISH, Frame, Parse, Range, Wishes
from nlu.why import Doing, listed_in

_STYLES = {
    "wants": "bold green",
    "avoids": "bold red",
    "tone": "bold magenta",
    "like": "bold cyan",
    "unlike": "bold red",
}


def shown(parse: Parse, done: tuple[Doing, ...] = ()) -> Group:
    """What `rich` prints of a parse: the marked text, its spans, who found them, in which list and what was `done` to
    them, the operators with what they bear on, the frame, all else it says."""
    spans = Table("words", "slot", "value", "by", "listed in", "because of", box=None, header_style="dim")
    marked = Text(parse.text)
    for span in parse.spans:
        style = _STYLES.get(span.slot.partition(".")[0], "bold yellow")
        marked.stylize(style, span.start, span.end)
        words = Text(parse.text[span.start : span.end], style=style)
        bears = ", ".join(f"“{parse.text[one.start : one.end]}”" for one in done if span in one.bears_on)
        listed = listed_in(parse, span)
        spans.add_row(words, span.slot, Text(span.value), span.by, "" if listed == span.by else listed, Text(bears))
    for one in done:
        marked.stylize("underline", one.start, one.end)
    frame = Table("slot", "value", box=None, header_style="dim")
    for slot, value in frame_rows(parse.frame):
        frame.add_row(slot, Text(value))
    aside = Text(style="dim")
    for name, value in _asides(parse):
        aside.append(f"{name}: {value}  ")
    return Group(marked, Text(), spans, Text(), *_operators(parse, done), frame, Text(), aside)


def _operators(parse: Parse, done: tuple[Doing, ...]) -> list[Table | Text]:
    """The operators that say more than links and fillers, with their roles and what they bear on."""
    rows = Table("operator", "is", "bears on", box=None, header_style="dim")
    for one in done:
        if one.bears_on:
            on = ", ".join(dict.fromkeys(parse.text[span.start : span.end] for span in one.bears_on))
            rows.add_row(Text(parse.text[one.start : one.end]), ", ".join(one.roles), Text(on))
    return [rows, Text()] if rows.row_count else []


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
    rows += [("not_years", ", ".join(_range(years) for years in frame.not_years))] if frame.not_years else []
    rows += [(f"role of {name}", role) for name, role in frame.roles.items()]
    rows += [("sort", frame.sort)] if frame.sort else []
    rows += [("drops", ", ".join(frame.drops))] if frame.drops else []
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
    rows += [("assumed", "; ".join(f"{one.said}: {_range(one.years)}" for one in parse.assumed))]
    rows += [("nobody knows", ", ".join(parse.unheld)), ("refines", "yes" if parse.refines else "")]
    rows += [("took", f"{parse.latency_ms:.1f} ms")]
    rows += [("language", "" if parse.language == ENGLISH else parse.language)]
    return [(name, value) for name, value in rows if value]
