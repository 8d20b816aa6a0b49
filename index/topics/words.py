"""The words of plots that can name a topic: no function words, no film talk, no names of people, one form a noun."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from index.film import Film

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*|[.!?…:;,()\"“”\n]")
_ENDS = frozenset('.!?…:"“”\n')
_LEAST_CHARS, _MOST_CHARS = 3, 20
#: A word is a name when it is capitalised within sentences, and in lower case at most once for so many times.
_CAPITALS_A_LOWER = 6
#: Endings of plurals and what they stand for, the first that fits.
_PLURALS = (("ss", "ss"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("s", ""))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a plot in lower case. `adjoins`: nothing but a space stands between it and the token before."""

    word: str
    adjoins: bool


def plot_of(film: Film) -> str:
    """What a topic may be read from: the synopsis and the keywords, each a sentence of its own."""
    return "\n".join(part for part in (film.synopsis, *film.keywords) if part)


def tokens(plots: Sequence[str], people: Iterable[str] = ()) -> list[list[Token]]:
    """The telling words of each plot. What stands for a person is left out as far as capitals, and the names of
    `people` who made the films, give it away."""
    split = [_WORD.findall(plot) for plot in plots]
    names = _names(split, people)
    singular = _singulars(split)
    return [list(_telling(words, names, singular)) for words in split]


def terms(document: Sequence[Token]) -> list[str]:
    """The words of a document and its pairs of adjoining words ("time machine")."""
    pairs = (f"{one.word} {two.word}" for one, two in pairwise(document) if two.adjoins)
    return [*(token.word for token in document), *pairs]


def _telling(words: Sequence[str], names: frozenset[str], singular: dict[str, str]) -> Iterator[Token]:
    adjoins = False
    for written in words:
        word = _plain(written)
        base = singular.get(word, word)
        telling = (
            _LEAST_CHARS <= len(word) <= _MOST_CHARS
            and word not in names
            and base not in names
            and not {word, base} & stop_words()
        )
        if telling:
            yield Token(base, adjoins)
        adjoins = telling


def _plain(written: str) -> str:
    return re.sub(r"['’]s?$", "", written.lower().replace("’", "'"))


def _names(split: Sequence[Sequence[str]], people: Iterable[str]) -> frozenset[str]:
    capital: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for words in split:
        opens = True
        for written in words:
            if written[0].isalpha():
                if written[0].islower():
                    lower[_plain(written)] += 1
                elif not opens:
                    capital[_plain(written)] += 1
            opens = written in _ENDS
    makers = {_plain(part) for name in people for part in name.split()}
    found = {word for word, count in capital.items() if count > _CAPITALS_A_LOWER * lower[word]}
    found |= {word for word in makers if lower[word] == 0}
    return frozenset(found - _listed("not_names"))


def _singulars(split: Sequence[Sequence[str]]) -> dict[str, str]:
    """Plurals whose singular is said as well, by the plural."""
    known = {_plain(word) for words in split for word in words}
    return {word: short for word in known if (short := _singular(word)) != word and short in known}


def _singular(word: str) -> str:
    for plural, single in _PLURALS:
        if word.endswith(plural) and len(word) - len(plural) + len(single) >= _LEAST_CHARS:
            return word.removesuffix(plural) + single
    return word


@cache
def stop_words() -> frozenset[str]:
    """The words that tell no topic. Waits for scikit-learn, whose list of function words they start from."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | _listed("plot") | _listed("film")


@cache
def _listed(name: str) -> frozenset[str]:
    lists = yaml.safe_load(Path(__file__).with_name("stop_words.yaml").read_text(encoding="utf-8"))
    return frozenset(" ".join(lists[name]).split())
