"""What holds for every request: frames, personas and tastes of any kind against films of every kind."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.limits import allows
from engine.recommend import Ranking, Recommender, Request
from engine.store import Taste
from engine.wishes import wishes
from index import Film
from nlu.frame import Wishes
from persona_configs.vocabulary import VISUAL, axes
from tests.engine import strategies
from tests.engine.stage import GENRES, MOODS, THEMES, many_films, persona, recommender_of
from tests.engine.strategies import EXAMPLES
from tests.index.parts import known_of

FILMS = many_films(60)
IDS = tuple(film.movie_id for film in FILMS)
RECOMMENDER = recommender_of(FILMS, known_of(FILMS))
BACKWARDS = recommender_of(FILMS[::-1], known_of(FILMS))
#: No more than diversity chooses among, so that an answer may hold them all.
FEW_FILMS = FILMS[:30]
FEW = recommender_of(FEW_FILMS, known_of(FEW_FILMS))
SHUFFLED = recommender_of(FILMS[20:] + FILMS[:20][::-1], known_of(FILMS))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    return Request(
        frame=draw(strategies.frames(IDS)),
        persona=persona(limits=draw(strategies.limits(IDS)), leaning=draw(strategies.leanings())),
        taste=draw(
            st.builds(
                Taste,
                liked=strategies.some(IDS), disliked=strategies.some(IDS), seen=strategies.some(IDS),
                rejected=strategies.some(IDS), saved=strategies.some(IDS), shown=strategies.some(IDS, 20),
            )
        ),
        compared_with=draw(strategies.some(IDS, 3)),
        axes_compared=draw(st.frozensets(st.sampled_from(tuple(axes())))),
        looks_compared=draw(st.frozensets(st.sampled_from(VISUAL))),
        n=draw(st.integers(1, 6)),
        seed=draw(st.integers(0, 2**32)),
        surprise=draw(st.booleans()),
    )  # fmt: skip


def films_of(ranking: Ranking, recommender: Recommender = RECOMMENDER) -> list[Film]:
    return [recommender.catalogue.films[each.row] for each in ranking.films]


def holds(film: Film, avoids: Wishes) -> bool:
    """Whether the film has something that is to be avoided."""
    own = {
        "genres": film.genres, "moods": film.moods, "themes": film.themes, "countries": film.countries,
        "languages": film.languages[:1],
        "people": (*film.directors, *film.cast), "keywords": (*film.keywords, *film.lead),
    }  # fmt: skip
    named = any(set(getattr(avoids, field)) & set(words) for field, words in own.items())
    return named or any(word.lower() in award.lower() for word in avoids.awards for award in film.awards)


@EXAMPLES
@given(request=requests())
def test_no_answer_leaves_the_limits_the_avoidances_or_the_news(request: Request) -> None:
    found = films_of(RECOMMENDER.recommend(request))
    assert len(found) <= request.n
    assert len({film.movie_id for film in found}) == len(found)
    for film in found:
        assert allows(request.persona.limits, film)
        assert not holds(film, request.frame.avoids)
        assert film.movie_id not in request.taste.spent
        assert film.movie_id not in (*request.frame.like, *request.frame.unlike)
        if request.frame.certification_max is not None:
            order = ["G", "PG", "PG-13", "R", "NC-17"]
            assert film.certification in order[: order.index(request.frame.certification_max) + 1]


@EXAMPLES
@given(request=requests())
def test_scores_and_evidence_are_in_range(request: Request) -> None:
    for each in RECOMMENDER.recommend(request).films:
        assert 0.0 <= each.score <= 1.0 + 1e-6
        weights = [part.weight for part in each.evidence]
        assert weights == sorted(weights, reverse=True)
        assert sum(weights) <= 1.01


@EXAMPLES
@given(request=requests())
def test_what_gave_way_is_said_exactly_where_a_film_misses_it(request: Request) -> None:
    ranking = RECOMMENDER.recommend(request)
    asked = wishes(request.frame, RECOMMENDER.catalogue)
    said: list[str] = []
    for each in ranking.films:
        missed = [wish.words for wish in asked if each.row not in wish.rows]
        told = [words for words in each.unmet if words in {wish.words for wish in asked}]
        assert told == missed
        said += each.unmet
    assert ranking.relaxed[: len(dict.fromkeys(said))] == tuple(dict.fromkeys(said))
    assert set(ranking.relaxed[len(dict.fromkeys(said)) :]) <= {
        theme.replace("-", " ") for theme in request.frame.wants.themes
    }


@EXAMPLES
@given(request=requests())
def test_films_that_meet_every_wish_come_first(request: Request) -> None:
    unmet = [len(each.unmet) > 0 for each in RECOMMENDER.recommend(request).films]
    assert unmet == sorted(unmet)


@EXAMPLES
@given(request=requests())
def test_the_same_request_gets_the_same_answer(request: Request) -> None:
    again = recommender_of(FILMS, known_of(FILMS)).recommend(request)
    assert RECOMMENDER.recommend(request) == again


@EXAMPLES
@given(request=requests())
def test_the_order_of_the_catalogue_changes_no_pick(request: Request) -> None:
    expected = films_of(RECOMMENDER.recommend(request))
    for other in (BACKWARDS, SHUFFLED):
        assert films_of(other.recommend(request), other) == expected


AVOIDABLE = st.sampled_from(
    [*(("genres", word) for word in GENRES), *(("moods", word) for word in MOODS),
     *(("themes", word) for word in THEMES)]
)  # fmt: skip


@EXAMPLES
@given(request=requests(), avoided=AVOIDABLE)
def test_one_more_avoidance_removes_just_the_films_that_have_it(request: Request, avoided: tuple[str, str]) -> None:
    # With room for all films, and without wishes that could give way, nothing else decides.
    wants = replace(request.frame.wants, genres=(), people=(), awards=(), countries=(), languages=())
    frame = replace(request.frame, wants=wants, like=(), tone={}, year=(None, None), runtime_min=(None, None))
    avoids = replace(frame.avoids, **{avoided[0]: (*getattr(frame.avoids, avoided[0]), avoided[1])})
    open_to_all = replace(request, frame=frame, n=len(FEW_FILMS))
    before = films_of(FEW.recommend(open_to_all), FEW)
    after = films_of(FEW.recommend(replace(open_to_all, frame=replace(frame, avoids=avoids))), FEW)
    assert {film.movie_id for film in after} == {film.movie_id for film in before if not holds(film, avoids)}


@EXAMPLES
@given(request=requests(), limits=strategies.limits(IDS))
def test_a_stricter_persona_never_gets_what_it_forbids_from_a_frame(request: Request, limits: object) -> None:
    stricter = request.persona.model_copy(update={"limits": limits})
    for film in films_of(RECOMMENDER.recommend(replace(request, persona=stricter))):
        assert allows(stricter.limits, film)


@EXAMPLES
@given(request=requests(), row=st.integers(0, len(FILMS) - 1))
def test_any_film_can_be_judged_for_any_request(request: Request, row: int) -> None:
    judged = RECOMMENDER.evaluate(request, row)
    assert judged.row == row
    assert set(judged.unmet) >= {w.words for w in wishes(request.frame, RECOMMENDER.catalogue) if row not in w.rows}
