"""Figures of a picture's pixels: how light, how colourful, how warm, and how light and colour are spread."""

from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.looks.errors import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pictures are measured at this width; more pixels change no figure by a hundredth.
WIDTH_PX = 160
#: Larger pictures are refused unread: they are no posters, and a small file can unfold to gigabytes.
MOST_PIXELS = 60_000_000
#: Taller than this many widths is no poster, and would be measured at an absurd height.
_MOST_HEIGHT_RATIO = 10
#: Hasler and Süsstrunk's colourfulness at which people say "extremely colourful" (their 109), taken as 1.
EXTREMELY_COLOURFUL = 109.0
#: Mean b* of CIELAB, from bluish to yellowish, that counts as fully cool or fully warm.
B_STAR_RANGE = (-20.0, 40.0)
#: L* below which a pixel is near black and above which near white.
_NEAR_BLACK, _NEAR_WHITE = 20.0, 85.0
#: Chroma (distance from grey in a*, b*) from which a colour is vivid, and the one counted as 1.
_VIVID_CHROMA, _FULL_CHROMA = 35.0, 100.0
#: sRGB to XYZ under D65 (IEC 61966-2-1), and the white point.
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], dtype=np.float32)
_WHITE = np.array([0.95047, 1.0, 1.08883], dtype=np.float32)
#: Light of each of the 256 values of an sRGB channel (IEC 61966-2-1).
_ENCODED = np.arange(256) / 255.0
_LINEAR = np.where(_ENCODED <= 0.04045, _ENCODED / 12.92, ((_ENCODED + 0.055) / 1.055) ** 2.4).astype(np.float32)

Pixels = npt.NDArray[np.uint8]
Lab = npt.NDArray[np.float32]
Details = npt.NDArray[np.float32]

#: What `details` holds, in order.
DETAILS = (
    "lightness",
    "colourfulness",
    "warmth",
    "median_lightness",
    "contrast",
    "near_black",
    "near_white",
    "chroma",
    "top_chroma",
    "vivid",
)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a picture looks, each figure 0-1: `lightness` is the mean CIELAB L* / 100, `colourfulness` that of Hasler
    and Süsstrunk (2003) over 109, `warmth` the mean CIELAB b* from bluish (0) to yellowish (1)."""

    lightness: float
    colourfulness: float
    warmth: float


def read_picture(path: Path) -> "Image":
    """The picture in a file, as RGB. Raises `PictureError` when it cannot be read or is no poster by its size."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError(f"{path.name} has {picture.width} by {picture.height} pixels, too many for a poster")
            if picture.height > _MOST_HEIGHT_RATIO * picture.width:
                raise PictureError(f"{path.name} is {picture.width} by {picture.height} pixels, no poster's shape")
            return picture.convert("RGB")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path.name} is not a picture that can be read: {error}") from error


def small_pixels(picture: "Image") -> Pixels:
    """The pixels that are measured: (height, WIDTH_PX, 3) uint8."""
    height = max(1, round(picture.height * WIDTH_PX / picture.width))
    return np.asarray(picture.resize((WIDTH_PX, height)), dtype=np.uint8)


def measure_file(path: Path) -> Looks:
    """The looks of a picture file. Raises `PictureError` when it cannot be read."""
    return measure(small_pixels(read_picture(path)))


def measure(pixels: Pixels) -> Looks:
    """The looks of sRGB pixels, (height, width, 3) uint8."""
    return _looks(pixels, _lab(pixels))


def details(pixels: Pixels) -> Details:
    """All figures that the styles are read from, named by `DETAILS`: (10,) float32, each 0-1. The first three are
    those of `measure`; then the median and the spread of L*, the shares of near-black and near-white pixels, the
    mean and the 90th percentile of chroma, and the share of vivid pixels."""
    lab = _lab(pixels)
    light, chroma = lab[:, 0], np.hypot(lab[:, 1], lab[:, 2])
    spread = (
        float(np.median(light)) / 100,
        float(light.std()) / 50,
        float((light < _NEAR_BLACK).mean()),
        float((light > _NEAR_WHITE).mean()),
        float(chroma.mean()) / _FULL_CHROMA,
        float(np.quantile(chroma, 0.9)) / _FULL_CHROMA,
        float((chroma > _VIVID_CHROMA).mean()),
    )
    return np.asarray([*astuple(_looks(pixels, lab)), *map(_unit, spread)], dtype=np.float32)


def _looks(pixels: Pixels, lab: Lab) -> Looks:
    red, green, blue = (pixels[..., channel].astype(np.float32) for channel in range(3))
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    colourfulness = spread + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean())
    low, high = B_STAR_RANGE
    return Looks(
        lightness=_unit(float(lab[:, 0].mean()) / 100),
        colourfulness=_unit(float(colourfulness) / EXTREMELY_COLOURFUL),
        warmth=_unit((float(lab[:, 2].mean()) - low) / (high - low)),
    )


def _lab(pixels: Pixels) -> Lab:
    """CIELAB of the pixels: (n, 3), L* 0-100, a*, b*."""
    relative = (_LINEAR[pixels.reshape(-1, 3)] @ _TO_XYZ.T) / _WHITE
    bent = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    x, y, z = bent.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1, dtype=np.float32)


def _unit(figure: float) -> float:
    return round(float(min(max(figure, 0.0), 1.0)), 4)
