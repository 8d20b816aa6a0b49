"""Numbers as people write them, in digits or in words."""

from functools import cache

from nlu.files import lexicon_file

#: A regular expression for a number below a thousand, in digits or words; read by `number`.
NUMBER = (
    r"(?:\d{1,3}(?:[.,]\d)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one hundred|a hundred|an?|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|hundred)"
)


@cache
def _words() -> dict[str, int]:
    return {word: int(value) for word, value in lexicon_file("numbers").items()}


def number(written: str) -> float | None:
    """The value of a written number: "2.5" → 2.5, "ninety-five" → 95, "a" → 1. None where it is none."""
    plain = written.strip().lower().replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        pass
    total = 0
    for word in plain.replace("-", " ").split():
        if word in {"a", "an"}:
            total += 1
        elif word not in _words():
            return None
        elif word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _words()[word]
    return float(total) if plain else None
