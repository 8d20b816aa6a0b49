"""Holding one answer against what is expected of it. Pure: a turn and what went before in, misses out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.evaluation.conversation import Expect, Never, filled
from bot.evaluation.films import CardWish, exceeds, mean_of, misses
from bot.evaluation.frames import holds_any, lacks
from bot.evaluation.story import Story
from bot.evaluation.values import finds
from bot.gateway.turn import FAULT, Turn
from engine.wire import Card

#: A placeholder that nobody filled, in words that a person reads.
_UNFILLED = re.compile(r"\{[a-z_]*\}")
#: Two means this close are the same film again, not a movement.
_MOVED_MIN = 1e-6


@dataclass(frozen=True, slots=True)
class Miss:
    """One expectation that did not hold: its name, and what was wanted and found, in words."""

    expectation: str
    said: str

    def __str__(self) -> str:
        return f"{self.expectation}: {self.said}"


def check(turn: Turn, *, expect: Expect, never: Never, before: Story) -> tuple[Miss, ...]:
    """Everything that is wrong with an answer; empty when it keeps to all. `before` ends with the turn before."""
    return (
        *_always(turn, expect),
        *_never(turn, never),
        *_words(turn, expect, before),
        *_frame(turn, expect),
        *_cards(turn, expect),
        *_against(turn, expect, before),
    )


def _always(turn: Turn, expect: Expect) -> Iterator[Miss]:
    if turn.intent.name == FAULT and FAULT not in expect.intent:
        yield Miss("answered", "the turn failed and the person got an apology")
    if not (turn.cards or any(reply.strip() for reply in turn.replies)):
        yield Miss("answered", "neither words nor films")
    for words in (*turn.replies, *(card.reason for card in turn.cards), *(chip.title for chip in turn.quick_replies)):
        if unfilled := _UNFILLED.search(words):
            yield Miss("answered", f"{unfilled[0]} was not filled in: {words}")
    ids = [card.movie_id for card in turn.cards]
    if len(set(ids)) < len(ids):
        yield Miss("answered", "the same film twice in one answer")


def _never(turn: Turn, never: Never) -> Iterator[Miss]:
    limit = never.certification_above
    for card in turn.cards:
        if limit is not None and exceeds(card.certification, limit):
            yield Miss("never", f"{named(card)} is above {limit}")
        for kind, unwanted, has in (
            ("genre", never.genres, card.genres),
            ("mood", never.moods, card.moods),
            ("theme", never.themes, card.themes),
            ("title", never.titles, (card.title,)),
        ):
            if found := [word for word in has if word in unwanted]:
                yield Miss("never", f"{named(card)} has the {kind} {', '.join(found)}")
    for pattern in never.replies:
        if finds(pattern, _replies(turn)):
            yield Miss("never", f"a reply holds /{pattern}/")


def _words(turn: Turn, expect: Expect, before: Story) -> Iterator[Miss]:
    if expect.intent and turn.intent.name not in expect.intent:
        wanted = " or ".join(expect.intent)
        yield Miss("intent", f"wanted {wanted}, got {turn.intent.name} ({turn.intent.confidence:.2f})")
    said = _replies(turn)
    titles = {name: re.escape(title) for name, title in before.titles.items()}
    for pattern in expect.replies_match:
        if not finds(filled(pattern, titles), said):
            yield Miss("replies_match", f"no reply holds /{filled(pattern, before.titles)}/")
    for pattern in expect.replies_without:
        if finds(filled(pattern, titles), said):
            yield Miss("replies_without", f"a reply holds /{filled(pattern, before.titles)}/")
    yield from _some(expect.relaxed, turn.relaxed, name="relaxed")
    yield from _some(expect.quick_replies, tuple(chip.title for chip in turn.quick_replies), name="quick_replies")


def _some(wanted: str | None, has: tuple[str, ...], *, name: str) -> Iterator[Miss]:
    found = "; ".join(has) or "nothing"
    match wanted:
        case None:
            return
        case "none":
            met = not has
        case "some":
            met = bool(has)
        case pattern:
            met = any(finds(pattern, words) for words in has)
    if not met:
        yield Miss(name, f"wanted {wanted}, got {found}")


def _frame(turn: Turn, expect: Expect) -> Iterator[Miss]:
    for path, has in lacks(expect.frame, turn.frame):
        yield Miss("frame", f"{path}: wanted {expect.frame[path]}, got {has}")
    for path, words in holds_any(expect.frame_without, turn.frame):
        yield Miss("frame_without", f"{path} holds {', '.join(words)}")


def _cards(turn: Turn, expect: Expect) -> Iterator[Miss]:
    cards = turn.cards
    if expect.cards is not None and not expect.cards.holds(len(cards)):
        yield Miss("cards", f"wanted {expect.cards}, got {len(cards)}")
    if expect.every_card is not None:
        for card in cards:
            for missed in misses(expect.every_card, card):
                yield Miss("every_card", f"{named(card)}: {missed}")
    if expect.first_card is not None:
        yield from _first(cards, expect.first_card)
    if expect.some_card is not None and not any(_fits(expect.some_card, card) for card in cards):
        yield Miss("some_card", f"none of {_listed(cards)} fits {_wish(expect.some_card)}")
    if expect.no_card is not None:
        for card in cards:
            if _fits(expect.no_card, card):
                yield Miss("no_card", f"{named(card)} fits {_wish(expect.no_card)}")
    if expect.reason_each:
        for card in cards:
            if not (card.reason.strip() and card.evidence):
                yield Miss("reason_each", f"{named(card)} has no {'reason' if not card.reason.strip() else 'evidence'}")


def _first(cards: tuple[Card, ...], wish: CardWish) -> Iterator[Miss]:
    if not cards:
        yield Miss("first_card", "there is no card")
        return
    for missed in misses(wish, cards[0]):
        yield Miss("first_card", f"{named(cards[0])}: {missed}")


def _against(turn: Turn, expect: Expect, before: Story) -> Iterator[Miss]:
    if expect.no_repeats:
        for card in turn.cards:
            if card.movie_id in before.shown:
                yield Miss("no_repeats", f"{named(card)} was shown before")
    for name, direction in expect.than_before.items():
        then, now = mean_of(before.table, name), mean_of(turn.cards, name)
        moved = now - then if then is not None and now is not None else 0.0
        if (moved if direction == "higher" else -moved) <= _MOVED_MIN:
            yield Miss("than_before", f"{name}: wanted {direction}, went from {_figure(then)} to {_figure(now)}")
    here = {card.movie_id for card in turn.cards} | {card.title.casefold() for card in turn.cards}
    for which in expect.shows:
        if (before.movie_id(which) or which.casefold()) not in here:
            yield Miss("shows", f"{which} is not among {_listed(turn.cards)}")
    for which in expect.shows_not:
        if (before.movie_id(which) or which.casefold()) in here:
            yield Miss("shows_not", f"{which} is among {_listed(turn.cards)}")


def named(card: Card) -> str:
    """A card in a report."""
    return f"{card.title} ({card.year or '?'}, {card.certification or '?'})"


def _fits(wish: CardWish, card: Card) -> bool:
    return next(misses(wish, card), None) is None


def _wish(wish: CardWish) -> str:
    return ", ".join(f"{name} {value}" for name, value in wish.model_dump(exclude_defaults=True).items())


def _listed(cards: tuple[Card, ...]) -> str:
    return ", ".join(map(named, cards)) or "no cards"


def _figure(figure: float | None) -> str:
    return "unknown" if figure is None else f"{figure:.2f}"


def _replies(turn: Turn) -> str:
    return "\n".join(turn.replies)
