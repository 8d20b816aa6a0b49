"""How a persona looks and talks, on a terminal."""

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from persona_configs.contrast import contrast
from persona_configs.keys import USAGE, Phrase
from persona_configs.phrases import say, variants
from persona_configs.schema import Palette, Persona

#: What stands for each placeholder in a sample.
_SAMPLES = {
    "id": "4f2a91c07d33be10", "seconds": "12", "limit": "PG", "title": "Paddington 2", "count": "two",
    "wishes": "“from the 1990s”", "wish": "horror", "reasons": "It is as kind as it is funny.",
    "said": "when my parents were young", "meant": "from the 1970s",
    "facts": "2017, PG, 103 minutes, directed by Paul King", "synopsis": "A bear is wrongly accused.",
    "summary": "your mood is mostly cosy and witty.", "words": "cosy and witty", "names": "Ben Whishaw",
    "axis": "less scary", "award": "the Palme d'Or at Cannes (2019)", "year": "1994", "minutes": "95",
    "certification": "PG", "verdict": "warm", "owner": "TMDB", "greeting": "Ravi de te lire ! Je ne parle qu'anglais.",
}  # fmt: skip
_LEVELS = ("no", "at most mild", "at most moderate", "any")


def limits_in_words(persona: Persona) -> list[str]:
    """What the persona never shows, one plain phrase for each limit; empty when it has none."""
    limits = persona.limits
    said = []
    if limits.certification_max:
        said.append(f"nothing above {limits.certification_max}, nothing unrated")
    said += [f"no {genre.lower()}" for genre in limits.banned_genres]
    if limits.banned_themes:
        said.append(f"not about {', '.join(theme.replace('-', ' ') for theme in limits.banned_themes)}")
    said += [f"{_LEVELS[level]} {kind}" for kind, level in limits.content_max.items()]
    if limits.banned_movies:
        said.append(f"{len(limits.banned_movies)} films by name")
    return said


def show(persona: Persona, console: Console) -> None:
    """Prints the persona's face, limits, leanings, colours and a sample of every phrase."""
    # Text, not markup: a persona's words may hold square brackets.
    head = Text(f"{persona.look.avatar}  {persona.display_name}\n", style="bold")
    head.append(f"{persona.tagline}\n\n{persona.about}", style="not bold")
    console.print(Panel(head, expand=False))
    console.print(Text("Never shows: " + ("; ".join(limits_in_words(persona)) or "no limits")))
    leaning = {**persona.leaning.moods, **persona.leaning.themes, **persona.leaning.genres}
    gladly = [name for name, weight in sorted(leaning.items(), key=lambda item: -item[1]) if weight > 0]
    console.print(Text("Leans to: " + (", ".join(gladly) or "nothing in particular")))
    console.print(Text("Starters: " + " | ".join(persona.starters)))
    look = persona.look
    for scheme, palette in (("light", look.light), ("dark", look.dark)):
        console.print(_swatches(palette, title=f"{scheme}: radius {look.radius_px} px, {look.font}"))
    console.print(_phrases(persona))


def _swatches(palette: Palette, *, title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("colour", "value", "", "contrast"):
        table.add_column(column)
    for name, colour in palette:
        ground = "primary" if name == "on_primary" else "background"
        ratio = f"{contrast(colour, getattr(palette, ground)):.1f} to 1 on {ground}" if name != ground else ""
        table.add_row(name, colour, Text("      ", style=f"on {colour}"), ratio)
    return table


def _phrases(persona: Persona) -> Table:
    table = Table(title="what it says", title_justify="left")
    for column in ("phrase", "when", "variants", "sample"):
        table.add_column(column)
    for phrase in Phrase:
        values = {name: _SAMPLES[name] for name in USAGE[phrase].may}
        own = "" if phrase in persona.voice.phrases else " (base)"
        sample = Text(say(persona, phrase, seed="preview", nth=0, **values))
        table.add_row(phrase.value, Text(USAGE[phrase].when), f"{len(variants(persona, phrase))}{own}", sample)
    return table
