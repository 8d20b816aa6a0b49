"""How a poster looks by its measured figures: in a persona's words, and as a bar of colours.

The widget does the same in `widget/chat/looks.js`; a test in tests/widget holds the two together.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.wire import Card


class Colour(NamedTuple):
    """An sRGB colour, each channel 0-255."""

    red: int
    green: int
    blue: int


class _Scale(NamedTuple):
    """A figure with two words, and the bounds from which on they may be said."""

    figure: str
    much: str
    much_from: float
    little: str
    little_to: float


#: The bounds are those that reasons keep to (`engine/signals/poster.py`).
_SCALES = (
    _Scale("lightness", "look_bright", 0.5, "look_dark", 0.4),
    _Scale("colourfulness", "look_colourful", 0.45, "look_muted", 0.3),
    _Scale("warmth", "look_warm", 0.5, "look_cool", 0.35),
)
#: The probability from which a poster is called moody, as in reasons.
_MOODY_FROM = 0.8
#: CIELAB chroma of the bar for a grey poster and for the most colourful one; the hues of warm and cool, in degrees.
_CHROMA_MIN, _CHROMA_MAX = 4.0, 74.0
_WARM_HUE, _COOL_HUE = 65.0, 262.0
#: Share of the bar in which warm turns into cool.
_TURN = 0.24
#: Steps in which a colour gives up chroma until a screen can show it.
_CHROMA_STEPS = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """A look as colours. Both ends have the poster's mean lightness and a chroma as high as the poster is colourful;
    the first `warm_share` (0-1) of the bar is warm, the rest cool."""

    warm: Colour
    cool: Colour
    warm_share: float

    def cells(self, n: int) -> tuple[Colour, ...]:
        """The bar in n pieces, from its warm end to its cool one."""
        return tuple(_mixed(self.warm, self.cool, self._coolness((at + 0.5) / n)) for at in range(n))

    def _coolness(self, place: float) -> float:
        return min(max((place - self.warm_share) / _TURN + 0.5, 0.0), 1.0)


def bar_of(card: Card) -> Bar | None:
    """The bar of a card's poster; None where its lightness or colourfulness is not measured, grey where only its
    warmth is not."""
    if card.lightness is None or card.colourfulness is None:
        return None
    lightness = card.lightness * 100
    chroma = 0.0 if card.warmth is None else _CHROMA_MIN + (_CHROMA_MAX - _CHROMA_MIN) * card.colourfulness
    share = 0.5 if card.warmth is None else card.warmth
    return Bar(rgb_of_lch(lightness, chroma, _WARM_HUE), rgb_of_lch(lightness, chroma, _COOL_HUE), share)


def look_names(card: Card) -> tuple[str, ...]:
    """The labels of what stands out in the look ("look_bright"): "look_even" where nothing does, none where nothing
    is measured."""
    known = [(scale, figure) for scale in _SCALES if (figure := getattr(card, scale.figure)) is not None]
    found = [
        scale.much if figure >= scale.much_from else scale.little
        for scale, figure in known
        if figure >= scale.much_from or figure <= scale.little_to
    ]
    if card.dark_moody is not None and card.dark_moody >= _MOODY_FROM:
        found.append("look_moody")
    return tuple(found) if found or not known else ("look_even",)


def look_line(card: Card, labels: Mapping[str, str]) -> str:
    """The look in the persona's words ("Look: bright, warm"); empty where nothing is measured."""
    names = look_names(card)
    words = ", ".join(labels[name] for name in names)
    return labels["look"].replace("{words}", words) if names else ""


def rgb_of_lch(lightness: float, chroma: float, hue_degrees: float) -> Colour:
    """The sRGB colour of CIELAB's L* (0-100), chroma and hue under D65 (CSS Color 4, sample code of section 18). What
    no screen shows gives up chroma, and keeps lightness and hue."""
    hue = math.radians(hue_degrees)
    channels: tuple[float, ...] = ()
    for step in range(_CHROMA_STEPS + 1):
        kept = chroma * (1 - step / _CHROMA_STEPS)
        channels = _linear(lightness, kept * math.cos(hue), kept * math.sin(hue))
        if all(-1e-6 <= channel <= 1 + 1e-6 for channel in channels):
            break
    red, green, blue = (round(255 * _bent(min(max(channel, 0.0), 1.0))) for channel in channels)
    return Colour(red, green, blue)


def _linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    y = (lightness + 16) / 116
    x, y, z = (_unbent(value) * white for value, white in zip((y + a / 500, y, y - b / 200), _WHITE, strict=True))
    return (
        3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
        -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
    )


#: D65, 2 degrees.
_WHITE = (0.95047, 1.0, 1.08883)


def _unbent(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _bent(channel: float) -> float:
    return float(12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    return Colour(*(round(start + (end - start) * share) for start, end in zip(one, other, strict=True)))
