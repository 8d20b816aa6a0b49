"""Titles that several films of the catalogue bear, where the message does not say which is meant."""

from collections.abc import Iterable, Iterator

from nlu.frame import Namesakes
from nlu.gazetteer import Gazetteer
from nlu.sense import Kind, Mention
from nlu.words import Reading


def namesakes(reading: Reading, mentions: Iterable[Mention], gazetteer: Gazetteer) -> Iterator[Namesakes]:
    """Each named title that two films or more bear whole, with the film that was taken first. A year beside the title
    is a part of its mention, so that such a mention is no bare title and decides."""
    for mention in mentions:
        taken = next((sense.value for sense in mention.senses if sense.kind is Kind.FILM and sense.value), None)
        if taken is None:
            continue
        first, last = reading.words_in(mention.start, mention.end)
        written = tuple(word.fold for word in reading.words[first:last] if not word.mark)
        bare = written[1:] if len(written) > 1 and written[0] in {"the", "a", "an"} else written
        films = (*gazetteer.namesakes(written), *gazetteer.namesakes(("the", *bare)))
        ids = tuple(dict.fromkeys((taken, *(film.movie_id for film in films))))
        years = {film.year for film in films}
        if len(ids) > 1 and len(years) > 1 and any(film.movie_id == taken for film in films):
            yield Namesakes(reading.text[mention.start : mention.end], ids)
