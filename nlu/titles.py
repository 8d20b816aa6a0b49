"""The names that people make of a title: without article or subtitle, numbers in another writing, initials."""

from collections.abc import Iterator

from nlu.everyday import everyday
from nlu.phrases import Folds, folds

_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "el", "los", "il", "der", "die", "das"})
_NUMBERS = (
    ("1", "one", "i"), ("2", "two", "ii"), ("3", "three", "iii"), ("4", "four", "iv"), ("5", "five", "v"),
    ("6", "six", "vi"), ("7", "seven", "vii"), ("8", "eight", "viii"), ("9", "nine", "ix"), ("10", "ten", "x"),
    ("11", "eleven", "xi"), ("12", "twelve", "xii"), ("13", "thirteen", "xiii"),
)  # fmt: skip
_WRITINGS = {form: forms for forms in _NUMBERS for form in forms}
_PARTS = frozenset({"part", "chapter", "volume", "vol", "episode"})
#: A subtitle that begins or ends so names nothing by itself.
_NO_SUBTITLES = frozenset({*_PARTS, "movie", "film", "musical", "story", "beginning", "sequel"})
#: Letters that the head of a title needs to stand alone when it is one word.
HEAD_MIN_CHARS = 8
_INITIALS_MIN = 4
_SPLITS = (": ", " - ", " – ")


def title_keys(name: str) -> Iterator[Folds]:
    """Every such name of a title as folded words; may repeat, and may hold the title itself."""
    for part in (name, *_cut(name)):
        key = folds(part)
        for form in (key, key[1:] if len(key) > 1 and key[0] in _ARTICLES else ()):
            if form:
                yield form
                yield from _renumbered(form)
    if "-" in name:
        yield folds(name.replace("-", ""))
    yield from _initials(name)


def _cut(name: str) -> Iterator[str]:
    """What stands before and behind a colon or dash, where it can stand alone."""
    for split in _SPLITS:
        head, found, tail = name.partition(split)
        if not found:
            continue
        words = folds(head)
        if (len(words) > 1 and len(head) >= HEAD_MIN_CHARS) or len(head) >= HEAD_MIN_CHARS:
            yield head
        tail = tail.rpartition(split)[2] or tail
        words = tuple(word for word in folds(tail) if word not in _ARTICLES)
        if len(words) > 1 and not {words[0], words[-1]} & _NO_SUBTITLES and len(tail) >= HEAD_MIN_CHARS:
            yield tail


def _renumbered(key: Folds) -> Iterator[Folds]:
    """ "Toy Story 3" as "toy story three", "The Godfather Part II" as "godfather 2" and "godfather part 2"."""
    *rest, last = key
    # A roman "I" or "X" at the end is a letter more often than a number.
    if not rest or last not in _WRITINGS or last in {"i", "x", "v"}:
        return
    plain = tuple(rest[:-1]) if rest[-1] in _PARTS and len(rest) > 1 else ()
    for form in _WRITINGS[last]:
        yield (*rest, form)
        if plain:
            yield (*plain, form)


def _initials(name: str) -> Iterator[Folds]:
    """ "LOTR" of "The Lord of the Rings: …", "ET" and "E.T." of "E.T. the Extra-Terrestrial"."""
    head = folds(name.partition(": ")[0])
    head = head[1:] if head and head[0] in _ARTICLES else head
    letters = 0
    while letters < len(head) and len(head[letters]) == 1 and head[letters].isalpha():
        letters += 1
    if 2 <= letters < len(head):
        yield head[:letters]
        yield ("".join(head[:letters]),)
    short = "".join(word[0] for word in head)
    if len(head) >= _INITIALS_MIN and ": " in name and short.isalpha() and not everyday(short):
        yield (short,)
