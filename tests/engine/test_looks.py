"""Looks in ranking: "brighter" is brighter than what it is compared with, styles are said when sure, posters that look
alike are found, and a film whose poster nobody saw is neither praised nor pushed down."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers import Desk, Picks
from engine.limits import allows
from engine.looks import bars, chosen_starts, look_movement
from engine.recommend import Ranking, Recommender, Request
from engine.signals import comparable, looks_like_signal, poster_signal
from engine.signals.signal import CLEARLY
from engine.store import Database, Taste
from engine.wire import Mode
from index import Catalogue, Film, RowSet
from index.enrich import Enriched
from index.looks.kept import KeptVectors
from index.parts import seen_rows
from nlu.frame import LOOKS_LIKE, Frame, Wishes
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning, Limits
from tests.engine.stage import artefact_of, many_films, persona, recommender_of
from tests.engine.stalls import asking, desk_over
from tests.engine.strategies import EXAMPLES, limits
from tests.index.films import film
from tests.index.parts import known_of

PLAIN = persona(leaning=Leaning())
FILMS = many_films(40)
IDS = tuple(each.movie_id for each in FILMS)
ODD = recommender_of(FILMS, known_of(FILMS))


def visual(*words: str) -> Frame:
    return Frame(wants=Wishes(visual=words))


def ids(ranking: Ranking, recommender: Recommender) -> list[str]:
    return [recommender.catalogue.films[each.row].movie_id for each in ranking.films]


def said(ranking: Ranking) -> list[list[str]]:
    return [[code.detail for code in each.codes if code.phrase is Phrase.REASON_VISUAL] for each in ranking.films]


def lit(**lightness: float) -> list[Film]:
    return [film(name, lightness=figure) for name, figure in lightness.items()]


def after(films: list[Film], frame: Frame, *shown: str, n: int = 1, looks: frozenset[str] | None = None) -> Ranking:
    """The answer to a frame whose visual words are compared with the films shown."""
    words = frozenset((*frame.wants.visual, *frame.avoids.visual)) if looks is None else looks
    request = Request(
        frame=frame, persona=PLAIN, taste=Taste(shown=shown), compared_with=shown, looks_compared=words, n=n
    )
    return recommender_of(films).recommend(request)


def test_brighter_is_brighter_than_every_film_shown_and_says_so() -> None:
    films = [*lit(dim=0.1, grey=0.3, lit=0.36, light=0.45, white=0.5), film("unseen")]
    ranking = after(films, visual("bright"), "dim", "grey", n=2)
    assert ids(ranking, recommender_of(films)) == ["white", "light"]
    assert said(ranking) == [["brighter"], ["brighter"]]
    assert ranking.relaxed == ()


def test_where_too_few_outshine_them_all_brighter_than_their_mean_will_do() -> None:
    films = lit(dim=0.1, glaring=0.9, light=0.6, white=0.7)
    ranking = after(films, visual("bright"), "dim", "glaring", n=2)
    assert ids(ranking, recommender_of(films)) == ["white", "light"]
    assert ranking.relaxed == ()


def test_where_nothing_is_brighter_the_answer_says_so_and_comes_near() -> None:
    films = [*lit(white=0.95, light=0.8, dim=0.1, dimmer=0.0), film("unseen")]
    ranking = after(films, visual("bright"), "white", n=3)
    assert ranking.relaxed == ("brighter",)
    assert ids(ranking, recommender_of(films))[0] == "light"
    assert said(ranking) == [[], [], []]


@pytest.mark.parametrize(
    ("frame", "expected", "words"),
    [(visual("bright"), "high", "brighter"), (visual("dark"), "low", "darker"),
     (Frame(avoids=Wishes(visual=("bright",))), "low", "darker"),
     (Frame(avoids=Wishes(visual=("dark",))), "high", "brighter")],
)  # fmt: skip
def test_each_comparison_goes_its_way(frame: Frame, expected: str, words: str) -> None:
    films = lit(start=0.5, high=0.8, low=0.2)
    ranking = after(films, frame, "start")
    assert ids(ranking, recommender_of(films)) == [expected]
    assert said(ranking) == [[words]]


@pytest.mark.parametrize(
    ("word", "figure", "words"),
    [("colourful", "colourfulness", "more colourful"), ("warm", "warmth", "warmer in colour")],
)
def test_the_other_figures_are_compared_too(word: str, figure: str, words: str) -> None:
    films = [film("start", **{figure: 0.3}), film("more", **{figure: 0.5}), film("less", **{figure: 0.1})]
    assert said(after(films, visual(word), "start")) == [[words]]


def test_a_wish_of_before_is_not_compared_with_what_was_shown() -> None:
    films = lit(shown=0.9, bright=0.8, dark=0.1)
    ranking = after(films, visual("bright"), "shown", looks=frozenset())
    assert ids(ranking, recommender_of(films)) == ["bright"]
    assert (said(ranking), ranking.relaxed) == ([["bright"]], ())


def test_darker_speaks_of_the_tone_too_and_rules_out_no_film_for_its_poster() -> None:
    films = [*lit(shown=0.5, low=0.2), film("grim", moods=["dark"], lightness=0.9), film("unseen", moods=["dark"])]
    frame = Frame(wants=Wishes(moods=("dark",), visual=("dark",)))
    ranking = after(films, frame, "shown", n=3)
    assert set(ids(ranking, recommender_of(films))) == {"low", "grim", "unseen"}
    assert ranking.relaxed == ()


def test_like_it_but_brighter_starts_from_the_named_film() -> None:
    films = [*lit(anchor=0.4, brighter=0.6, dim=0.2), film("unseen")]
    recommender = recommender_of(films)
    frame = Frame(like=("anchor",), wants=Wishes(visual=("bright",)))
    ranking = recommender.recommend(Request(frame=frame, persona=PLAIN, n=1))
    assert ids(ranking, recommender) == ["brighter"]
    assert said(ranking) == [["brighter"]]


def test_a_forbidden_film_is_nothing_to_compare_with() -> None:
    films = [film("anchor", lightness=0.9, genres=["Horror"]), *lit(light=0.8, dim=0.2)]
    recommender = recommender_of(films)
    strict = persona(limits=Limits(banned_genres=("Horror",)), leaning=Leaning())
    frame = Frame(like=("anchor",), wants=Wishes(visual=("bright",)))
    ranking = recommender.recommend(Request(frame=frame, persona=strict, n=1))
    assert ids(ranking, recommender) == ["light"]
    assert ranking.relaxed == ()


@EXAMPLES
@given(
    start=st.floats(0.0, 1.0), there=st.floats(0.0, 1.0), word=st.sampled_from(("bright", "dark")),
)  # fmt: skip
def test_a_met_comparison_is_never_a_step_the_other_way(start: float, there: float, word: str) -> None:
    catalogue = Catalogue([film("start", lightness=start), film("there", lightness=there), film("unseen")])
    (wish,) = look_movement(catalogue, {word: start})
    moved = (there - start) * (1 if word == "bright" else -1)
    assert 0 not in wish.rows
    assert 2 not in wish.rows
    if 1 in wish.rows:
        assert moved > 0
    else:
        assert moved < 0.05 + 1e-6


def test_looks_that_have_no_opposite_are_wishes_as_such() -> None:
    frame = Frame(wants=Wishes(visual=("vintage", "black-and-white", LOOKS_LIKE, "bright")))
    assert comparable(frame, frozenset(frame.wants.visual)) == ("bright",)
    catalogue = Catalogue(lit(a=0.2, b=0.4))
    compared = bars(catalogue, ["bright"], np.array([0, 1]))
    assert compared["bright"].furthest == pytest.approx(0.4)
    assert compared["bright"].mean == pytest.approx(0.3)
    assert chosen_starts(catalogue, compared, RowSet.everything(2), n=1)["bright"] == pytest.approx(0.3)
    assert bars(Catalogue([film("unseen")]), ["bright"], np.array([0])) == {}


def styled(name: str, probability: float) -> list[Film]:
    return [film("sure", **{name: probability}), film("unsure", **{name: 0.7}), film("not", **{name: 0.1}), film("?")]


@pytest.mark.parametrize(
    ("frame", "name", "words"),
    [(visual("bright", "colourful"), "bright_colourful", "bright and colourful"),
     (Frame(wants=Wishes(moods=("dark", "melancholic"), visual=("dark",))), "dark_moody", "dark and moody")],
)  # fmt: skip
def test_two_looks_together_are_a_style_that_is_said_only_when_sure(frame: Frame, name: str, words: str) -> None:
    signal = poster_signal(Catalogue(styled(name, 0.9)), frame, weight=1.0)
    assert signal is not None
    assert np.argsort(-signal.scores).tolist()[:2] == [0, 1]
    assert signal.scores[2] < signal.scores[3] < signal.scores[1]
    assert [[code.detail for code in signal.codes(row)] for row in range(4)] == [[words], [], [], []]


def test_a_style_says_it_once() -> None:
    light = {"lightness": 0.9, "colourfulness": 0.9}
    films = [film("both", **light, bright_colourful=0.95), film("each", **light, bright_colourful=0.5), film("dim")]
    signal = poster_signal(Catalogue(films), visual("bright", "colourful"), weight=1.0)
    assert signal is not None
    assert [code.detail for code in signal.codes(0)] == ["bright and colourful"]
    assert [code.detail for code in signal.codes(1)] == ["bright", "colourful"]


def posters(**vectors: tuple[float, float]) -> KeptVectors:
    return KeptVectors(tuple(vectors), np.array(list(vectors.values()), dtype=np.float32))


ALIKE = Enriched(
    [
        film("anchor", synopsis="A ship."),
        film("twin"),
        film("unlike"),
        film("unseen"),
        film("ship", synopsis="A ship."),
    ],
    looks=posters(anchor=(1, 0), twin=(0.6, 0.8), unlike=(-1, 0), ship=(0, 1)),
)


def test_the_film_that_looks_like_the_named_one_comes_first_and_says_so() -> None:
    recommender = recommender_of(ALIKE.films, ALIKE)
    frame = Frame(like=("anchor",), wants=Wishes(visual=(LOOKS_LIKE,)))
    ranking = recommender.recommend(Request(frame=frame, persona=PLAIN, n=4))
    assert ids(ranking, recommender)[0] == "twin"
    (code,) = (code for code in ranking.films[0].codes if code.phrase is Phrase.REASON_LOOKS)
    assert (code.source, dict(code.values)) == ("poster", {"title": "Anchor"})
    assert any(part.source == "poster" for part in ranking.films[0].evidence)
    plain = recommender.recommend(Request(frame=Frame(like=("anchor",)), persona=PLAIN, n=1))
    assert ids(plain, recommender) == ["ship"]


def test_a_poster_that_nobody_saw_stands_in_the_middle_and_is_not_said_to_look_alike() -> None:
    artefact = artefact_of(ALIKE.films, ALIKE)
    assert artefact.looks is not None
    everything, seen = RowSet.everything(5), seen_rows(artefact.looks)
    signal = looks_like_signal(artefact.catalogue, artefact.looks, np.array([0]), everything, seen=seen, weight=1.0)
    assert signal is not None
    assert min(signal.scores) < signal.scores[3] <= CLEARLY < signal.scores[1]
    assert signal.codes(3) == []
    unseen = np.array([3])
    assert looks_like_signal(artefact.catalogue, artefact.looks, unseen, everything, seen=seen, weight=1.0) is None


def test_a_poster_that_nobody_saw_is_no_evidence() -> None:
    films = [*lit(light=0.9), film("unseen")]
    ranking = recommender_of(films).recommend(Request(frame=visual("bright"), persona=PLAIN, n=2))
    assert [[part.source for part in each.evidence] for each in ranking.films] == [["poster"], []]


def test_where_the_named_films_poster_was_not_seen_its_story_answers() -> None:
    recommender = recommender_of(ALIKE.films, ALIKE)
    frame = Frame(like=("unseen",), wants=Wishes(visual=(LOOKS_LIKE,)))
    ranking = recommender.recommend(Request(frame=frame, persona=PLAIN, n=3))
    assert len(ranking.films) == 3
    assert not any(code.phrase is Phrase.REASON_LOOKS for each in ranking.films for code in each.codes)


@EXAMPLES
@given(
    forbidden=limits(IDS), liked=st.sampled_from(IDS), words=st.sampled_from((("bright",), (LOOKS_LIKE,), ("dark",)))
)
def test_no_look_shows_or_names_a_forbidden_film(forbidden: Limits, liked: str, words: tuple[str, ...]) -> None:
    strict = persona(limits=forbidden, leaning=Leaning())
    frame = Frame(like=(liked,), wants=Wishes(visual=words))
    request = Request(
        frame=frame,
        persona=strict,
        compared_with=IDS[:3],
        looks_compared=frozenset(words),
        taste=Taste(liked=IDS[5:12]),
    )
    titles = {each.title for each in FILMS if not allows(forbidden, each)}
    for each in ODD.recommend(request).films:
        assert allows(forbidden, ODD.catalogue.films[each.row])
        assert not titles & {title for code in each.codes for title in code.detail.split(" and ")}


@EXAMPLES
@given(seed=st.integers(0, 10_000), words=st.sampled_from((("bright",), ("dark", "muted"), ("bright", "colourful"))))
def test_losing_its_poster_moves_a_film_towards_the_middle(seed: int, words: tuple[str, ...]) -> None:
    figures = np.random.default_rng(seed).random((12, 3))
    names = ("lightness", "colourfulness", "bright_colourful")
    films = [film(f"f{row}", **dict(zip(names, map(float, own), strict=True))) for row, own in enumerate(figures)]
    whole = poster_signal(Catalogue(films), visual(*words), weight=1.0)
    assert whole is not None
    for place in (int(whole.scores.argmax()), int(whole.scores.argmin())):
        bare = [film(each.movie_id) if row == place else each for row, each in enumerate(films)]
        signal = poster_signal(Catalogue(bare), visual(*words), weight=1.0)
        assert signal is not None
        assert signal.scores.min() < signal.scores[place] < signal.scores.max()


@pytest.fixture
def lit_desk(tmp_path, database: Database) -> Desk:
    films = [film(f"shade-{number:02d}", lightness=number / 20, themes=["love"]) for number in range(20)]
    return desk_over(tmp_path / "index", films, database)


def test_brighter_in_a_conversation_gives_brighter_films_with_that_reason(lit_desk: Desk) -> None:
    love = Frame(wants=Wishes(themes=("love",)))
    first = Picks(lit_desk).answer(asking(Mode.FRESH, love, turn_id="t1"))
    lightest = max(int(pick.movie_id[-2:]) for pick in first.picks)
    second = Picks(lit_desk).answer(asking(Mode.REFINE, visual("bright"), standing=first.frame, turn_id="t2"))
    assert len(second.picks) == 3
    assert all(int(pick.movie_id[-2:]) > lightest for pick in second.picks)
    assert all("brighter" in pick.reason for pick in second.picks)
    third = Picks(lit_desk).answer(asking(Mode.REFINE, visual("bright"), standing=second.frame, turn_id="t3"))
    assert min(int(pick.movie_id[-2:]) for pick in third.picks) > 0
