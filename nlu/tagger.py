"""The trained spaCy component: names and plot phrases that no list holds."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.lexicon import lexicon
from nlu.numbers import number
from nlu.words import Reading, Word

Label = Literal["TITLE", "PERSON", "KEYWORD"]
LABELS: tuple[Label, ...] = ("TITLE", "PERSON", "KEYWORD")
#: Words that are tagged; what a long message says after them is left to the lists.
TAGGED_MAX_WORDS = 300


class TaggerError(Exception):
    """The folder holds no trained pipeline that this version can use; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Words [first, last) that the component takes for a title, a person or a plot phrase."""

    first: int
    last: int
    label: Label


class Tagger:
    """A trained pipeline. Safe to share between threads."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        # spaCy's vocabulary grows while it reads, and it promises nothing about two readers at once.
        self._reading = Lock()

    @classmethod
    def load(cls, path: Path) -> "Tagger":
        """The pipeline that `nlu.train` wrote to this folder. Raises `TaggerError`."""
        try:
            nlp = spacy.load(path)
        except (OSError, ValueError, KeyError) as error:
            raise TaggerError(f"{path}: no trained pipeline ({error}); run `make train`") from error
        if "ner" not in nlp.pipe_names:
            raise TaggerError(f"{path}: the pipeline has no ner component; run `make train`")
        return cls(nlp)

    def tags(self, reading: Reading) -> tuple[Tag, ...]:
        """The tags of a message, without overlaps, in the order of the text."""
        words = reading.words[:TAGGED_MAX_WORDS]
        if not words:
            return ()
        with self._reading:
            doc = self._nlp(doc_of(self._nlp, words))
            tags = [Tag(ent.start, ent.end, label) for ent in doc.ents if (label := _label(ent.label_))]
        return tuple(tag for tag in tags if tag.label != "KEYWORD" or _holds_a_plot(words, tag))


def doc_of(nlp: Language, words: tuple[Word, ...]) -> Doc:
    """The words as a spaCy document, one token a word, with a space where one was written. The tag of a token says how
    well the lexicons know its word: a name in lower case differs from its neighbours in little else."""
    spaces = [at + 1 < len(words) and words[at + 1].start > word.end for at, word in enumerate(words)]
    return Doc(
        nlp.vocab, words=[word.text for word in words], spaces=spaces, tags=[familiarity(word) for word in words]
    )


def familiarity(word: Word) -> str:
    """ "mark", "picture", "small" (operators and cues), "listed" (stands in a phrase with a sense), "known", else
    "strange"."""
    known = lexicon()
    if word.mark:
        return "mark"
    if word.picture:
        return "picture"
    if word.fold in known.smallwords:
        return "small"
    if word.stem in _listed():
        return "listed"
    return "known" if word.stem in known.known else "strange"


@cache
def _listed() -> frozenset[str]:
    return lexicon().terms.vocabulary


def _holds_a_plot(words: tuple[Word, ...], tag: Tag) -> bool:
    """Whether a plot phrase says something of its own: no mere number ("a dozen"), and no single word that goes with
    the listed one behind it ("acid western")."""
    small = lexicon().smallwords
    weighty = [
        word
        for word in words[tag.first : tag.last]
        if not (word.mark or word.fold in small or number(word.fold) is not None)
    ]
    behind = words[tag.last] if tag.last < len(words) else None
    goes_with = behind is not None and familiarity(behind) == "listed"
    return len(weighty) > 1 or (len(weighty) == 1 and not goes_with)


def _label(name: str) -> Label | None:
    return next((label for label in LABELS if label == name), None)
