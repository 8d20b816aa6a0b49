"""Showing again what an earlier turn showed: taking a wish back brings its films back, not others for it."""

from collections.abc import Sequence
from dataclasses import replace

from engine.catalogues import Loaded
from engine.recommend import Ranking, Recommended, Request
from engine.wishes import musts


def shown_again(request: Request, loaded: Loaded, movie_ids: Sequence[str]) -> Ranking:
    """Those of the films that may still be shown, in their order, with their reasons for the request.

    The persona's limits and what the frame rules out hold anew, and films that were since seen, disliked or rejected
    stay away. Empty where that leaves none.
    """
    recommender, taste = loaded.recommender, request.taste
    catalogue = recommender.catalogue
    may = recommender.permitted(request.persona) & musts(request.frame, catalogue)
    gone = {*taste.seen, *taste.disliked, *taste.rejected}
    films: list[Recommended] = []
    for movie_id in movie_ids:
        row = catalogue.row_of(movie_id)
        if row is None or row not in may or movie_id in gone:
            continue
        # A film that was liked meanwhile must not be told as being like itself.
        others = replace(taste, liked=tuple(liked for liked in taste.liked if liked != movie_id))
        films.append(recommender.evaluate(replace(request, taste=others), row))
    unmet = {words: None for film in films for words in film.unmet}
    return Ranking(tuple(films), tuple(unmet))
