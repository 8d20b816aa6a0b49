"""Requests made from templates and names, so that the component learns where names stand and not which ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from nlu.training.marked import Example, unmarked
from persona_configs.vocabulary import genres, moods, themes

LABELS = frozenset({"TITLE", "PERSON", "KEYWORD"})
#: Requests made from templates in one training set.
GENERATED = 1800
_TEMPLATES = (
    "something like {T}", "like {T} but less {m}", "like {T} but {m}", "{T} but {m}", "more like {T}", "films like {T}",
    "movies similar to {T} and {T}", "i loved {T}", "i love {T} and {T}", "we watched {T} yesterday", "i have seen {T}",
    "seen {T} already", "not another {T}", "nothing like {T}", "tell me more about {T}", "why {T}?", "save {T}",
    "add {T} to my list", "who directed {T}", "is {T} any good", "the mood of {T}", "{T} meets {T}", "{m} like {T}",
    "in the vein of {T}, {m} and {m}", "a {g} like {T}", "what about {T}", "my kid loved {T}", "{T}", "{T} please",
    "have you got {T} with {P}?", "{T} by {P}", "films by {P}", "anything by {P}", "a {g} by {P}", "a {g} with {P}",
    "something {m} with {P}", "{P} films", "{P}", "a {P} movie", "starring {P}", "starring {P} and {P}", "directed by {P}",
    "no {P}", "without {P} please", "{m} {P} film", "more {P}", "with {P} but not {P}", "i like {P}", "early {P}",
    "a {g} directed by {P} about {K}", "the best of {P}", "{P} or {P}", "a {m} {g} about {K}", "a film about {K}",
    "something about {K}", "a {g} about {K}", "movies about {K}", "a movie with {K}", "something {m} with {K}",
    "a {m} film set in {K}", "films with {K} and {K}", "a {g} on {K}", "about {K}", "i want to see {K}", "a story of {K}",
    "a film where there is {K}", "a {m} story about {K} with {P}", "no {g}", "something {m}", "something {m} and {m}",
    "a {m} {g}", "{m} {g} please", "not {m}", "less {m}", "more {m}", "way more {m}", "a bit less {m}", "{g} from the 90s",
    "a {g} but not {m}", "{m}, {m} and not too {m}", "a {m} {g} about {h}", "something about {h}", "films about {h}, not {h}",
    "a {g} under two hours", "a {g} for my kids", "i am in the mood for something {m}", "can you find a {m} {g}", "{m}",
    "{g}", "give me three {g} films", "show me something {m} for tonight", "a french {g}", "the {m} one", "{g} before 1970",
    "no {g}, no {h}", "i don't want {g}", "anything but {g}", "a {g} that is {m} and {m}", "{m} but {m}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What templates are filled with."""

    titles: Sequence[str]
    people: Sequence[str]
    keywords: Sequence[str]


def generated(names: Names, random: Random, *, count: int = GENERATED) -> Iterator[Example]:
    """`count` requests in mixed casing, without end marks for the most part, as people type."""
    fillers = {
        "m": [word for term in moods().values() for word in term.spoken[:4]],
        "g": [name.lower() for name in genres()],
        "h": list(themes()),
    }
    for _ in range(count):
        yield recased(_filled(random.choice(_TEMPLATES), names, fillers, random), random)


def recased(example: Example, random: Random) -> Example:
    """The example as another person would type it: as it is, in lower case, with a capital, in capitals, with a mark."""
    cast = random.random()
    text = example.text
    if cast < 0.45:
        text = _same_length(text, text.lower())
    elif cast < 0.6:
        text = text[:1].upper() + text[1:]
    elif cast < 0.65:
        text = _same_length(text, text.upper())
    if random.random() < 0.25:
        text += random.choice((".", "!", "?", " please", " :)"))
    return Example(text, example.spans)


def _same_length(text: str, cast: str) -> str:
    return cast if len(cast) == len(text) else text


def _filled(template: str, names: Names, fillers: dict[str, list[str]], random: Random) -> Example:
    text = template
    for slot, label, pool in (("T", "TITLE", names.titles), ("P", "PERSON", names.people), ("K", "KEYWORD", names.keywords)):
        while f"{{{slot}}}" in text:
            name = random.choice(pool)
            if slot == "P" and random.random() < 0.3:
                name = name.split()[-1]
            text = text.replace(f"{{{slot}}}", f"[{name}]({label})", 1)
    for slot, words in fillers.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", random.choice(words), 1)
    return unmarked(text, labels=LABELS)
