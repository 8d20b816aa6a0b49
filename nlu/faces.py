"""Emoji: what they and their rows mean, the words they bring to the search, and those that refuse others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import emoji

from nlu.bearing import Bearing
from nlu.files import lexicon_file
from nlu.phrases import Folds, folds
from nlu.sense import Kind, Mention
from nlu.words import Reading, fold

#: Blocks and runs of faces and hands (Unicode code charts): emoticons, hands, supplemental and extended faces.
_EXPRESSIONS = (
    ("\U0001f600", "\U0001f64f"), ("\U0001f446", "\U0001f450"), ("\U0001f90c", "\U0001f92f"),
    ("\U0001f970", "\U0001f97a"), ("\U0001fae0", "\U0001faef"), ("\U0001faf0", "\U0001faf8"),
)  # fmt: skip
#: What people in emoji do only to say something with it ("woman shrugging").
_GESTURES = frozenset({"shrugging", "facepalming", "gesturing", "bowing", "frowning", "pouting", "tipping", "raising"})
#: The letters of flags (Unicode regional indicators), A to Z.
_FLAG_A, _FLAG_Z = "\U0001f1e6", "\U0001f1ff"
_A = ord("A")


def flags() -> Iterator[tuple[str, str]]:
    """Every flag of a country as (emoji, ISO 3166-1 alpha-2 code)."""
    for face in emoji.EMOJI_DATA:
        if len(face) == 2 and all(_FLAG_A <= letter <= _FLAG_Z for letter in face):
            yield face, "".join(chr(ord(letter) - ord(_FLAG_A) + _A) for letter in face)


def rows() -> Iterator[tuple[str, Sequence[str], str]]:
    """The rows with a meaning of their own as (emoji, senses as written, words), in both orders."""
    for row, meaning in lexicon_file("emoji")["rows"].items():
        for order in (row, " ".join(reversed(row.split()))):
            yield order, meaning["senses"], meaning.get("says", "")


def face_name(face: str) -> str:
    """What an emoji shows, in plain words ("🦔" → "hedgehog", "🐯" → "tiger"); empty where it has no name, and for
    faces and hands, whose names describe the drawing and not what is felt ("🙄": "face with rolling eyes")."""
    if said := _says().get((fold(face),)):
        return said
    if face not in emoji.EMOJI_DATA or any(first <= face[0] <= last for first, last in _EXPRESSIONS):
        return ""
    name = emoji.demojize(face, delimiters=("", "")).replace("_", " ").replace("-", " ")
    return "" if _GESTURES & set(name.split()) else name.removesuffix(" face")


def told(
    reading: Reading, mentions: Iterable[Mention], bearings: Iterable[Bearing], *, without: Sequence[Mention]
) -> dict[int, str]:
    """The words that wanted emoji bring to the search though a slot took them, by their first word: "🦈" is an animal
    and a shark. Those of `without` bring none."""
    found: dict[int, str] = {}
    for mention, bearing in zip(mentions, bearings, strict=True):
        if mention.by == "emoji" and mention not in without and not bearing.negated and bearing.change >= 0:
            first, last = reading.words_in(mention.start, mention.end)
            key = tuple(word.fold for word in reading.words[first:last])
            said = _says().get(key) or (face_name(reading.words[first].text) if key in _named() else "")
            if said:
                found[first] = said
    return found


def refused(reading: Reading, mentions: Sequence[Mention], bearings: Sequence[Bearing]) -> tuple[Bearing, ...]:
    """The bearings with what refusing emoji do to other emoji: "🚫👻" and "👻🚫" refuse the ghost, "❌🩸😂" the blood
    only. A row of frights behind one is refused whole ("🙅😱🔪")."""
    by_first, by_last = {}, {}
    for place, mention in enumerate(mentions):
        if mention.by == "emoji":
            first, last = reading.words_in(mention.start, mention.end)
            by_first[first], by_last[last] = (place, last), (place, first)
    found = list(bearings)
    for at, word in enumerate(reading.words):
        if word.fold not in _refusing() or not (at in by_last or at + 1 in by_first):
            continue
        behind = by_first.get(at + 1)
        if at in by_last and (behind is None or _stands_after(reading, mentions, at, by_last[at][0], behind[0])):
            found[by_last[at][0]] = Bearing(negated=True)
            reach = False
        else:
            reach = True
        first_behind = True
        while behind is not None:
            place, last = behind
            reach = reach and (first_behind or leans_down(mentions[place]))
            found[place] = Bearing(negated=True) if reach else Bearing()
            first_behind, behind = False, by_first.get(last)
    return tuple(found)


def _stands_after(reading: Reading, mentions: Sequence[Mention], at: int, before: int, behind: int) -> bool:
    """Whether the refusing emoji at word `at`, between two others, belongs to the one before it."""
    words = reading.words
    glued_before, glued_behind = words[at - 1].end == words[at].start, words[at].end == words[at + 1].start
    if glued_before != glued_behind:
        return glued_before
    return leans_down(mentions[before]) and not leans_down(mentions[behind])


def leans_down(mention: Mention) -> bool:
    """Whether a mention is of what frightens or saddens, by the `downward` words of `tone.yaml`."""
    return any((sense.kind, sense.value) in _downward() for sense in mention.senses if sense.direction == 1)


@cache
def _downward() -> frozenset[tuple[Kind, str]]:
    kinds = {"moods": Kind.MOOD, "axes": Kind.TONE, "genres": Kind.GENRE, "themes": Kind.THEME}
    down = lexicon_file("tone")["downward"]
    return frozenset((kind, name) for part, kind in kinds.items() for name in down[part])


@cache
def _says() -> Mapping[Folds, str]:
    said = {folds(row): words for row, _senses, words in rows() if words}
    for words, faces in lexicon_file("emoji")["says"].items():
        said |= {(fold(face),): words for face in faces.split()}
    return said


@cache
def _named() -> frozenset[Folds]:
    return frozenset((fold(face),) for face in lexicon_file("emoji")["named"].split())


@cache
def _refusing() -> frozenset[str]:
    return frozenset(fold(face) for face in lexicon_file("emoji")["refuse"].split())
