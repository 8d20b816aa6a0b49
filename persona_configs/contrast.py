"""Contrast of two colours, as WCAG 2.2 defines it."""

#: Success criterion 1.4.3 (AA), normal text.
TEXT_CONTRAST_MIN = 4.5


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1] of a colour written #rrggbb."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio in [1, 21] of two colours written #rrggbb; the order does not matter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
