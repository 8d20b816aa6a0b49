"""Keywords from what people tagged films with. A tag is an opinion: it never becomes a genre, a mood or a name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

#: People who must have given a film the same tag, and keywords a film gets at most.
PEOPLE_MIN, MOST_KEYWORDS = 2, 20
_MOST_CHARS = 40
#: Tags that tell of a person's shelf or of a judgement, not of the film.
_PERSONAL = re.compile(
    r"""\b(?:
        netflix|queue|dvds?|blu-?ray|vhs|bd-?r|criterion|clearplay|tivo|library|rental|rented|own|owned|owns|my|mine|i|
        seen|unseen|watch|watched|watchlist|re-?watch|to[ -]see|see[ ]it|imdb|top[ ]\d+|rated|rating|\d[ ]stars?|
        bought|buy|collection|\d{4}|
        good|great|bad|best|worst|awesome|amazing|excellent|brilliant|masterpiece|boring|overrated|underrated|terrible|
        awful|favou?rites?|love[ ]it|hate[ ]it|must[ ]see|beautiful|stupid|crap|perfect|fantastic|classic
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS = re.compile(r"[^\W\d_]")


def clean_tag(tag: str) -> str | None:
    """The tag as a keyword, lower case and without stray marks, or None where it says nothing of a film."""
    word = " ".join(tag.split()).strip(" .,;:!?\"'*#-").casefold()
    if not 2 <= len(word) <= _MOST_CHARS or not _LETTERS.search(word) or _PERSONAL.search(word):
        return None
    return word


def keywords(tagged: Iterable[tuple[str, str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The keywords by film of (user, film, tag): tags that at least two people gave, the most frequent first."""
    people: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for user, film, tag in tagged:
        if word := clean_tag(tag):
            people[film][word].add(user)
    found = {}
    for film, tags in people.items():
        counts = sorted((-len(users), word) for word, users in tags.items() if len(users) >= PEOPLE_MIN)
        if counts:
            found[film] = tuple(word for _, word in counts[:MOST_KEYWORDS])
    return found
