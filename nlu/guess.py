"""Mentions from the trained component and from likeness: misspelt names, unknown names, plot phrases."""

from collections.abc import Iterator, Sequence

from nlu.gazetteer import Gazetteer
from nlu.lexicon import Lexicon
from nlu.naming import asked_for, title_mention
from nlu.near import cue_before, place_of
from nlu.sense import Kind, Mention, Sense
from nlu.tagger import Tag
from nlu.words import Reading

#: Stretches of a message that are compared with every name of the catalogue, at most.
COMPARED_MAX = 6
_TITLE_MAX_WORDS = 6
_STOPS = frozenset(
    {"but", "with", "without", "less", "more", "only", "and", "or", "for", "from", "please", "not", "by", "in", "yet"}
)
_FIRM_CUES = frozenset(
    {"like", "similar to", "more like", "in the style of", "same vibe as", "seen", "watched", "fan of"}
)


def guessed_mentions(
    reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon, *, tags: tuple[Tag, ...], names: Sequence[Mention]
) -> Iterator[Mention]:
    """Names that are misspelt or unknown, and plot phrases; nothing where a known name stands already."""
    taken = [reading.words_in(mention.start, mention.end) for mention in names]
    spans: list[tuple[int, int, str]] = [(tag.first, tag.last, tag.label) for tag in tags if tag.label != "KEYWORD"]
    spans += [(first, last, "TITLE") for first, last in _after_cues(reading)]
    spans += [(first, last, "NAME") for first, last in _capitals(reading, lexicon)]
    budget = COMPARED_MAX
    for first, last, label in dict.fromkeys(spans):
        if budget and not _meets((first, last), taken) and _strange(reading, first, last, lexicon):
            budget -= 1
            yield from _name(reading, gazetteer, lexicon, first=first, last=last, label=label)
    for tag in tags:
        if tag.label == "KEYWORD":
            yield from _keyword(reading, lexicon, tag)


def _name(
    reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon, *, first: int, last: int, label: str
) -> Iterator[Mention]:
    folds = [word.fold for word in reading.words[first:last] if not word.mark]
    if label != "PERSON":
        for end in range(len(folds), 0, -1) if label == "TITLE" else [len(folds)]:
            if films := gazetteer.title_like(folds[:end]):
                yield title_mention(reading, first, _nth(reading, first, end), films, by="likeness")
                return
    if label != "TITLE" and (name := gazetteer.person_like([*folds])):
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.PERSON, name),), "likeness")
        return
    place = place_of(reading, first, last, small=lexicon.smallwords)
    named = label == "PERSON" and len(folds) > 1 and folds[0] not in lexicon.smallwords
    if named and (place.capitals or cue_before(reading, first, "person_before")):
        written = " ".join(
            word.text.title() if word.text.islower() else word.text for word in reading.words[first:last]
        )
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.PERSON, written),), "ner")
    elif label == "TITLE" and (place.quoted or (place.capitals and asked_for(reading, first, last))):
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.FILM),), "ner")


def _keyword(reading: Reading, lexicon: Lexicon, tag: Tag) -> Iterator[Mention]:
    """The phrase without small words at its ends, unless a list knows a word of it."""
    words = reading.words
    first, last = tag.first, tag.last
    while first < last and (
        words[first].mark or words[first].fold in lexicon.smallwords or (words[first].fold,) in lexicon.smalltalk
    ):
        first += 1
    while first < last and (
        words[last - 1].mark
        or words[last - 1].fold in lexicon.smallwords
        or (words[last - 1].fold,) in lexicon.smalltalk
    ):
        last -= 1
    if first < last:
        value = " ".join(word.fold for word in words[first:last] if not word.mark)
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.KEYWORD, value),), "ner")


def _after_cues(reading: Reading) -> Iterator[tuple[int, int]]:
    """The stretch behind "like", "seen" and their kin, up to where a title cannot go on, or before an early "but"."""
    early = [word.fold for word in reading.words[: _TITLE_MAX_WORDS + 1]]
    if "but" in early[1:]:
        yield 0, early.index("but", 1)
    for at in range(1, len(reading.words)):
        if (
            cue_before(reading, at, "like_before") in _FIRM_CUES
            or cue_before(reading, at, "point_before") in _FIRM_CUES
        ):
            last = at
            while last < len(reading.words) and last - at < _TITLE_MAX_WORDS and not reading.words[last].mark:
                if reading.words[last].fold in _STOPS and last > at:
                    break
                last += 1
            if last > at:
                yield at, last


def _capitals(reading: Reading, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words in mid sentence."""
    if not reading.cased:
        return
    first = None
    for at, word in enumerate((*reading.words, None)):
        named = (
            word is not None
            and not word.mark
            and word.capital
            and word.text.isalpha()
            and word.fold not in lexicon.pronouns
        )
        if named and first is None:
            first = at
        elif not named and first is not None:
            if first > 0 or at - first > 1:
                yield first, at
            first = None


def _strange(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word of the stretch is none that the parser knows; a name of known words cannot be misspelt into."""
    return any(
        not word.mark and word.fold not in lexicon.known and len(word.fold) > 2 for word in reading.words[first:last]
    )


def _nth(reading: Reading, first: int, count: int) -> int:
    at = first
    while count:
        count -= not reading.words[at].mark
        at += 1
    return at


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < last and first < span[1] for first, last in others)
