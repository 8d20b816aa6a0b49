"""Facts: the asked moods, themes, genres and keywords that a film has."""

import numpy as np

from engine.kinds import keyword_rows
from engine.moods import MoodAffinity
from engine.reasons import ReasonCode
from engine.signals.signal import BLACK_AND_WHITE, Part, Signal, mean_of
from index import Catalogue
from nlu.frame import Frame
from persona_configs.phrases import Phrase


def facts_signal(catalogue: Catalogue, frame: Frame, moods: MoodAffinity, *, weight: float) -> Signal | None:
    """How many of the asked moods, themes, genres and keywords a film has; near moods count in part.

    Returns None when the frame asks for none of them.
    """
    wants = frame.wants
    n = len(catalogue)
    parts = [
        Part(moods.scores(word), ReasonCode(Phrase.REASON_MOOD, "facts", 0.0, {"words": word})) for word in wants.moods
    ]
    for field, words, phrase in (
        ("themes", wants.themes, Phrase.REASON_THEME),
        ("genres", wants.genres, Phrase.REASON_GENRE),
        ("keywords", wants.keywords, Phrase.REASON_PLOT),
    ):
        for word in words:
            rows = keyword_rows(catalogue, word) if field == "keywords" else catalogue.having(field, word)
            mask = rows.mask
            if field == "keywords" and not mask.any():
                continue  # not a word of this catalogue: the plots' meaning answers for it
            said = word.lower().replace("-", " ")
            parts.append(Part(mask.astype(np.float32), ReasonCode(phrase, "facts", 0.0, {"words": said})))
    if BLACK_AND_WHITE in wants.visual:
        said = BLACK_AND_WHITE.replace("-", " ")
        mask = catalogue.having("keywords", said).mask
        parts.append(Part(mask.astype(np.float32), ReasonCode(Phrase.REASON_GENRE, "facts", 0.0, {"words": said})))
    parts += [Part(1.0 - moods.scores(word), None) for word in frame.avoids.moods]
    return mean_of("facts", weight, parts) if parts and n else None
