"""How names read inside a sentence: vocabulary terms, tone axes, countries, awards, numbers, lists. Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from persona_configs.phrases import Phrase, base_words, fill
from persona_configs.vocabulary import genres, moods, themes

#: "Cannes 2019: Palme d'Or", as the catalogue writes an award.
_AWARD = re.compile(r"^(?P<event>.+?) (?P<year>\d{4}): (?P<award>.+)$")
#: The phrases whose {words} are names of the closed vocabularies, and so may be joined and spelled.
NAMED = frozenset(
    {
        Phrase.REASON_MOOD,
        Phrase.REASON_THEME,
        Phrase.REASON_GENRE,
        Phrase.REASON_VISUAL,
        Phrase.REASON_PERSONA,
        Phrase.REASON_AVOIDED,
    }
)


def part(name: str, **values: object) -> str:
    """One of the joining parts of the base words ("directed by …"), with its values put in."""
    return fill(base_words()["parts"][name], values)


def listed(words: Iterable[str], *, joint: Literal["and", "or"] = "and") -> str:
    """The words as a list in a sentence: "a", "a and b", "a, b and c"; repeats are said once, in their first place."""
    said = list(dict.fromkeys(word for word in words if word))
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])} {part(joint)} {said[-1]}"


def counted(count: int) -> str:
    """A small number in words, a larger one in figures."""
    return base_words()["numbers"].get(str(count), str(count))


def opened(sentence: str) -> str:
    """The sentence with its first letter as a capital; the rest stays as it is."""
    return sentence[:1].upper() + sentence[1:]


@cache
def _spellings(*, nouns: bool) -> Mapping[str, str]:
    """What each name of the closed vocabularies is called, by the name with hyphens dropped and in lower case."""
    words = base_words()
    found = {_plain(name): name.lower().replace("-", " ") for name in genres()}
    found |= {_plain(name): name.replace("-", " ") for name in themes()}
    found |= {_plain(name): words["themes"][name] for name in words["themes"]}
    found |= {
        _plain(name): words["mood_nouns"][name] if nouns else words["mood_adjectives"].get(name, name)
        for name in moods()
    }
    return MappingProxyType(found)


def spelled(name: str, *, nouns: bool = False) -> str:
    """A mood, theme, genre or look as a sentence has it: "coming-of-age" is "growing up"; with `nouns`, a mood is
    called by its noun. Two names joined by "and" are spelled each; other words come back as they are."""
    spellings = _spellings(nouns=nouns)
    if (whole := spellings.get(_plain(name))) is not None:
        return whole
    pieces = name.split(" and ")
    if len(pieces) > 1 and all(_plain(piece) in spellings for piece in pieces):
        return listed(spellings[_plain(piece)] for piece in pieces)
    return name


#: Which list of the base words says an axis in which phrase.
_TONES = {
    Phrase.REASON_TONE_MORE: "more",
    Phrase.REASON_TONE_LESS: "less",
    Phrase.REASON_TONE_HIGH: "high",
    Phrase.REASON_TONE_LOW: "low",
}


def tone(axis: str, phrase: Phrase) -> str:
    """A tone axis as the phrase says it: "funnier", "less scary", "true to life"; other words come back as they are."""
    return base_words()[_TONES[phrase]].get(axis, axis) if phrase in _TONES else axis


def country(name: str) -> str:
    """A country's name with its article, where it takes one."""
    return base_words()["countries"].get(name, name)


def award(text: str) -> str:
    """An award of the catalogue as a noun with its article: "the Palme d'Or at Cannes (2019)", "the Academy Award for
    Best Picture (2020)". A text of another form comes back as it is."""
    found = _AWARD.match(text)
    if found is None:
        return text
    event = base_words()["prizes"].get(found["event"])
    if event is not None:
        return part("prize", event=event, award=found["award"], year=found["year"])
    return part("award", event=found["event"], award=_with_article(found["award"]), year=found["year"])


def _with_article(name: str) -> str:
    return name if name.lower().startswith(("the ", "a ")) else f"the {name}"


def _plain(name: str) -> str:
    return name.lower().replace("-", " ").strip()
