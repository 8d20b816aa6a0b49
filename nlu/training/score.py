"""How well a trained component finds the spans of requests that it has not learned from."""

from collections import Counter
from collections.abc import Iterable

from nlu.tagger import LABELS, Tagger
from nlu.training.marked import Example
from nlu.words import read


def span_f1(tagger: Tagger, held_out: Iterable[Example]) -> dict[str, float]:
    """F1 (0–1) of exact spans, by label and for `all` of them; 0 where a label was neither marked nor found."""
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for example in held_out:
        reading = read(example.text)
        wanted = {(*reading.words_in(start, end), label) for start, end, label in example.spans}
        tagged = {(tag.first, tag.last, str(tag.label)) for tag in tagger.tags(reading)}
        for counter, spans in ((hits, wanted & tagged), (found, tagged), (marked, wanted)):
            counter.update(label for _, _, label in spans)
            counter["all"] += len(spans)
    return {
        label: round(2 * hits[label] / (found[label] + marked[label]), 3) if hits[label] else 0.0
        for label in (*LABELS, "all")
    }
