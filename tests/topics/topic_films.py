"""Plots made for tests: two subjects that share no word, with the small words of English in between."""

import random

from index import Film
from tests.index.films import film

_HEIST = "robber vault heist alarm diamond safecracker loot guard getaway mask tunnel casino"
_SEA = "sailor whale harbour storm lighthouse shipwreck island anchor harpoon cove reef tide"
HEIST, SEA = tuple(_HEIST.split()), tuple(_SEA.split())


def plot(words: tuple[str, ...], chance: random.Random) -> str:
    one, two, three, four, five, six = chance.sample(words, 6)
    return f"A {one} and the {two}, a {three}, meet again. There is the {four}; Rosalind finds a {five} in the {six}."


def two_subjects(count: int = 80, *, seed: int = 3) -> list[Film]:
    """Films by turns of a heist and of the sea."""
    chance = random.Random(seed)  # noqa: S311 - decides test data
    return [film(f"film-{number:03d}", synopsis=plot((HEIST, SEA)[number % 2], chance)) for number in range(count)]
