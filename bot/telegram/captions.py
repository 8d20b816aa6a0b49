"""A film as the caption under its picture."""

from bot.looks import look_line
from bot.reception import viewers_line
from bot.telegram.limits import CAPTION_MAX_UNITS
from bot.telegram.texts import cut, html, units
from bot.telegram.words import Words, runtime
from engine.wire import Card

_TITLE_UNITS = 200
_FACTS_UNITS = 200
_MEASURES_UNITS = 200
_REASON_UNITS = 400
_CREDIT_UNITS = 200
#: Less of a story than this says nothing.
_STORY_UNITS_MIN = 40
_BETWEEN = " · "


def caption(card: Card, *, place: int | None, words: Words) -> str:
    """Title, facts, look and reviews, the reason and, folded away, the story, as HTML of at most 1,024 visible units,
    among which `credit_line` has its room.

    place: 1 for the first of its row, as "the first one" means it; None for a film alone.
    """
    year = f" ({card.year})" if card.year else ""
    head = f"{place}. " if place else ""
    title = cut(card.title, at_most=_TITLE_UNITS)
    facts = cut(_BETWEEN.join(_facts(card, words)), at_most=_FACTS_UNITS)
    measures = cut(_BETWEEN.join(_measures(card, words)), at_most=_MEASURES_UNITS)
    # What is owed goes before what is told.
    credit = units(credit_line(card, words))
    reason = cut(card.reason.strip(), at_most=_REASON_UNITS - credit)
    lines = [f"{head}<b>{html(title)}</b>{year}"]
    lines += [html(facts)] if facts else []
    lines += [html(measures)] if measures else []
    lines += [f"\n<i>{html(reason)}</i>"] if reason else []
    # Each line may cost its break as well; the blank line before the reason is in the allowance.
    taken = units(head + title + year) + units(facts) + units(measures) + units(reason) + credit + 10
    story = card.synopsis.strip()
    if story and CAPTION_MAX_UNITS - taken >= _STORY_UNITS_MIN:
        lines.append(f"<blockquote expandable>{html(cut(story, at_most=CAPTION_MAX_UNITS - taken))}</blockquote>")
    return "\n".join(lines)


def credit_line(card: Card, words: Words) -> str:
    """Whom the poster is credited to, as plain text for the end of the caption where the poster is shown; "" where
    nobody asks for it."""
    if not card.poster_credit:
        return ""
    return cut(words.labels["poster_credit"].replace("{owner}", card.poster_credit), at_most=_CREDIT_UNITS)


def _measures(card: Card, words: Words) -> list[str]:
    return [line for line in (look_line(card, words.labels), viewers_line(card, words.labels)) if line]


def _facts(card: Card, words: Words) -> list[str]:
    known = [
        card.certification or "",
        runtime(words, card.runtime_min) if card.runtime_min else "",
        ", ".join(card.genres[:3]),
        ", ".join(card.directors[:2]),
    ]
    return [fact for fact in known if fact]
