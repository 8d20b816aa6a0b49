"""Titles and people in a message: the catalogue's names, accepted where the sentence says that a name is meant."""

import re
from collections.abc import Iterator

from nlu.everyday import everyday, familiar
from nlu.gazetteer import SIBLINGS_MOST, Gazetteer, Named, meant
from nlu.lexicon import Lexicon
from nlu.near import cue_after, cue_before, place_of
from nlu.phrases import IN_NAMES, Hit
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading, Word

YEAR_BEHIND = re.compile(r"\W{0,2}(?:from |of )?\(?((?:19|20)\d\d)\)?")
#: "I'd like", "it feels like": here "like" asks for nothing of the kind of what follows.
_NOT_CUES = frozenset(
    {"id", "would", "feel", "feels", "feeling", "looks", "look", "sounds", "seems", "you", "dont", "didnt"}
)
_BROTHERS = frozenset({"brothers", "sisters", "siblings", "bros"})
_SINGLE_NAME_MIN_CHARS = 5
_ARTICLES = frozenset({"the", "a", "an"})
#: Cues that only people stand behind.
_FIRM = frozenset(
    {"by", "starring", "director", "directed by", "made by", "films by", "movies by", "films of", "movies of", "actor",
     "actress", "featuring", "anything by", "anything with", "written by", "work of", "works of", "filmmaker"}
)  # fmt: skip
_FILM_NOUNS = frozenset({"film", "films", "movie", "movies", "flick", "picture", "called", "titled"})
#: "A movie night", "any film love": no title follows these.
_ANY_FILM = frozenset({"a", "an", "any", "some", "no", "good", "scary", "which", "what", "last", "best", "my"})
_PRAISE = frozenset(
    {"great", "good", "amazing", "awesome", "brilliant", "excellent", "fantastic", "boring", "terrible", "awful",
     "overrated", "underrated", "hilarious", "incredible", "wonderful", "perfect", "superb"}
)  # fmt: skip


def title_mentions(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Mention]:
    """The catalogue's titles that the message means. A title of everyday words needs a sign: quotes, capitals in mid
    sentence, a word like "like" or "seen" before it, its year behind it, praise, or nothing but titles said."""
    hits = list(gazetteer.films.find(reading.words, over=IN_NAMES))
    nothing_else = _only_titles(reading, hits)
    for hit in hits:
        if nothing_else or _is_title(reading, hit, lexicon):
            yield title_mention(reading, hit.first, hit.last, hit.payload)


def _only_titles(reading: Reading, hits: list[Hit[Named]]) -> bool:
    """Whether the message is a list of two titles or more, and nothing else."""
    if len(hits) < 2 or hits[0].first != 0:
        return False
    ends = {hit.first: hit.last for hit in hits}
    at, count = 0, 0
    while at < len(reading.words):
        if at not in ends:
            return False
        at, count = ends[at], count + 1
        links = 0
        while at < len(reading.words) and (reading.words[at].mark or reading.words[at].fold in {"and", "or"}):
            at, links = at + 1, links + 1
        if at < len(reading.words) and not links:
            return False
    return count > 1


def title_mention(reading: Reading, first: int, last: int, films: tuple[Named, ...], *, by: str = "title") -> Mention:
    """The mention of a film at words [first, last): asked for, pointed at, or the measure of "newer than …".

    A year in brackets that no film of the name came out in makes it a film that the catalogue lacks.
    """
    start, end = reading.chars_of(first, last)
    behind = YEAR_BEHIND.match(reading.plain, end)
    year = int(behind.group(1)) if behind else None
    before = reading.words[first - 1] if first else None
    if year is None and before and before.stem.isdigit() and int(before.stem) in {film.year for film in films}:
        year, start = int(before.stem), before.start  # "the 1982 Thing", "1982's The Thing"
    film = meant(films, year=year)
    than = [word.fold for word in reading.words[max(0, first - 3) : first]]
    if than[-1:] == ["than"] and film.year and (ends := _than(than, film.year)):
        begin = reading.words[first - (3 if than[-2:-1] == ["recent"] else 2)].start
        return Mention(begin, end, (Sense(Kind.YEAR, low=ends[0], high=ends[1]),), by)
    if behind and year is not None:
        near = film.year is not None and abs(year - film.year) <= 1
        if near or "(" in behind.group():
            end = behind.end()
            return Mention(
                start, end, (Sense(Kind.FILM, film.movie_id if near else ""),), by, asks=_asks(reading, first, last)
            )
    return Mention(start, end, (Sense(Kind.FILM, film.movie_id),), by, asks=_asks(reading, first, last))


def bracketed(reading: Reading, last: int) -> bool:
    """Whether a year in brackets stands right behind: "Dune (1984)"."""
    found = YEAR_BEHIND.match(reading.plain, reading.words[last - 1].end)
    return found is not None and "(" in found.group()


def person_mentions(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Mention]:
    """The catalogue's people that the message means, by whole name, by a name with one part misspelt, or by a surname
    that only one of them bears."""
    taken: set[int] = set()
    for hit in gazetteer.people.find(reading.words, over=frozenset(".'-")):
        if hit.last - hit.first > 1 or _is_name(reading, hit, gazetteer, lexicon):
            taken.update(range(hit.first, hit.last))
            yield _person(reading, hit, hit.payload)
    for first, name in _misspelt(reading, gazetteer, lexicon):
        if not taken & {first, first + 1}:
            taken.update((first, first + 1))
            yield _person(reading, Hit(first, first + 2, (name,)), (name,), by="likeness")
    for hit in gazetteer.surnames.find(reading.words):
        if taken & set(range(hit.first, hit.last)):
            continue
        after = reading.words[hit.last].fold if hit.last < len(reading.words) else ""
        if after in _BROTHERS:
            if len(hit.payload) <= SIBLINGS_MOST:
                start, _ = reading.chars_of(hit.first, hit.last)
                senses = tuple(Sense(Kind.PERSON, name) for name in hit.payload)
                yield Mention(start, reading.words[hit.last].end, senses, "people")
        elif len(hit.payload) == 1 and _is_name(reading, hit, gazetteer, lexicon):
            yield _person(reading, hit, hit.payload)


def _misspelt(reading: Reading, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Two words in a row of which one is spelt as in a name of the catalogue and the other, a strange word, nearly."""
    for at in range(len(reading.words) - 1):
        one, other = reading.words[at : at + 2]
        if one.mark or other.mark or not (one.fold.isalpha() and other.stem.isalpha()):
            continue
        strange = [word for word in (one, other) if not everyday(word.stem) and word.stem not in lexicon.known]
        capitals = reading.cased and one.capital and other.capital
        known = [word for word in (one, other) if word not in strange]
        if not strange or any(word.fold in lexicon.smallwords for word in known):
            continue
        if (capitals or (not one.capital and not other.capital)) and (
            name := gazetteer.person_of_parts(one.fold, other.stem)
        ):
            yield at, name


def _person(reading: Reading, hit: Hit[str], names: tuple[str, ...], *, by: str = "people") -> Mention:
    return Mention(*reading.chars_of(hit.first, hit.last), tuple(Sense(Kind.PERSON, name) for name in names[:1]), by)


def _is_title(reading: Reading, hit: Hit[Named], lexicon: Lexicon) -> bool:
    words = [word for word in reading.words[hit.first : hit.last] if not word.mark]
    place = place_of(reading, hit.first, hit.last, small=lexicon.smallwords)
    if place.quoted or bracketed(reading, hit.last):
        return True
    asked = asked_for(reading, hit.first, hit.last)
    spoken = _spoken_of(reading, hit.first, hit.last)
    capitals = place.capitals and any(word.text[0].isupper() and word.text != "I" for word in words)
    small = len(words) == 1 and words[0].fold in lexicon.smallwords and not (asked or place.alone)
    if small or all(word.fold in lexicon.pronouns for word in words):
        return capitals and not place.opens and (asked or spoken or hit.last == len(reading.words))
    if len(words) == 1 and (sequel(reading, hit.last) or (familiar(words[0].fold) and neighbours(reading, hit))):
        return False
    # At the start of a sentence the first capital says nothing.
    marked = capitals and (not place.opens or any(word.capital and word.fold.isalpha() for word in words[1:]))
    if marked or (place.capitals and asked) or (spoken and not _small(words, lexicon)):
        return True
    folds = tuple(word.fold for word in words)
    if folds in lexicon.terms or folds in lexicon.someone or folds in lexicon.smalltalk:
        return asked and not _verb_like(reading, hit.first) and _ends_there(reading, hit.last)
    # "A ghost story" is a kind of film before it is a film.
    alone = place.alone and words[0].text not in {"a", "an"}
    open_ended = (
        _runs_on(reading, hit.last, lexicon) if _distinct(words, lexicon) else not _ends_there(reading, hit.last)
    )
    return not open_ended if _distinct(words, lexicon) else alone or (asked and not open_ended)


def _small(words: list[Word], lexicon: Lexicon) -> bool:
    return all(word.fold in lexicon.smallwords or word.fold in lexicon.pronouns for word in words)


def sequel(reading: Reading, last: int) -> bool:
    """Whether a number stands right behind that belongs to the title: "Zombieland 2" is not "Zombieland"."""
    if last >= len(reading.words):
        return False
    word = reading.words[last]
    return (word.fold.isdigit() and len(word.fold) < 3) or word.text in {"II", "III", "IV"}


def neighbours(reading: Reading, hit: Hit[Named] | Hit[str]) -> bool:
    """Whether the words are a part of a longer name: another capital right beside them, as in "Bad Trip"."""
    if not reading.cased:
        return False
    before = reading.words[hit.first - 1] if hit.first else None
    opens = hit.first < 2 or (reading.words[hit.first - 2].mark and reading.words[hit.first - 2].fold in ".!?:")
    after = reading.words[hit.last] if hit.last < len(reading.words) else None
    led = before is not None and not opens and before.stem == before.fold and _names(before)
    return led or (after is not None and _names(after))


def _names(word: Word) -> bool:
    return not word.mark and word.text[:1].isupper() and word.text != "I" and word.text[:2] not in {"I'", "I’"}


def _spoken_of(reading: Reading, first: int, last: int) -> bool:
    """Whether the words are spoken of as a film: "the movie Big", "big is one of my favourite films"."""
    words = reading.words
    if first and words[first - 1].fold in _FILM_NOUNS and not words[first - 1].fold.endswith("s"):
        return first < 2 or words[first - 2].fold not in _ANY_FILM
    opens = first == 0 or words[first - 1].mark
    if not opens or last >= len(words) or words[last].fold not in {"is", "was"}:
        return False
    behind = [word.fold for word in words[last + 1 : last + 8]]
    return any(fold in _FILM_NOUNS for fold in behind) or (bool(behind) and behind[-1] in _PRAISE and len(behind) < 4)


def _distinct(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether the words are hardly anything but a title: a rare word, or enough of them in this order."""
    folds = [word.fold for word in words]
    if len(folds) == 1:
        only = folds[0]
        return not (only in lexicon.known or familiar(only) or only.isdigit()) and len(only) >= _SINGLE_NAME_MIN_CHARS
    if any(fold not in lexicon.known and not fold.isdigit() and not everyday(fold) for fold in folds):
        return True
    weighty = sum(fold not in lexicon.smallwords for fold in folds)
    if folds[0] in _ARTICLES and len(folds) < 4:
        return len(folds) == 3 and folds[0] == "the" and weighty >= 2 and any(f not in lexicon.known for f in folds)
    if len(folds) == 2:
        return weighty == 2 and any(fold not in lexicon.known for fold in folds) and tuple(folds) not in lexicon.terms
    return (len(folds) >= 4 and weighty >= 2) or (weighty >= 2 and tuple(folds) not in lexicon.terms)


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
        or word.fold
        in {"but", "with", "and", "or", "only", "without", "less", "more", "not", "yet", "already", "please"}
        or (cue_after(reading, last, "like_after") is not None)
    )


def _is_name(reading: Reading, hit: Hit[str], gazetteer: Gazetteer, lexicon: Lexicon) -> bool:
    """Whether a single name means its person. A name that is a word, or a first name, needs more than a capital."""
    word = reading.words[hit.first]
    place = place_of(reading, hit.first, hit.last, small=lexicon.smallwords)
    if word.fold in lexicon.pronouns or word.fold in lexicon.smallwords or neighbours(reading, hit):
        return False
    led = _led(reading, hit)
    parts = reading.words[hit.first : hit.last]
    if all(part.stem in lexicon.known or part.fold in lexicon.known or everyday(part.stem) for part in parts):
        firm = cue_before(reading, hit.first, "person_before") in _FIRM
        known = any(gazetteer.well_known(name) for name in hit.payload) and word.stem not in lexicon.known
        return place.capitals and not place.opens and (firm or (known and led))
    if word.stem in gazetteer.given:
        return cue_before(reading, hit.first, "person_before") in _FIRM
    if place.capitals and not place.opens:
        return True
    return led or len(word.stem) > _SINGLE_NAME_MIN_CHARS


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
