"""Misspelt mood and genre words put right, one word at a time ("horor", "animted", "romatic")."""

from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.lexicon import Lexicon, lexicon
from nlu.words import Reading, Word

#: Letters that may be wrong, and the length from which a word may have two of them.
MAX_EDITS, TWO_EDITS_MIN_CHARS, MIN_CHARS = 1, 9, 5


def corrected(reading: Reading, words: Lexicon) -> Reading:
    """The reading with unknown words that lie one letter from a mood or genre word compared as that word."""
    if all(word.mark or word.fold in words.known for word in reading.words):
        return reading
    return replace(reading, words=tuple(_put_right(word, words, cased=reading.cased) for word in reading.words))


def _put_right(word: Word, words: Lexicon, *, cased: bool) -> Word:
    if word.mark or word.fold in words.known or word.stem in words.known:
        return word
    if word.fold in words.slips:
        return replace(word, fold=words.slips[word.fold], stem=words.slips[word.fold])
    if len(word.fold) < MIN_CHARS:
        return word
    # A capital in mid sentence is a name: "Romero" is no misspelt mood.
    if not word.fold.isalpha() or (cased and word.capital and word.start > 0):
        return word
    meant = _nearest(word.fold)
    return replace(word, fold=meant, stem=meant) if meant else word


@lru_cache(maxsize=4096)
def _nearest(fold: str) -> str | None:
    edits = 2 if len(fold) >= TWO_EDITS_MIN_CHARS else MAX_EDITS
    found = process.extractOne(fold, lexicon().correctable, scorer=OSA.distance, score_cutoff=edits)
    if found is None or found[0][0] != fold[0]:
        return None
    return str(found[0])
