"""Each source's view of the films: figures in range whatever is missing, and the right order where it is forced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.moods import NEAR_MOST, MoodAffinity
from engine.query import query_text
from engine.signals import (
    Signal,
    cosines,
    facts_signal,
    likeness_signal,
    persona_signal,
    plot_signal,
    popularity_signal,
    poster_signal,
    taste_signal,
    tone_signal,
)
from engine.store import Taste
from index import Catalogue, Film, RowSet
from nlu.frame import Frame, Shift, Wishes
from persona_configs.phrases import Phrase
from persona_configs.schema import Leaning
from persona_configs.vocabulary import axes
from tests.engine import strategies
from tests.engine.stage import artefact_of, many_films
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder

ODD = artefact_of(many_films(40))
ODD_IDS = tuple(each.movie_id for each in ODD.catalogue.films)


def signals(artefact, frame: Frame, *, leaning: Leaning, taste: Taste) -> list[Signal]:
    catalogue, store = artefact.catalogue, artefact.text
    everything = RowSet.everything(len(catalogue))
    query = HashEncoder().encode([query_text(frame) or "nothing"])[0]
    base = np.full(13, 0.5, dtype=np.float32)
    found = [
        plot_signal(catalogue, store, query, everything, rest=frame.rest, weight=1.0),
        likeness_signal(catalogue, store, np.array([0, 1]), everything, weight=1.0),
        facts_signal(catalogue, frame, MoodAffinity(catalogue), weight=1.0),
        tone_signal(catalogue, frame.tone, None, moving={}, weight=1.0),
        tone_signal(catalogue, frame.tone, base, moving=frame.tone, weight=1.0),
        poster_signal(catalogue, frame, weight=1.0),
        persona_signal(catalogue, leaning, weight=1.0),
        taste_signal(catalogue, store, taste, everything, may=everything, weight=1.0),
        popularity_signal(catalogue, weight=1.0),
    ]
    return [signal for signal in found if signal is not None]


@strategies.EXAMPLES
@given(
    frame=strategies.frames(ODD_IDS),
    leaning=strategies.leanings(),
    taste=st.builds(Taste, liked=strategies.some(ODD_IDS, 3), disliked=strategies.some(ODD_IDS, 3)),
)
def test_scores_lie_between_0_and_1_whatever_is_missing(frame: Frame, leaning: Leaning, taste: Taste) -> None:
    for signal in signals(ODD, frame, leaning=leaning, taste=taste):
        assert (signal.scores.shape, signal.scores.dtype) == ((40,), np.float32)
        assert np.isfinite(signal.scores).all()
        assert signal.scores.min() >= 0.0
        assert signal.scores.max() <= 1.0
        for row in range(40):
            assert all(code.source == signal.source for code in signal.codes(row))


def test_films_without_a_single_figure_are_scored_too() -> None:
    bare = artefact_of([film("a"), film("b")])
    frame = Frame(wants=Wishes(visual=("bright",), moods=("scary",)), tone={"scary": Shift(1)})
    for signal in signals(bare, frame, leaning=Leaning(awards=1.0), taste=Taste(liked=("a",))):
        assert np.isfinite(signal.scores).all()


def test_with_every_axis_moved_none_is_left_to_hold_still() -> None:
    shifts = {axis: Shift(1) for axis in axes()}
    signal = tone_signal(ODD.catalogue, shifts, np.zeros(13, np.float32), moving=shifts, weight=1.0)
    assert signal is not None
    assert np.isfinite(signal.scores).all()


def test_words_of_another_vocabulary_say_nothing() -> None:
    frame = Frame(wants=Wishes(visual=("plaid",), moods=("grumpy",)), tone={"loud": Shift(1)})
    assert poster_signal(ODD.catalogue, frame, weight=1.0) is None
    assert tone_signal(ODD.catalogue, frame.tone, None, moving=frame.tone, weight=1.0) is None
    facts = facts_signal(ODD.catalogue, frame, MoodAffinity(ODD.catalogue), weight=1.0)
    assert facts is not None
    assert facts.scores.max() == 0.0


def scores(signal: Signal | None) -> list[float]:
    assert signal is not None
    return [round(float(score), 3) for score in signal.scores]


def test_a_checkerboard_of_facts_has_one_right_answer() -> None:
    board = [
        film(f"{mood}-{theme}", moods=[mood] if mood != "none" else [], themes=[theme] if theme != "none" else [])
        for mood in ("serene", "none")
        for theme in ("faith", "none")
    ]
    catalogue = Catalogue(board)
    frame = Frame(wants=Wishes(moods=("serene",), themes=("faith",)))
    signal = facts_signal(catalogue, frame, MoodAffinity(catalogue), weight=1.0)
    assert scores(signal) == [1.0, 0.5, 0.5, 0.0]
    assert signal is not None
    assert [len(signal.codes(row)) for row in range(4)] == [2, 1, 1, 0]


def test_an_avoided_mood_counts_against_its_neighbours() -> None:
    films = [film(f"both-{n}", moods=["scary", "tense"]) for n in range(9)]
    catalogue = Catalogue([*films, film("near", moods=["tense"]), film("far", moods=["serene"])])
    signal = facts_signal(catalogue, Frame(avoids=Wishes(moods=("scary",))), MoodAffinity(catalogue), weight=1.0)
    found = scores(signal)
    assert found[0] == 0.0
    assert 0.0 < found[9] < found[10] == 1.0


def test_moods_that_go_together_are_near_and_the_mood_itself_is_nearest() -> None:
    pairs = [film(f"pair-{n}", moods=["cosy", "heartwarming"]) for n in range(6)]
    catalogue = Catalogue([*pairs, film("near", moods=["heartwarming"]), film("far", moods=["bleak"])])
    found = MoodAffinity(catalogue).scores("cosy")
    assert found[0] == 1.0
    assert found[6] == pytest.approx(NEAR_MOST * 6 / (7 + 3))
    assert found[7] == 0.0


@pytest.mark.parametrize(
    ("word", "name", "best"),
    [("bright", "lightness", 2), ("dark", "lightness", 0), ("colourful", "colourfulness", 2),
     ("muted", "colourfulness", 0), ("warm", "warmth", 2), ("cool", "warmth", 0), ("vintage", "vintage", 2)],
)  # fmt: skip
def test_each_look_is_read_from_its_figure(word: str, name: str, best: int) -> None:
    measured = [film(movie_id, **{name: figure}) for movie_id, figure in (("low", 0.1), ("mid", 0.4), ("high", 0.9))]
    catalogue = Catalogue([*measured, film("without-a-poster")])
    wanted = poster_signal(catalogue, Frame(wants=Wishes(visual=(word,))), weight=1.0)
    avoided = poster_signal(catalogue, Frame(avoids=Wishes(visual=(word,))), weight=1.0)
    assert scores(wanted)[best] == scores(avoided)[2 - best] == 1.0
    assert 0.0 < scores(wanted)[3] < 1.0
    assert wanted is not None
    assert [code.phrase for code in wanted.codes(best)] == [Phrase.REASON_VISUAL]
    assert wanted.codes(3) == []  # no unseen poster is praised for its look


@pytest.mark.parametrize(("word", "figure"), [("bright", 0.3), ("dark", 0.7), ("vintage", 0.2)])
def test_the_best_of_a_poor_lot_is_ranked_first_but_not_praised(word: str, figure: float) -> None:
    name = "vintage" if word == "vintage" else "lightness"
    worse = figure + (0.1 if word == "dark" else -0.1)
    catalogue = Catalogue([film("best", **{name: figure}), film("worse", **{name: worse})])
    signal = poster_signal(catalogue, Frame(wants=Wishes(visual=(word,))), weight=1.0)
    assert scores(signal) == [1.0, 0.0]
    assert signal is not None
    assert signal.codes(0) == []


def test_black_and_white_is_a_fact_and_no_look() -> None:
    catalogue = Catalogue([film("a", keywords=["black and white"], colourfulness=0.9), film("b", colourfulness=0.0)])
    frame = Frame(wants=Wishes(visual=("black-and-white",)))
    assert scores(facts_signal(catalogue, frame, MoodAffinity(catalogue), weight=1.0)) == [1.0, 0.0]
    assert poster_signal(catalogue, frame, weight=1.0) is None


def test_posters_that_are_equally_light_score_the_same() -> None:
    catalogue = Catalogue([film("a", lightness=0.2), film("b", lightness=0.7), film("c", lightness=0.7)])
    assert scores(poster_signal(catalogue, Frame(wants=Wishes(visual=("bright",))), weight=1.0)) == [0.0, 0.75, 0.75]


def test_less_of_a_tone_without_anything_to_compare_wants_little_of_it() -> None:
    catalogue = Catalogue(small_catalogue())
    found = scores(tone_signal(catalogue, {"scary": Shift(-1)}, None, moving={}, weight=1.0))
    assert found == pytest.approx([1.0 - each.tone["scary"] for each in catalogue.films])


def test_a_film_that_moved_and_stayed_itself_beats_one_that_drifted() -> None:
    still = dict.fromkeys(axes(), 0.5)
    catalogue = Catalogue(
        [film("moved", tone=still | {"scary": 0.1}), film("drifted", tone=still | {"scary": 0.1, "sad": 1.0}),
         film("unmoved", tone=still)]
    )  # fmt: skip
    less, base = {"scary": Shift(-1)}, np.full(13, 0.5, np.float32)
    found = scores(tone_signal(catalogue, less, base, moving=less, weight=1.0))
    assert found[0] > found[1] > found[2]


def test_liked_films_pull_and_disliked_films_push() -> None:
    films = [film("snow", synopsis="snow snow snow"), film("snowy", synopsis="snow snow"), film("sea", synopsis="sea")]
    artefact, everything = artefact_of(films), RowSet.everything(3)

    def signal(taste: Taste, may: RowSet = everything) -> Signal | None:
        return taste_signal(artefact.catalogue, artefact.text, taste, everything, may=may, weight=1.0)

    pulled, pushed = signal(Taste(liked=("snow",))), signal(Taste(disliked=("snow",)))
    assert scores(pulled)[1] > scores(pulled)[2] >= 0.5
    assert scores(pushed)[1] < scores(pushed)[2] <= 0.5
    assert pulled is not None
    assert [dict(code.values) for code in pulled.codes(1)] == [{"title": "Snow"}]
    assert signal(Taste(seen=("snow",))) is None
    assert signal(Taste(liked=("snow",)), may=RowSet.of([1, 2], n=3)) is None


def test_a_leaning_pulls_both_ways_and_is_silent_in_the_middle() -> None:
    catalogue = Catalogue([film("a", moods=["scary"]), film("b"), film("c", themes=["faith"]), film("d", awards=["x"])])
    leaning = Leaning(moods={"scary": -1.0}, themes={"faith": 1.0}, awards=0.5)
    found = scores(persona_signal(catalogue, leaning, weight=1.0))
    assert found[0] < found[1] == 0.5 < found[3] < found[2]
    assert persona_signal(catalogue, Leaning(), weight=1.0) is None


def test_cosines_are_exact_inside_and_minus_one_outside() -> None:
    query = HashEncoder().encode(["a king lost in snow"])[0]
    among = RowSet.of([3, 7, 20], n=40)
    found = cosines(ODD.text, query, among)
    assert found[among.rows] == pytest.approx(ODD.text.vectors(among.rows) @ query, abs=1e-6)
    assert set(np.delete(found, among.rows)) == {-1.0}


def films_near(text: str, films: list[Film]) -> str:
    artefact = artefact_of(films)
    query = HashEncoder().encode([text])[0]
    everything = RowSet.everything(len(films))
    signal = plot_signal(artefact.catalogue, artefact.text, query, everything, rest=text, weight=1.0)
    return films[int(signal.scores.argmax())].movie_id


def test_the_film_whose_story_is_told_is_the_nearest() -> None:
    assert films_near("a monk walks home through snow", small_catalogue()) == "quiet-monk"
    assert films_near("soldiers in a trench", small_catalogue()) == "unrated-war"
