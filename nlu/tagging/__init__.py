"""Spans of any labels, learnt from sentences in which they are marked: BIO files in, a folder that needs no torch out.

`fit` trains and writes (the build group: torch, onnx), `SlotTagger` reads the folder and runs on onnxruntime.
"""

from nlu.tagging.bio import BioError, Sentence, Span, read_bio
from nlu.tagging.fitting import FitConfig, FitError, fit
from nlu.tagging.slots import SlotTagger, SlotTaggerError

__all__ = [
    "BioError",
    "FitConfig",
    "FitError",
    "Sentence",
    "SlotTagger",
    "SlotTaggerError",
    "Span",
    "fit",
    "read_bio",
]
