"""Titles and people in a message: the catalogue's names, accepted where the sentence says that a name is meant."""

import re
from collections.abc import Iterator

from nlu.gazetteer import Gazetteer, Named, meant
from nlu.lexicon import Lexicon
from nlu.near import Place, cue_after, cue_before, place_of
from nlu.phrases import IN_NAMES, Hit
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading, Word

_YEAR_BEHIND = re.compile(r"\W{0,2}(?:from |of )?\(?((?:19|20)\d\d)\)?")
#: "I'd like", "it feels like": here "like" asks for nothing of the kind of what follows.
_NOT_CUES = frozenset(
    {"id", "would", "feel", "feels", "feeling", "looks", "look", "sounds", "seems", "you", "dont", "didnt"}
)
_BROTHERS = frozenset({"brothers", "sisters", "siblings", "bros"})
_SINGLE_NAME_MIN_CHARS = 5


def title_mentions(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Mention]:
    """The catalogue's titles that the message means. A title of everyday words needs a sign: quotes, capitals in mid
    sentence, a word like "like" or "seen" before it, or nothing else said."""
    for hit in gazetteer.films.find(reading.words, over=IN_NAMES):
        if _is_title(reading, hit, lexicon):
            yield title_mention(reading, hit.first, hit.last, hit.payload)


def title_mention(reading: Reading, first: int, last: int, films: tuple[Named, ...], *, by: str = "title") -> Mention:
    """The mention of a film at words [first, last): asked for, pointed at, or the measure of "newer than …"."""
    start, end = reading.chars_of(first, last)
    behind = _YEAR_BEHIND.match(reading.plain, end)
    year = int(behind.group(1)) if behind else None
    film = meant(films, year=year)
    than = [word.fold for word in reading.words[max(0, first - 3) : first]]
    if than[-1:] == ["than"] and film.year and (ends := _than(than, film.year)):
        begin = reading.words[first - (3 if than[-2:-1] == ["recent"] else 2)].start
        return Mention(begin, end, (Sense(Kind.YEAR, low=ends[0], high=ends[1]),), by)
    if behind and year == film.year:
        end = behind.end()
    return Mention(start, end, (Sense(Kind.FILM, film.movie_id),), by, asks=_asks(reading, first, last))


def person_mentions(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Mention]:
    """The catalogue's people that the message means, by whole name or by a surname that only one of them bears."""
    for hit in gazetteer.people.find(reading.words, over=frozenset(".'-")):
        if hit.last - hit.first > 1 or _is_name(reading, hit, lexicon):
            yield _person(reading, hit, hit.payload)
    for hit in gazetteer.surnames.find(reading.words):
        after = reading.words[hit.last].fold if hit.last < len(reading.words) else ""
        if after in _BROTHERS:
            start, _ = reading.chars_of(hit.first, hit.last)
            senses = tuple(Sense(Kind.PERSON, name) for name in hit.payload)
            yield Mention(start, reading.words[hit.last].end, senses, "people")
        elif len(hit.payload) == 1 and _is_name(reading, hit, lexicon):
            yield _person(reading, hit, hit.payload)


def _person(reading: Reading, hit: Hit[str], names: tuple[str, ...]) -> Mention:
    return Mention(
        *reading.chars_of(hit.first, hit.last), tuple(Sense(Kind.PERSON, name) for name in names[:1]), "people"
    )


def _is_title(reading: Reading, hit: Hit[Named], lexicon: Lexicon) -> bool:
    words = [word for word in reading.words[hit.first : hit.last] if not word.mark]
    place = place_of(reading, hit.first, hit.last, small=lexicon.smallwords)
    if place.quoted:
        return True
    marked = place.capitals and (not place.opens or len(words) > 1)
    if all(word.fold in lexicon.pronouns for word in words):
        return marked and not place.opens and words[0].text != "I"
    asked = asked_for(reading, hit.first, hit.last)
    if marked or (place.capitals and asked):
        return True
    folds = tuple(word.fold for word in words)
    if folds in lexicon.terms or folds in lexicon.someone or folds in lexicon.smalltalk:
        return asked and not _verb_like(reading, hit.first) and _ends_there(reading, hit.last)
    if _distinct(words, lexicon):
        return not _runs_on(reading, hit.last, lexicon)
    return place.alone or (asked and _ends_there(reading, hit.last))


def _distinct(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether the words are hardly anything but a title: a rare word, or enough of them in this order."""
    folds = [word.fold for word in words]
    if len(folds) == 1:
        return folds[0] not in lexicon.known and len(folds[0]) >= _SINGLE_NAME_MIN_CHARS and not folds[0].isdigit()
    if any(fold not in lexicon.known and not fold.isdigit() for fold in folds):
        return True
    if folds[0] in {"a", "an"} and len(folds) < 4:
        return False
    weighty = sum(fold not in lexicon.smallwords for fold in folds)
    return len(folds) >= 4 or (len(folds) == 3 and weighty >= 2 and tuple(folds) not in lexicon.terms)


def _runs_on(reading: Reading, last: int, lexicon: Lexicon) -> bool:
    """Whether the last word belongs with the next: "in the mood for love stories" names no title."""
    run = reading.words[last - 1 : last + 1]
    return len(run) == 2 and not run[1].mark and (run[0].fold, run[1].fold) in lexicon.terms


def asked_for(reading: Reading, first: int, last: int) -> bool:
    """Whether a cue beside the stretch says that a title stands there."""
    before = cue_before(reading, first, "like_before")
    if before == "like":
        at = next(at for at in range(first - 1, -1, -1) if reading.words[at].fold == "like")
        if at and reading.words[at - 1].fold in _NOT_CUES:
            before = None
    opens_with = first == 0 and cue_after(reading, last, "like_after") in {"but", "meets", "vibes", "style", "crossed"}
    return (
        bool(before) or opens_with or cue_before(reading, first, "point_before") in {"seen", "watched", "saw", "save"}
    )


def _verb_like(reading: Reading, first: int) -> bool:
    """Whether the cue is a plain "I like": it takes kinds of film more often than titles."""
    folds = [word.fold for word in reading.words[max(0, first - 3) : first]]
    return any(verb in folds for verb in ("love", "liked", "loved", "enjoyed", "save", "seen", "watched")) or (
        "like" in folds and folds.index("like") > 0 and folds[folds.index("like") - 1] in {"i", "we", "kids", "really"}
    )


def _ends_there(reading: Reading, last: int) -> bool:
    """Whether nothing that the words would belong to follows ("like big" is a title, "like big robots" is not)."""
    if last >= len(reading.words):
        return True
    word = reading.words[last]
    return (
        word.mark
        or word.fold in {"but", "with", "and", "or", "only", "without", "less", "more", "not", "yet", "already"}
        or (cue_after(reading, last, "like_after") is not None)
    )


def _is_name(reading: Reading, hit: Hit[str], lexicon: Lexicon) -> bool:
    word = reading.words[hit.first]
    place: Place = place_of(reading, hit.first, hit.last, small=lexicon.smallwords)
    if word.stem in lexicon.known or word.fold in lexicon.known:
        return place.capitals and not place.opens and _led(reading, hit)
    if place.capitals and not place.opens:
        return True
    return _led(reading, hit) or len(word.stem) > _SINGLE_NAME_MIN_CHARS


def _led(reading: Reading, hit: Hit[str]) -> bool:
    before = cue_before(reading, hit.first, "person_before")
    return bool(before) or cue_after(reading, hit.last, "person_after") is not None


def _asks(reading: Reading, first: int, last: int) -> bool:
    if cue_before(reading, first, "like_before") or cue_after(reading, last, "like_after"):
        return True
    return cue_before(reading, first, "point_before") is None


def _than(words: list[str], year: int) -> tuple[int | None, int | None] | None:
    match words[-2:-1]:
        case ["newer"] | ["recent"] | ["later"]:
            return year + 1, None
        case ["older"] | ["earlier"]:
            return None, year - 1
        case _:
            return None
