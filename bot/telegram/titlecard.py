"""A title card as a picture: what a film without a poster is shown with. The same film always gets the same card."""

import colorsys
import hashlib
import io
import random
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from bot.looks import bar_of
from engine.wire import Card

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH_PX, HEIGHT_PX = 960, 540
#: Drawn larger and scaled down, which smooths edges.
_SCALE = 2
_MARGIN_PX = 64
_TITLE_PX = (92, 76, 60, 48, 38)
_TITLE_LINES = 3
_FOOT_PX = 30
#: The bar that shows the look of the real poster, at the right of the foot.
_LOOK_PX, _LOOK_CELLS = (240, 14), 60
_FONTS = "font_source_serif_pro"
#: Degrees on the colour wheel by genre: warm for comfort, green for the outdoors, blue to violet for the strange.
_HUES = {
    "Action": 12, "Adventure": 150, "Animation": 48, "Biography": 30, "Comedy": 40, "Crime": 225, "Documentary": 190,
    "Drama": 8, "Family": 60, "Fantasy": 280, "Film Noir": 230, "History": 28, "Horror": 355, "Music": 320,
    "Musical": 330, "Mystery": 255, "Romance": 345, "Science Fiction": 210, "Sport": 130, "Thriller": 200, "War": 95,
    "Western": 24,
}  # fmt: skip
_GOLD, _CORAL, _TEAL = 42, 12, 182
_WARM_FROM, _WARM_TO = 330, 75
#: From this lightness of the real poster on, the card has a light ground.
_LIGHT_FROM = 0.5
Colour = tuple[int, int, int]


def draw_title_card(card: Card) -> bytes:
    """The card as PNG, 960 by 540. What the font lacks letters for is left out."""
    # Loaded with the first card that is drawn: a gateway without Telegram never needs it.
    from PIL import Image, ImageDraw

    chance = random.Random(hashlib.sha256(card.movie_id.encode()).digest())  # noqa: S311 - decoration
    hue = next((_HUES[genre] for genre in card.genres if genre in _HUES), chance.uniform(0, 360))
    hue = (hue + chance.uniform(-12, 12)) % 360
    is_light = (card.lightness if card.lightness is not None else chance.uniform(0, 0.75)) >= _LIGHT_FROM
    strength = 0.25 + 0.5 * (card.colourfulness if card.colourfulness is not None else chance.uniform(0.25, 0.75))
    picture = Image.new(
        "RGB", (WIDTH_PX * _SCALE, HEIGHT_PX * _SCALE), _colour(hue, 0.9 if is_light else 0.16, strength)
    )
    pen = ImageDraw.Draw(picture)
    _rounds(pen, chance, hue=hue, strength=strength, is_light=is_light)
    ink = _colour(hue, 0.12 if is_light else 0.94, 0.3)
    _words(pen, card, ink=ink)
    _look(pen, card, rim=ink)
    file = io.BytesIO()
    picture.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _colour(hue_degrees: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue_degrees / 360, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _rounds(pen: "ImageDraw", chance: random.Random, *, hue: float, strength: float, is_light: bool) -> None:
    """Rounds that meet at the right edge, and one small loud one: a lamp behind the curtain."""
    tones = (0.84, 0.77) if is_light else (0.21, 0.27)
    x, y = WIDTH_PX * chance.uniform(0.74, 0.88), HEIGHT_PX * chance.uniform(0.5, 0.66)
    for reach, tone in ((320, tones[0]), (210, tones[1])):
        _disc(pen, x, y, reach, _colour(hue, tone, strength))
        x, y = x + chance.uniform(-70, 40), y + chance.uniform(0, 60)
    _disc(pen, x, y, 48, _colour(_spot_hue(hue, is_light=is_light), 0.58, 0.7))


def _spot_hue(hue: float, *, is_light: bool) -> float:
    """Lamp gold on a dark ground; on a light one coral, or teal where the ground is warm itself."""
    if not is_light:
        return _GOLD
    return _TEAL if hue <= _WARM_TO or hue >= _WARM_FROM else _CORAL


def _disc(pen: "ImageDraw", x: float, y: float, reach: float, colour: Colour) -> None:
    left, top, right, bottom = x - reach, y - reach, x + reach, y + reach
    pen.ellipse((left * _SCALE, top * _SCALE, right * _SCALE, bottom * _SCALE), fill=colour)


def _words(pen: "ImageDraw", card: Card, *, ink: Colour) -> None:
    width_px = (WIDTH_PX - 2 * _MARGIN_PX) * _SCALE
    for size_px in _TITLE_PX:
        font = _font("Bold", size_px)
        lines = _wrapped(card.title, font, width_px)
        if len(lines) <= _TITLE_LINES and all(font.getlength(line) <= width_px for line in lines):
            break
    if _has_letters(font, card.title):
        text = "\n".join(lines[:_TITLE_LINES])
        pen.multiline_text((_MARGIN_PX * _SCALE, _MARGIN_PX * _SCALE), text, font=font, fill=ink, spacing=12 * _SCALE)
    small = _font("Regular", _FOOT_PX)
    foot = (part for part in (str(card.year or ""), *card.directors[:1]) if part and _has_letters(small, part))
    at = (_MARGIN_PX * _SCALE, (HEIGHT_PX - _MARGIN_PX) * _SCALE)
    pen.text(at, "  ·  ".join(foot), font=small, fill=ink, anchor="ls")


def _look(pen: "ImageDraw", card: Card, *, rim: Colour) -> None:
    """The measured look as a bar with a rim, so that it shows on a ground of its own colour; none where unknown."""
    if (bar := bar_of(card)) is None:
        return
    width, height = _LOOK_PX
    left, top = WIDTH_PX - _MARGIN_PX - width, HEIGHT_PX - _MARGIN_PX - height
    pen.rectangle(_scaled(left - 2, top - 2, left + width + 2, top + height + 2), fill=rim)
    step = width / _LOOK_CELLS
    for at, cell in enumerate(bar.cells(_LOOK_CELLS)):
        pen.rectangle(_scaled(left + at * step, top, left + (at + 1) * step, top + height), fill=cell)


def _scaled(*edges: float) -> tuple[float, ...]:
    return tuple(edge * _SCALE for edge in edges)


def _font(weight: str, size_px: int) -> "FreeTypeFont":
    from PIL import ImageFont

    with as_file(files(_FONTS) / "files" / f"SourceSerifPro-{weight}.ttf") as path:
        return ImageFont.truetype(str(path), size_px * _SCALE, layout_engine=ImageFont.Layout.BASIC)


def _wrapped(title: str, font: "FreeTypeFont", width_px: int) -> list[str]:
    lines: list[str] = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width_px:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _has_letters(font: "FreeTypeFont", text: str) -> bool:
    """Whether the font knows every letter, by comparing with what it draws for a letter that no font has."""
    unknown = bytes(font.getmask("\uffff"))
    return all(char.isspace() or bytes(font.getmask(char)) != unknown for char in set(text))
