"""Text as Telegram takes it: measured in UTF-16 units, escaped as HTML, cut where words end."""

from html import escape

_ELLIPSIS = "…"


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def html(text: str) -> str:
    """The text with nothing in it that HTML would read."""
    return escape(text, quote=False)


def cut(text: str, *, at_most: int) -> str:
    """The text, or its beginning up to the end of a word with an ellipsis; at most `at_most` units (≥ 1)."""
    if units(text) <= at_most:
        return text
    head = _head(text, at_most - 1)
    at_word = head[: head.rfind(" ")] if " " in head[len(head) // 2 :] else head
    return at_word.rstrip(" ,;:.-") + _ELLIPSIS


def pieces(text: str, *, at_most: int) -> tuple[str, ...]:
    """The whole text in pieces of at most `at_most` units, split after a line, else a word, else anywhere."""
    found: list[str] = []
    while units(text) > at_most:
        head = _head(text, at_most)
        at = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        found.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return tuple(piece for piece in (*found, text) if piece)


def _head(text: str, at_most: int) -> str:
    """The longest beginning of at most `at_most` units."""
    taken = 0
    for at, char in enumerate(text):
        taken += 2 if ord(char) > 0xFFFF else 1
        if taken > at_most:
            return text[:at]
    return text
