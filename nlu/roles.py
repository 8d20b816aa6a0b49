"""What a named person does in the films that are meant: "directed by", "with", "written by", a composer's score."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from nlu.files import lexicon_file
from nlu.frame import Role
from nlu.phrases import Phrases
from nlu.sense import Kind, Mention
from nlu.words import Reading

#: A composer fills no slot: no catalogue keeps them, and the words still steer the search.
_COMPOSER = "composer"
#: The longest phrase of a role in words.
_WORDS = 5


def with_roles(reading: Reading, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, people with the role that the words beside them give; without composers and the words for their
    music, which are left to the search by meaning."""
    kept = list(mentions)
    spans = {id(mention): reading.words_in(mention.start, mention.end) for mention in kept}
    roles = {id(mention): _role(reading, *spans[id(mention)]) for mention in kept if mention.has(Kind.PERSON)}
    music = [spans[id(mention)] for mention in kept if roles.get(id(mention)) == _COMPOSER]
    said = {at for mention in kept for at in _behind(reading, roles.get(id(mention)), spans[id(mention)][1])}
    for mention in kept:
        role = roles.get(id(mention))
        first, last = spans[id(mention)]
        if role == _COMPOSER or first in said:
            continue
        if any(last in range(start - 1, start + 1) or first == end for start, end in music) and mention.has(Kind.GENRE):
            continue
        if role is None:
            yield mention
        else:
            senses = (replace(s, role=Role(role)) if s.kind is Kind.PERSON else s for s in mention.senses)
            end = reading.words[max(_behind(reading, role, last), default=last - 1)].end
            yield replace(mention, end=end, senses=tuple(senses))


def _behind(reading: Reading, role: str | None, last: int) -> range:
    """The words behind a name that say its role: they are no wish of their own."""
    hit = _phrases("after").at(reading.words, last) if role and last < len(reading.words) else None
    return range(hit.first, hit.last) if hit and hit.payload[0] == role != _COMPOSER else range(0)


def _role(reading: Reading, first: int, last: int) -> str | None:
    """What the words right behind or before words [first, last) say that the person does, None where they do not."""
    words = reading.words
    behind = _phrases("after").at(words, last) if last < len(words) and not words[last].mark else None
    if behind is not None:
        return behind.payload[0]
    if first and words[first - 1].fold == ":":
        first -= 1  # "Director: Agnès Varda"
    for count in range(min(_WORDS, first), 0, -1):
        run = words[first - count : first]
        if not any(word.mark for word in run) and (found := _phrases("before").of(tuple(word.fold for word in run))):
            return found[0]
    return None


@cache
def _phrases(part: str) -> Phrases[str]:
    return Phrases((phrase, role) for role, phrases in lexicon_file("roles")[part].items() for phrase in phrases)
