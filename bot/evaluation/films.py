"""What a card must be, and the movement from one round of cards to the next."""

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.evaluation.values import (
    Axis,
    Certifications,
    Direction,
    Genres,
    Measure,
    Moods,
    Part,
    Pattern,
    Range,
    Themes,
    Words,
    finds,
)
from engine.wire import Card
from persona_configs.vocabulary import CERTIFICATIONS, axes

_FIGURES = ("year", "runtime_min", "lightness", "colourfulness", "vintage", "sentiment")
_TONE = "tone."


def _figure_name(name: str) -> str:
    if name in _FIGURES or (name.startswith(_TONE) and name.removeprefix(_TONE) in axes()):
        return name
    raise ValueError(f"'{name}' is not a figure of a card: {', '.join(_FIGURES)} or tone.AXIS")


Figure = Annotated[str, AfterValidator(_figure_name)]
Movement = dict[Figure, Direction]


class CardWish(Part):
    """What a card must be: every field that is given must hold, and an unknown fact never does."""

    title: Words = ()
    """One of these titles."""
    certification: Certifications = ()
    """One of these."""
    genres_any: Genres = ()
    genres_all: Genres = ()
    genres_without: Genres = ()
    moods_any: Moods = ()
    moods_without: Moods = ()
    themes_any: Themes = ()
    themes_without: Themes = ()
    countries_any: Words = ()
    """ISO 3166-1 codes, as on the card."""
    languages_any: Words = ()
    """ISO 639-1 codes, as on the card."""
    directors_any: Words = ()
    people_any: Words = ()
    """Among directors or cast."""
    awards: Pattern | None = None
    """A pattern that one of the awards must hold."""
    year: Range = (None, None)
    """From and to, both included, null for an open end."""
    runtime_max: int | None = None
    """Minutes."""
    tone: dict[Axis, Measure] = Field(default_factory=dict)
    lightness: Measure | None = None
    colourfulness: Measure | None = None
    vintage: Measure | None = None
    reason: Pattern | None = None
    """A pattern that the card's reason must hold."""


def misses(wish: CardWish, card: Card) -> Iterator[str]:
    """What the card does not keep to, as "genres_any [Comedy]: it has Drama, War"; nothing when it keeps to all."""
    yield from _words_missed(wish, card)
    yield from _figures_missed(wish, card)
    if wish.awards and not any(finds(wish.awards, award) for award in card.awards):
        yield _said("awards", wish.awards, card.awards)
    if wish.reason and not finds(wish.reason, card.reason):
        yield _said("reason", wish.reason, (card.reason,))


def _words_missed(wish: CardWish, card: Card) -> Iterator[str]:
    people = (*card.directors, *card.cast)
    any_of: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("title", wish.title, (card.title,)),
        ("certification", wish.certification, (card.certification,) if card.certification else ()),
        ("genres_any", wish.genres_any, card.genres),
        ("moods_any", wish.moods_any, card.moods),
        ("themes_any", wish.themes_any, card.themes),
        ("countries_any", wish.countries_any, card.countries),
        ("languages_any", wish.languages_any, card.languages),
        ("directors_any", wish.directors_any, card.directors),
        ("people_any", wish.people_any, people),
    )
    for field, wanted, has in any_of:
        if wanted and not set(wanted) & set(has):
            yield _said(field, wanted, has)
    if not set(wish.genres_all) <= set(card.genres):
        yield _said("genres_all", wish.genres_all, card.genres)
    without = (
        ("genres_without", wish.genres_without, card.genres),
        ("moods_without", wish.moods_without, card.moods),
        ("themes_without", wish.themes_without, card.themes),
    )
    for field, unwanted, has in without:
        if set(unwanted) & set(has):
            yield _said(field, unwanted, has)


def _figures_missed(wish: CardWish, card: Card) -> Iterator[str]:
    first, last = wish.year
    if wish.year != (None, None) and not (
        card.year is not None and (first is None or card.year >= first) and (last is None or card.year <= last)
    ):
        yield _said("year", (f"{first or '…'}–{last or '…'}",), (card.year,))
    if wish.runtime_max is not None and not (card.runtime_min is not None and card.runtime_min <= wish.runtime_max):
        yield _said("runtime_max", (wish.runtime_max,), (card.runtime_min,))
    bounds = {f"{_TONE}{axis}": bound for axis, bound in wish.tone.items()}
    bounds |= {name: bound for name in _FIGURES if (bound := getattr(wish, name, None)) and name != "year"}
    for name, bound in bounds.items():
        if not bound.holds(figure := figure_of(card, name)):
            yield _said(name, (bound,), (figure,))


def figure_of(card: Card, name: str) -> float | None:
    """A card's figure by its name, None where it is unknown."""
    if name.startswith(_TONE):
        return card.tone.get(name.removeprefix(_TONE))
    figure: float | None = getattr(card, name)
    return figure


def mean_of(cards: Sequence[Card], name: str) -> float | None:
    """The mean of the cards' known figures, None where none is known."""
    known = [figure for card in cards if (figure := figure_of(card, name)) is not None]
    return fmean(known) if known else None


def exceeds(certification: str | None, limit: str) -> bool:
    """Whether a certification is above the limit; an unknown one, or a film that is not rated, is."""
    if certification not in CERTIFICATIONS:
        return True
    return CERTIFICATIONS.index(certification) > CERTIFICATIONS.index(limit)


def _said(field: str, wanted: object, has: Sequence[object]) -> str:
    listed = ", ".join(str(word) for word in has if word is not None) or "nothing"
    asked = ", ".join(map(str, wanted)) if isinstance(wanted, tuple) else str(wanted)
    return f"{field} [{asked}]: it has {listed}"
