"""Names as people type them: without accents or marks, shortened, with a slip of the thumb."""

import unicodedata
from random import Random

_PARTICLES = frozenset({"de", "von", "van", "del", "du", "da", "di", "le", "la", "dos", "al", "ben", "ten"})
#: Shorter words are typed right more often than not.
_SLIP_MIN_CHARS = 5


def typed(name: str, random: Random) -> str:
    """The name as one of many people would type it; never empty, half of the time as it is written."""
    if random.random() < 0.5:
        return name
    if random.random() < 0.3:
        name = name.partition(": ")[0]
    if random.random() < 0.5:
        name = plain_letters(name)
    if random.random() < 0.4:
        name = "".join(char for char in name if char not in "'’:,.!?\"") or name
    if random.random() < 0.3:
        name = name.lower()
    return slipped(name, random) if random.random() < 0.3 else name


def surname(name: str) -> str:
    """The last word of a name with the particles before it: "Lars von Trier" → "von Trier"."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[at:])


def slipped(name: str, random: Random) -> str:
    """The name with one letter of a longer word left out, doubled or swapped with the next."""
    words = name.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _SLIP_MIN_CHARS and word.isalpha()]
    if not long:
        return name
    at = random.choice(long)
    word, place = words[at], random.randrange(1, len(words[at]) - 1)
    words[at] = random.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] * 2 + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return " ".join(words)


def plain_letters(name: str) -> str:
    """The name without accents: "Kieślowski" → "Kieslowski"; letters that are no accented ones stay."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
