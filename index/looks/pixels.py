"""Figures of a picture's pixels: how light, how colourful, how warm."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import IndexingError

#: Pictures are measured at this width; more pixels change no figure by a hundredth.
WIDTH_PX = 160
#: Hasler and Süsstrunk's colourfulness at which people say "extremely colourful" (their 109), taken as 1.
EXTREMELY_COLOURFUL = 109.0
#: Mean b* of CIELAB, from bluish to yellowish, that counts as fully cool or fully warm.
B_STAR_RANGE = (-20.0, 40.0)
#: sRGB to XYZ under D65 (IEC 61966-2-1), and the white point.
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.95047, 1.0, 1.08883])

Pixels = npt.NDArray[np.uint8]


class PictureError(IndexingError):
    """A file is not a picture that can be read."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How a picture looks, each figure 0-1: `lightness` is the mean CIELAB L* / 100, `colourfulness` that of Hasler
    and Süsstrunk (2003) over 109, `warmth` the mean CIELAB b* from bluish (0) to yellowish (1)."""

    lightness: float
    colourfulness: float
    warmth: float


def measure_file(path: Path) -> Looks:
    """The looks of a picture file. Raises `PictureError` when it cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            height = max(1, round(picture.height * WIDTH_PX / picture.width))
            small = picture.convert("RGB").resize((WIDTH_PX, height))
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise PictureError(f"{path.name} is not a picture that can be read: {error}") from error
    return measure(np.asarray(small, dtype=np.uint8))


def measure(pixels: Pixels) -> Looks:
    """The looks of sRGB pixels, (height, width, 3) uint8."""
    lightness, b_star = _lightness_and_b_star(pixels)
    red, green, blue = (pixels[..., channel].astype(np.float64) for channel in range(3))
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    colourfulness = spread + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean())
    low, high = B_STAR_RANGE
    return Looks(
        lightness=_unit(lightness / 100),
        colourfulness=_unit(colourfulness / EXTREMELY_COLOURFUL),
        warmth=_unit((b_star - low) / (high - low)),
    )


def _lightness_and_b_star(pixels: Pixels) -> tuple[float, float]:
    encoded = pixels.reshape(-1, 3) / 255.0
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    relative = (linear @ _TO_XYZ.T) / _WHITE
    bent = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    return float((116 * bent[:, 1] - 16).mean()), float((200 * (bent[:, 1] - bent[:, 2])).mean())


def _unit(figure: float) -> float:
    return round(float(min(max(figure, 0.0), 1.0)), 4)
