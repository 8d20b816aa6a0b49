"""Hypothesis strategies for what the engine is asked: frames, limits and films, from the closed vocabularies."""

from hypothesis import Phase, settings
from hypothesis import strategies as st

from index import Film
from nlu.frame import Frame, Shift, Wishes
from persona_configs.schema import Leaning, Limits
from persona_configs.vocabulary import CERTIFICATIONS, CONTENT_NOTES, NOT_RATED, VISUAL, axes
from tests.engine.stage import COUNTRIES, GENRES, LANGUAGES, MOODS, PEOPLE, THEMES
from tests.index.films import film

#: Seeds are fixed and no example is timed: a test answers the same on every machine. Shrinking a frame of twenty fields
#: takes minutes and the frame as found says as much, so that it is left out.
EXAMPLES = settings(
    derandomize=True, deadline=None, max_examples=60, database=None, phases=(Phase.explicit, Phase.generate)
)


def some(words: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=most, unique=True).map(tuple)


def wishes(*, most: int = 2) -> st.SearchStrategy[Wishes]:
    return st.builds(
        Wishes,
        moods=some(MOODS, most), themes=some(THEMES, most), genres=some(GENRES, 1), people=some(PEOPLE, 1),
        countries=some(COUNTRIES, 1), languages=some(LANGUAGES, 1), keywords=some(("ghost", "sea"), 1),
        awards=some(("Palme d'Or", "Venice"), 1), visual=some(VISUAL),
    )  # fmt: skip


def ranges(low: int, high: int) -> st.SearchStrategy[tuple[int | None, int | None]]:
    end = st.none() | st.integers(low, high)
    return st.tuples(end, end)


def frames(movie_ids: tuple[str, ...]) -> st.SearchStrategy[Frame]:
    return st.builds(
        Frame,
        wants=wishes(),
        avoids=wishes(most=1),
        like=some(movie_ids, 2),
        unlike=some(movie_ids, 2),
        year=ranges(1920, 2024),
        runtime_min=ranges(60, 200),
        certification_max=st.none() | st.sampled_from(CERTIFICATIONS),
        tone=st.dictionaries(
            st.sampled_from(tuple(axes())),
            st.builds(Shift, direction=st.sampled_from((-1, 1)), strength=st.floats(0.0, 1.0)),
            max_size=3,
        ),
        rest=st.sampled_from(("", "a king lost in snow", "letter by the sea", "zzz qqq")),
    )


def limits(movie_ids: tuple[str, ...]) -> st.SearchStrategy[Limits]:
    return st.builds(
        Limits,
        certification_max=st.none() | st.sampled_from(CERTIFICATIONS),
        banned_themes=some(THEMES),
        banned_genres=some(GENRES),
        banned_movies=some(movie_ids),
        content_max=st.dictionaries(st.sampled_from(CONTENT_NOTES), st.integers(0, 3), max_size=2),
    )


def leanings() -> st.SearchStrategy[Leaning]:
    weight, factor = st.floats(-1.0, 1.0), st.floats(0.5, 2.0)
    sources = ("plot", "poster", "ratings", "facts", "tone", "persona", "taste")
    return st.builds(
        Leaning,
        moods=st.dictionaries(st.sampled_from(MOODS), weight, max_size=2),
        themes=st.dictionaries(st.sampled_from(THEMES), weight, max_size=2),
        awards=weight,
        sources=st.dictionaries(st.sampled_from(sources), factor, max_size=3),
    )


def labelled_films() -> st.SearchStrategy[Film]:
    """Films with any certification, any content notes and any of the few labels; each may be unknown."""
    return st.builds(
        lambda number, genres, themes, certification, content: film(
            f"film-{number}", genres=list(genres), themes=list(themes), certification=certification, content=content
        ),
        st.integers(0, 10**6),
        some(GENRES),
        some(THEMES),
        st.none() | st.sampled_from((*CERTIFICATIONS, NOT_RATED)),
        st.dictionaries(st.sampled_from(CONTENT_NOTES), st.integers(0, 3), max_size=4),
    )
