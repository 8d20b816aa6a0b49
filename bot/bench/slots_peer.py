"""Plain spaCy as the peer of `matinee bench slots`: a blank English pipeline with its NER component as it comes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan
from spacy.training import Example
from thinc.util import fix_random_seed

from nlu.tagging.bio import Sentence, Span, labels_of

BATCH = 32
DROPOUT = 0.2


@dataclass(frozen=True, slots=True)
class SpacyTagger:
    """A trained pipeline that reads words as they are given."""

    nlp: Language

    def spans(self, words: Sequence[str]) -> tuple[Span, ...]:
        """The spans of a sentence, in order and without overlaps."""
        doc = self.nlp(Doc(self.nlp.vocab, words=list(words)))
        return tuple(Span(ent.start, ent.end, ent.label_) for ent in doc.ents)


def train_spacy(sentences: Sequence[Sentence], *, epochs: int, seed: int) -> SpacyTagger:
    """spaCy's small CNN with its defaults, trained on the same sentences in batches of `BATCH`."""
    fix_random_seed(seed)
    random_ = random.Random(seed)  # noqa: S311
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for label in labels_of(sentences):
        ner.add_label(label)  # type: ignore[attr-defined]
    examples = [_example(nlp, sentence) for sentence in sentences]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(epochs):
        random_.shuffle(examples)
        for first in range(0, len(examples), BATCH):
            nlp.update(examples[first : first + BATCH], sgd=optimizer, drop=DROPOUT)
    return SpacyTagger(nlp)


def _example(nlp: Language, sentence: Sentence) -> Example:
    doc = Doc(nlp.vocab, words=list(sentence.words))
    gold = doc.copy()
    gold.ents = tuple(SpacySpan(gold, span.first, span.last, label=span.label) for span in sentence.spans())
    return Example(doc, gold)
