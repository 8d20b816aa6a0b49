"""A message as words: cleaned without moving a character, so that every span points into the text as it was written."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import lru_cache

import emoji

#: What is read of a message; the rest is ignored. The gateway refuses longer ones, this bounds the work for any caller.
READ_MAX_CHARS = 4000
#: Words that are read of them: prose has some 800 in as many characters, and every emoji is a word.
READ_MAX_WORDS = 1200

_HIDDEN = re.compile(
    r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|</?[a-zA-Z][^<>]{0,300}>"  # markup
    r"|\b(?:https?://|www\.)[^\s<>]+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,20}"  # addresses
    r"|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});",  # entities
    re.IGNORECASE | re.DOTALL,
)
_EMOTICON = r"(?<!\w)(?:>?[:;=]['’]?-?[)(DP3/]|</?3|[xX]D|[dD]:|T_T|;_;|\^_?\^)(?![\w/])"
_TOKEN = re.compile(rf"(?P<face>{_EMOTICON})|(?P<word>(?:[^\W_][\u0300-\u036f]*)+(?:['’ʼ][^\W_]+)*)|(?P<mark>[^\s\w])")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
#: Modifiers that change how an emoji looks, not what it says: variation selectors and skin tones.
_LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_FIRST_EMOJI = "\u203c"
#: Which way a person faces, and whether a man or a woman: "👩‍🚀" says what "🧑‍🚀" says. Couples, families and those who
#: feed a child (heart, person, bottle) stay as they are.
_GENDER = re.compile("\u200d[\u2640\u2642]|\u200d\u27a1")
_WORKER = re.compile("^[\U0001f468\U0001f469](?=\u200d[^\U0001f466-\U0001f469\u2764\U0001f37c\U0001f91d])")
_ANYBODY, _KEYCAP = "\U0001f9d1", "\u20e3"
_CONTROLS = re.compile(r"[^\S ]|[\x00-\x1f\x7f\u200b\u200c\u200e\u200f\u2028-\u202e]")
#: What is left of a picture that was taken apart: joiners and selectors.
_JOINTS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, an emoji or a mark at [start, end). `fold` is how it is compared: lower case, no accents or apostrophes.

    `stem` is `fold` without a possessive ending. A hyphen within a word separates two words and is none itself.
    `picture` says that it is an emoji, or drawn with marks as ":-)" is.
    """

    start: int
    end: int
    text: str
    fold: str
    stem: str
    mark: bool = False
    picture: bool = False

    @property
    def capital(self) -> bool:
        """Whether it starts with an upper-case letter or a digit, as names do."""
        return self.text[:1].isupper() or self.text[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Reading:
    """A message made ready: `text` as given, `plain` of the same length in lower case with markup blanked, `words`.

    `cased` is False where the writing of capitals says nothing: all lower case, all capitals, Every Word Capitalised.
    """

    text: str
    plain: str
    words: tuple[Word, ...]
    cased: bool

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The (first, last) of the words that touch characters [start, end); last is exclusive."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        return first, max(first, bisect_left(self.words, end, key=lambda word: word.start))

    def chars_of(self, first: int, last: int) -> tuple[int, int]:
        """The characters [start, end) that words [first, last) cover."""
        return self.words[first].start, self.words[last - 1].end


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form in which a word is compared: "Amélie" → "amelie", "Don't" → "dont", "&" → "and", emoji without looks."""
    if text == "&":
        return "and"
    if not text.isascii():
        if text[-1] == _KEYCAP:
            return text[0]
        if text[0] >= _FIRST_EMOJI and not text[0].isalnum():
            return _WORKER.sub(_ANYBODY, _GENDER.sub("", _LOOKS.sub("", text))) or text
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.lower().translate(_APOSTROPHES) or text


def read(text: str, *, known: Container[str] = frozenset()) -> Reading:
    """The message as words. Drawn-out words shrink ("soooo" → "so", but "goooood" → "good" where that is `known`)."""
    head = text[:READ_MAX_CHARS]
    plain = _blank(head)
    words = tuple(_words(plain, known)[:READ_MAX_WORDS])
    lower = plain.lower()
    if len(lower) != len(plain):  # a few letters grow when lowered, and spans must not move
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in plain)
    return Reading(head, lower, words, _cased(words))


def _blank(text: str) -> str:
    if "<" in text or "&" in text or "@" in text or "://" in text or "www" in text.lower():
        text = _HIDDEN.sub(lambda hit: _entity(hit.group()) or " " * len(hit.group()), text)
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub(" ", text)


def _entity(hit: str) -> str:
    return "&".ljust(len(hit)) if hit.lower() == "&amp;" else "'".rjust(len(hit)) if hit in {"&#39;", "&apos;"} else ""


def _words(plain: str, known: Container[str]) -> list[Word]:
    found: list[Word] = []
    pictures = _pictures(plain)
    for hit in _TOKEN.finditer(plain):
        start, end = hit.span()
        if start in pictures or plain[start] in _JOINTS:
            continue
        if hit.lastgroup == "word":
            found.append(_word(start, hit.group(), known))
        elif hit.lastgroup == "face" or plain[start] == "&":
            drawn = hit.lastgroup == "face"
            found.append(Word(start, end, hit.group(), fold(hit.group()), fold(hit.group()), picture=drawn))
        elif not (plain[start] in "-‐‑" and _inside(plain, start)):
            found.append(Word(start, end, hit.group(), hit.group(), hit.group(), mark=True))
    if pictures:
        for at, end in pictures.items():
            if end > at:
                folded = fold(plain[at:end])
                found.append(Word(at, end, plain[at:end], folded, folded, picture=True))
        found.sort(key=lambda word: word.start)
    return found


def _pictures(plain: str) -> dict[int, int]:
    """Start → end of each emoji; every further character of an emoji maps to itself, so that it is not read again."""
    if plain.isascii() or max(plain) < _FIRST_EMOJI:
        return {}
    covered: dict[int, int] = {}
    last = ("", -1)
    for hit in emoji.emoji_list(plain):
        start, end = int(hit["match_start"]), int(hit["match_end"])
        covered.update((at, at) for at in range(start, end))
        if (hit["emoji"], start) != last:  # 😂😂😂😂 says what 😂 says
            covered[start] = end
        last = (hit["emoji"], end)
    return covered


def _word(start: int, text: str, known: Container[str]) -> Word:
    folded = fold(text)
    if _RUN.search(folded):
        folded = _shrunk(folded, known)
    stem = folded[:-1] if text[-2:-1] in {"'", "’"} and folded.endswith("s") else folded
    return Word(start, start + len(text), text, folded, stem)


def _shrunk(folded: str, known: Container[str]) -> str:
    forms: tuple[Callable[[re.Match[str]], str], ...] = (lambda run: run.group(1) * 2, lambda run: run.group(1))
    doubled, single = (_RUN.sub(form, folded) for form in forms)
    return doubled if doubled in known and single not in known else doubled if doubled in {"good", "cool"} else single


def _inside(plain: str, at: int) -> bool:
    return 0 < at < len(plain) - 1 and plain[at - 1].isalnum() and plain[at + 1].isalnum()


def _cased(words: tuple[Word, ...]) -> bool:
    letters = [word.text for word in words if word.text[:1].isalpha()]
    if len(letters) < 2:
        return False
    capitals = sum(text[0].isupper() for text in letters)
    shouted = sum(text.isupper() and len(text) > 1 for text in letters)
    return capitals > 0 and shouted <= len(letters) / 2 and (capitals < len(letters) or len(letters) < 4)
