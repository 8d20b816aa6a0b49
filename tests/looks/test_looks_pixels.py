"""Figures of pixels whose right answer is known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from index.looks.errors import PictureError
from index.looks.pixels import DETAILS, MOST_PIXELS, details, measure, measure_file, read_picture, small_pixels


def filled(red: int, green: int, blue: int) -> np.ndarray:
    return np.full((6, 4, 3), (red, green, blue), dtype=np.uint8)


# L* of the sRGB corners under D65, as colour science tables give them.
@pytest.mark.parametrize(
    ("colour", "l_star"),
    [((0, 0, 0), 0.0), ((255, 255, 255), 100.0), ((255, 0, 0), 53.24), ((0, 255, 0), 87.73), ((0, 0, 255), 32.30)],
)
def test_lightness_is_that_of_the_colour_tables(colour: tuple[int, int, int], l_star: float) -> None:
    assert measure(filled(*colour)).lightness == pytest.approx(l_star / 100, abs=5e-4)


@given(st.integers(0, 255))
def test_grey_has_no_colour(level: int) -> None:
    found = dict(zip(DETAILS, details(filled(level, level, level)), strict=True))
    assert found["colourfulness"] == found["vivid"] == 0
    assert found["chroma"] < 0.002
    assert found["contrast"] == pytest.approx(0, abs=1e-4)


def test_colourfulness_follows_its_formula() -> None:
    pixels = np.zeros((2, 2, 3), dtype=np.uint8)
    pixels[0] = (255, 0, 0)
    pixels[1] = (0, 0, 255)
    # red-green 255 and 0, yellow-blue 127.5 and -255: spreads 127.5 and 191.25, means 127.5 and -63.75
    expected = np.hypot(127.5, 191.25) + 0.3 * np.hypot(127.5, 63.75)
    assert expected > 109
    assert measure(pixels).colourfulness == 1.0
    dull = (pixels // 5).astype(np.uint8)
    assert measure(dull).colourfulness == pytest.approx(expected / 5 / 109, abs=1e-3)


def test_warm_is_yellowish_and_cool_bluish() -> None:
    warm, cool = measure(filled(230, 180, 60)).warmth, measure(filled(60, 120, 230)).warmth
    assert cool == 0.0 < warm


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_where_pixels_stand_changes_nothing(colours: list[tuple[int, int, int]], chance: object) -> None:
    shuffled = list(colours)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (details(np.array([each], dtype=np.uint8)) for each in (colours, shuffled))
    assert one == pytest.approx(other, abs=2e-4)
    assert ((one >= 0) & (one <= 1)).all()


def test_the_first_details_are_the_looks() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (20, 10, 3), dtype=np.uint8)
    looks = measure(pixels)
    assert details(pixels)[:3] == pytest.approx([looks.lightness, looks.colourfulness, looks.warmth])


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "CMYK", "1"])
def test_every_kind_of_picture_is_read(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("poster.tiff" if mode == "CMYK" else "poster.png")
    Image.new(mode, (40, 60)).save(path)
    assert small_pixels(read_picture(path)).shape == (240, 160, 3)


def garbage(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0 this is no picture" * 20)


def cut_short(path: Path) -> None:
    Image.effect_noise((200, 300), 80).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:2000])


def too_large(path: Path) -> None:
    Image.new("1", (10_000, MOST_PIXELS // 10_000 + 1)).save(path, "PNG")


def a_ribbon(path: Path) -> None:
    Image.new("L", (3, 4000)).save(path, "PNG")


@pytest.mark.parametrize("spoil", [garbage, cut_short, too_large, a_ribbon, Path.touch, Path.mkdir])
def test_what_is_no_poster_is_refused_by_its_name(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "tt42.jpg"
    spoil(path)  # type: ignore[operator]
    with pytest.raises(PictureError, match=r"tt42\.jpg"):
        measure_file(path)
