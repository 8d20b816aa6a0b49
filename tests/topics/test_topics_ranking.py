"""Topics in ranking: what a request names stands nearer, and three picks are not all of one topic."""

import numpy as np
import pytest

from engine.diversity import diversify
from engine.signals import Signal, plot_signal, topic_scores
from index import Catalogue, FaissStore, RowSet
from tests.engine.stage import artefact_of
from tests.index.films import film
from tests.index.hash_encoder import HashEncoder

TOPIC = "heist · bank robbery · vault"
FILMS = [
    film("all-heist", topics={TOPIC: 1.0}, synopsis="A crew and a safe."),
    film("part-heist", topics={TOPIC: 0.4, "sea": 0.6}, synopsis="A heist on a boat."),
    film("no-heist", topics={"sea": 0.9}, synopsis="A crew and a safe."),
    film("untold", synopsis="A crew and a safe."),
]
ARTEFACT = artefact_of(FILMS)


def found(words: str) -> list[float]:
    return [round(float(score), 3) for score in topic_scores(Catalogue(FILMS), set(words.split()))]


@pytest.mark.parametrize("words", ["heist", "heists", "a vault of gold", "bank robbery", "heist vault"])
def test_any_word_of_its_name_names_a_topic(words: str) -> None:
    assert found(words) == [1.0, 0.4, 0.0, 0.0]


@pytest.mark.parametrize("words", ["", "bank", "robbery", "theft"])
def test_other_words_and_half_a_pair_name_none(words: str) -> None:
    assert found(words) == [0.0, 0.0, 0.0, 0.0]


def signal(rest: str, *, among: RowSet | None = None, subjects: tuple[str, ...] = ()) -> Signal:
    query = HashEncoder().encode([rest or "vault"])[0]
    rows = among or RowSet.everything(len(FILMS))
    return plot_signal(ARTEFACT.catalogue, ARTEFACT.text, query, rows, rest=rest, weight=1.0, subjects=subjects)


def test_films_of_a_named_topic_stand_nearer_by_their_share() -> None:
    plain = artefact_of([film(each.movie_id, synopsis=each.synopsis) for each in FILMS])
    query = np.eye(64, dtype=np.float32)[ARTEFACT.text.vectors(np.arange(4)).sum(axis=0).argmin()]  # near to no film
    everything = RowSet.everything(len(FILMS))
    before = plot_signal(plain.catalogue, plain.text, query, everything, rest="vault", weight=1.0).scores
    after = plot_signal(ARTEFACT.catalogue, ARTEFACT.text, query, everything, rest="vault", weight=1.0).scores
    assert after[0] - before[0] > after[1] - before[1] > 0
    assert after[2:] == pytest.approx(before[2:])
    assert after.max() <= 1.0


def test_a_wanted_keyword_names_a_topic_too() -> None:
    assert signal("", subjects=("vault",)).scores[0] > signal("").scores[0]


def test_no_film_outside_comes_nearer() -> None:
    among = RowSet.of([2, 3], n=4)
    assert signal("vault", among=among).scores[:2].tolist() == [0.0, 0.0]


def test_a_reason_names_only_words_that_are_the_films_own() -> None:
    said = signal("long ago, in a land by the sea, there was a heist")  # too long to be quoted
    assert said.codes(0) == []
    films = [film("own", topics={TOPIC: 1.0}, synopsis="A heist, a heist, a heist."), *FILMS]
    artefact = artefact_of(films)
    query = HashEncoder().encode([films[0].text()])[0]
    rest = "there was once, in a country that nobody knows, a heist"
    near = plot_signal(artefact.catalogue, artefact.text, query, RowSet.everything(5), rest=rest, weight=1.0)
    assert [dict(code.values) for code in near.codes(0)] == [{"words": "heist"}]


def test_a_request_is_quoted_for_its_own_nearness_not_for_a_topics() -> None:
    query = np.eye(64, dtype=np.float32)[ARTEFACT.text.vectors(np.arange(4)).sum(axis=0).argmin()]  # near to no film
    everything = RowSet.everything(len(FILMS))
    said = plot_signal(ARTEFACT.catalogue, ARTEFACT.text, query, everything, rest="vault", weight=1.0)
    assert said.scores[0] >= 0.5
    assert said.codes(0) == []


def pick(topics: list[str | None], scores: list[float], *, n: int = 3) -> list[int]:
    store = FaissStore.of(np.eye(len(scores), dtype=np.float32))
    order = np.argsort(-np.array(scores), kind="stable")
    return diversify(order, np.array(scores, dtype=np.float32), store, n=n, topics=topics)


def test_a_third_film_of_one_topic_gives_way_to_one_that_fits_about_as_well() -> None:
    topics: list[str | None] = ["heist", "heist", "heist", "sea"]
    assert pick(topics, [0.9, 0.88, 0.86, 0.84]) == [0, 1, 3]
    assert pick([None] * 4, [0.9, 0.88, 0.86, 0.84]) == [0, 1, 2]


def test_a_third_film_of_one_topic_that_fits_clearly_better_stays() -> None:
    assert pick(["heist", "heist", "heist", "sea"], [0.9, 0.88, 0.86, 0.6]) == [0, 1, 2]


def test_films_without_a_topic_are_never_of_the_same() -> None:
    assert pick([None, None, None, "sea"], [0.9, 0.88, 0.86, 0.84]) == [0, 1, 2]


def test_a_catalogue_knows_which_topic_stands_out() -> None:
    catalogue = Catalogue([*FILMS, film("faint", topics={"sea": 0.3})])
    assert catalogue.main_topics == (TOPIC, "sea", "sea", None, None)
    rows, shares = catalogue.topics["sea"]
    assert rows.tolist() == [1, 2, 4]
    assert shares == pytest.approx([0.6, 0.9, 0.3])
