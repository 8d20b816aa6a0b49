"""The project's pages as tests read them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Every page that a newcomer reads.
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/*.md",
        "*/README.md",
        "bot/*/README.md",
        "nlu/lexicons/README.md",
        "tests/*/README.md",
    )
    for path in ROOT.glob(pattern)
    if not path.parts[len(ROOT.parts)].startswith(".")
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page (path from the root) in one language."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [body for name, body in _FENCE.findall(text) if name == language]


def without_code(text: str) -> str:
    """A page's text without its fenced blocks."""
    return _FENCE.sub("", text)
