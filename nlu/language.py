"""The language of a message: by its script, else by words that give a language away. Titles and names do not count."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from nlu.files import lexicon_file
from nlu.frame import ENGLISH
from nlu.lexicon import Lexicon
from nlu.phrases import folds
from nlu.sense import Kind, Mention
from nlu.words import Reading, Word

#: Words of a language that make a message foreign, and the share of all words that they must exceed: a short message
#: may be a title or a figure of speech ("je ne sais quoi").
WORDS_MIN, SHARE_MIN, SHORT_WORDS, SHORT_SHARE_MIN = 2, 0.33, 6, 0.5
#: Scripts by the first word of their letters' Unicode names, and the language that is most written in each.
_SCRIPTS = {
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta",
    "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "GREEK": "el", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "SINHALA": "si", "ETHIOPIC": "am", "KHMER": "km", "MYANMAR": "my", "LAO": "lo",
}  # fmt: skip
#: Letters that another language of the same script does not have.
_LETTERS = {"uk": "іїєґ", "fa": "پچژگک", "ur": "ٹڈڑےں"}
#: A stretch of one foreign letter may be a title or a stray key.
_LETTERS_MIN = 2


@dataclass(frozen=True, slots=True)
class _Words:
    own: frozenset[str]
    small: frozenset[str]
    alone: frozenset[tuple[str, ...]]


def language_of(reading: Reading, mentions: Iterable[Mention], lexicon: Lexicon) -> str:
    """The ISO 639-1 code of the language that the message is written in: "en" unless another is plain.

    Titles and names ("Amélie", "Yi Yi") and single words other than greetings count for nothing. A message in which
    English words are as many as foreign ones is English.
    """
    named = [m for m in mentions if m.has(Kind.FILM, Kind.PERSON) and m.by != "ner"]
    words = [word for word in reading.words if not (word.mark or word.picture or _within(word, named))]
    return _by_script(words) or _by_words(words, lexicon) or ENGLISH


def understood(reading: Reading, mentions: Iterable[Mention], *, language: str) -> tuple[Mention, ...]:
    """The mentions that hold in a message of this language: in a foreign one no guesses, and no English word that is
    one of its own ("die", "war")."""
    if language == ENGLISH:
        return tuple(mentions)
    theirs = _spoken(language)
    return tuple(
        mention
        for mention in mentions
        if mention.by != "ner"
        and not all(word.fold in theirs for word in reading.words[slice(*reading.words_in(mention.start, mention.end))])
    )


def unspoken(reading: Reading, *, language: str) -> frozenset[int]:
    """The words that must not steer a search by English meaning: all but the emoji, where the language is another."""
    if language == ENGLISH:
        return frozenset()
    return frozenset(at for at, word in enumerate(reading.words) if not word.picture)


def _spoken(language: str) -> frozenset[str]:
    words = _languages().get(language)
    return words.own | words.small if words else frozenset()


def _by_script(words: list[Word]) -> str | None:
    letters = "".join(word.text for word in words)
    if letters.isascii():
        return None
    counts = Counter(_script(letter) for letter in letters if letter.isalpha())
    latin = counts.pop("LATIN", 0)
    scripts = Counter({name: count for name, count in counts.items() if name in _SCRIPTS})
    if scripts.total() < _LETTERS_MIN or scripts.total() <= latin:
        return None
    spoken = _SCRIPTS["HIRAGANA" if scripts["HIRAGANA"] else scripts.most_common(1)[0][0]]
    told = {"ru": ("uk",), "ar": ("ur", "fa")}.get(spoken, ())
    return next((other for other in told if set(letters.lower()) & set(_LETTERS[other])), spoken)


def _script(letter: str) -> str:
    name = unicodedata.name(unicodedata.normalize("NFKC", letter)[:1], "")
    return name.partition(" ")[0]


def _by_words(words: list[Word], lexicon: Lexicon) -> str | None:
    folded = [word.fold for word in words]
    for code, known in _languages().items():
        if tuple(folded) in known.alone:
            return code
    if len(folded) < WORDS_MIN:
        return None
    share = SHORT_SHARE_MIN if len(folded) < SHORT_WORDS else SHARE_MIN
    best, most = None, (0, 0)
    for code, known in _languages().items():
        own = {fold for fold in folded if fold in known.own and fold not in lexicon.smallwords}
        hits = sum(fold in known.own or fold in known.small for fold in folded)
        if own and (hits, len(own)) > most:
            english = sum(fold in lexicon.known and fold not in known.own | known.small for fold in folded)
            plain = hits >= WORDS_MIN and hits > english and hits / len(folded) > share
            best, most = (code, (hits, len(own))) if plain else (best, most)
    return best


def _within(word: Word, mentions: list[Mention]) -> bool:
    return any(mention.start <= word.start < mention.end for mention in mentions)


@cache
def _languages() -> Mapping[str, _Words]:
    return {
        code: _Words(_all(rows["own"]), _all(rows["small"]), frozenset(folds(one) for one in rows["alone"]))
        for code, rows in lexicon_file("languages").items()
    }


def _all(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in folds(phrase))
