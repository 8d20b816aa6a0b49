"""How viewers took a film, in a persona's words. The widget does the same in `widget/chat/reception.js`."""

from collections.abc import Mapping

from engine.wire import Card

#: Bounds on the shrunk sentiment of reviews (-1 to 1), and the fewest reviews that are judged. Warm is what reasons
#: call warm (`engine/signals/reviews.py`); of 350 films below the lower bound with three labelled reviews or more, 97 %
#: had a mean below the middle of the stars (Large Movie Review Dataset).
WARM_FROM, COOL_TO, REVIEWS_LEAST = 0.2, 0.05, 3


def viewers_line(card: Card, labels: Mapping[str, str]) -> str:
    """What reviews say and how many there are ("Viewers: warm, 212 reviews"); empty where they are unknown or few."""
    if card.sentiment is None or card.reviews is None or card.reviews < REVIEWS_LEAST:
        return ""
    verdict = labels[verdict_name(card.sentiment)]
    return labels["viewers"].replace("{verdict}", verdict).replace("{count}", f"{card.reviews:,}")


def verdict_name(sentiment: float) -> str:
    """The label of the verdict that a sentiment (-1 to 1) amounts to."""
    if sentiment >= WARM_FROM:
        return "viewers_warm"
    return "viewers_cool" if sentiment <= COOL_TO else "viewers_mixed"
