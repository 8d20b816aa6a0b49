"""Mentions from the trained component and from likeness: misspelt names, unknown names, plot phrases."""

from collections.abc import Iterator, Sequence

from nlu.everyday import everyday, familiar
from nlu.gazetteer import Gazetteer
from nlu.lexicon import Lexicon
from nlu.naming import YEAR_BEHIND, asked_for, bracketed, sequel, title_mention
from nlu.near import cue_before, place_of
from nlu.sense import Kind, Mention, Sense
from nlu.tagger import Tag
from nlu.unheld import capital_runs, unknown_titles
from nlu.words import Reading, Word

#: Stretches of a message that are compared with every name of the catalogue, at most.
COMPARED_MAX = 6
_TITLE_MAX_WORDS = 6
_NAME_MAX_WORDS = 5
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
    for first, last in unknown_titles(reading, lexicon):
        # A longer name in quotes or before its year wins over a shorter title that happens to stand in it.
        if not any(one <= first and last <= other for one, other in taken):
            likely = () if bracketed(reading, last) else gazetteer.title_like(_folds(reading, first, last))
            yield (
                title_mention(reading, first, last, likely, by="likeness") if likely else _unknown(reading, first, last)
            )
            taken.append((first, last))
    spans: list[tuple[int, int, str]] = [(tag.first, tag.last, tag.label) for tag in tags if tag.label != "KEYWORD"]
    spans += [(first, last, "TITLE") for first, last in _after_cues(reading)]
    spans += [(first, last, "NAME") for first, last in capital_runs(reading, lexicon)]
    budget = COMPARED_MAX
    for first, last, label in dict.fromkeys(spans):
        if budget and not _meets((first, last), taken) and _strange(reading, first, last, lexicon):
            budget -= 1
            for mention in _name(reading, gazetteer, lexicon, first=first, last=last, label=label):
                if mention.by != "ner":  # a guess at who or what gives way to a likeness
                    taken.append((first, last))
                yield mention
    for tag in tags:
        if tag.label == "KEYWORD":
            yield from _keyword(reading, lexicon, tag)


def _unknown(reading: Reading, first: int, last: int) -> Mention:
    start, end = reading.chars_of(first, last)
    behind = YEAR_BEHIND.match(reading.plain, end)
    if behind and "(" in behind.group():
        end = behind.end()
    return Mention(start, end, (Sense(Kind.FILM),), "title")


def _folds(reading: Reading, first: int, last: int) -> list[str]:
    return [word.fold for word in reading.words[first:last] if not word.mark]


def _name(
    reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon, *, first: int, last: int, label: str
) -> Iterator[Mention]:
    folds = _folds(reading, first, last)
    if label != "PERSON":
        for end in range(len(folds), 0, -1) if label == "TITLE" else [len(folds)]:
            if end == 1 and everyday(folds[0]):
                continue
            if films := gazetteer.title_like(folds[:end]):
                yield title_mention(reading, first, _nth(reading, first, end), films, by="likeness")
                return
    if label != "TITLE" and (name := gazetteer.person_like([*folds])):
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.PERSON, name),), "likeness")
        return
    place = place_of(reading, first, last, small=lexicon.smallwords)
    words = [word for word in reading.words[first:last] if not word.mark]
    named = label == "PERSON" and 1 < len(words) < _NAME_MAX_WORDS and _like_a_name(words, gazetteer, lexicon)
    if named and ((place.capitals and not sequel(reading, last)) or cue_before(reading, first, "person_before")):
        written = " ".join(word.text.title() if word.text.islower() else word.text for word in words)
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.PERSON, written),), "ner")
    elif label == "TITLE" and (place.quoted or (place.capitals and asked_for(reading, first, last))):
        yield Mention(*reading.chars_of(first, last), (Sense(Kind.FILM),), "ner")


def _like_a_name(words: Sequence[Word], gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Whether the words could be somebody's: no small words or digits, a first name or a word that English lacks."""
    if any(word.fold in lexicon.smallwords or not word.fold.isalpha() for word in words):
        return False
    strange = [word.fold not in lexicon.known and not familiar(word.stem) for word in words]
    return strange[-1] or any(strange) or (words[0].fold in gazetteer.given and not everyday(words[-1].stem))


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


def _strange(reading: Reading, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word of the stretch is none that the parser knows; a name of known words cannot be misspelt into."""
    return any(
        not word.mark and word.fold not in lexicon.known and len(word.fold) > 2 and not everyday(word.stem)
        for word in reading.words[first:last]
    )


def _nth(reading: Reading, first: int, count: int) -> int:
    at = first
    while count:
        count -= not reading.words[at].mark
        at += 1
    return at


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < last and first < span[1] for first, last in others)
