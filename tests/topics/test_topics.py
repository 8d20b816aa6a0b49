"""Topics with one right answer: two subjects give two kinds of topic, and each film gets its own."""

import random
import time
from collections.abc import Sequence

import numpy as np
import pytest

from index import Film, film_row, parse_film
from index.enrich import Enrichment
from index.topics import PLOTS_LEAST, TopicReport, Topics, name_words, number_of_topics, topics_table
from index.topics.models import counted, fit_lda, fit_nmf
from index.topics.naming import topic_names
from index.topics.topic_model import Counts, TopicModel, coherence
from index.topics.words import tokens
from tests.index.films import film
from tests.topics.topic_films import HEIST, SEA, two_subjects


def quiet(_what: str, _done: int, _of: int) -> None: ...


def enriched(films: Sequence[Film], *, seed: int = 0) -> tuple[list[Film], TopicReport | None]:
    step = Topics(seed=seed)
    return step.enrich(films, tell=quiet), step.report


FILMS, REPORT = enriched(two_subjects())


def subject(name: str) -> str:
    words = {word for pair in name_words(name) for word in pair.split()}
    heist, sea = words & set(HEIST), words & set(SEA)
    assert bool(heist) != bool(sea), name
    return "heist" if heist else "sea"


def test_it_is_an_enrichment() -> None:
    assert isinstance(Topics(), Enrichment)


def test_two_subjects_never_share_a_topic_and_every_film_is_of_its_own() -> None:
    for number, each in enumerate(FILMS):
        assert {subject(name) for name in each.topics} == {("heist", "sea")[number % 2]}


def test_shares_are_told_from_a_tenth_on_the_largest_first() -> None:
    for each in FILMS:
        shares = list(each.topics.values())
        assert shares == sorted(shares, reverse=True)
        assert 0.1 <= min(shares) <= sum(shares) <= 1.0 + 1e-6


def test_two_topics_of_two_subjects_are_these_two() -> None:
    counts = counted(tokens([each.synopsis for each in two_subjects()]))
    assert counts is not None
    for fit in (fit_nmf, fit_lda):
        model = fit(counts, topics=2, seed=0)
        assert {subject(name) for name in topic_names(model)} == {"heist", "sea"}
        main = model.shares.argmax(axis=1)
        assert (main[::2] == main[0]).all()
        assert (main[1::2] == 1 - main[0]).all()
        assert model.topics.sum(axis=1) == pytest.approx(1.0)
        assert model.shares.sum(axis=1) == pytest.approx(1.0)


def test_no_name_of_a_person_names_a_topic() -> None:
    assert not any("rosalind" in name.lower() for each in FILMS for name in each.topics)


def test_the_more_coherent_model_is_the_one_in_use() -> None:
    assert REPORT is not None
    assert set(REPORT.coherence) == {"NMF", "LDA"}
    assert REPORT.coherence[REPORT.chosen] == max(REPORT.coherence.values())
    assert REPORT.summary().startswith(f"topics: {REPORT.topics} of 80 plots by {REPORT.chosen} (coherence NMF ")


def test_the_same_films_give_the_same_topics_and_their_order_no_other_subjects() -> None:
    assert enriched(two_subjects())[0] == FILMS
    again, _ = enriched(two_subjects()[::-1])
    assert {subject(name) for name in again[0].topics} == {"sea"}
    assert {subject(name) for name in again[1].topics} == {"heist"}


def test_topics_survive_being_written() -> None:
    assert [parse_film(film_row(each)) for each in FILMS] == FILMS


def test_few_plots_have_no_topics() -> None:
    few = [*two_subjects(PLOTS_LEAST - 1), *(film(f"untold-{number}") for number in range(60))]
    assert enriched(few) == (few, None)
    assert enriched([]) == ([], None)


@pytest.mark.parametrize("synopsis", ["Nothing.", "the and of", "Él. 12345 !!!"])
def test_plots_that_share_no_telling_word_have_no_topics(synopsis: str) -> None:
    films = [film(f"film-{number}", synopsis=synopsis) for number in range(PLOTS_LEAST)]
    assert enriched(films) == (films, None)


def test_films_without_a_plot_keep_what_they_had_among_films_with_one() -> None:
    films = [*two_subjects(), film("untold", topics={"mine": 0.5})]
    assert enriched(films)[0][-1] == films[-1]


def test_a_plot_of_other_words_has_no_topic() -> None:
    films = [*two_subjects(), film("odd", synopsis="Zyzzyva quokka.")]
    assert enriched(films)[0][-1].topics == {}


@pytest.mark.parametrize(("plots", "topics"), [(50, 5), (300, 13), (1_000, 24), (10_000, 60), (1_000_000, 60)])
def test_larger_catalogues_have_more_topics(plots: int, topics: int) -> None:
    assert number_of_topics(plots) == topics


def test_progress_ends_with_what_was_learned() -> None:
    told: list[tuple[str, int, int]] = []
    Topics().enrich(two_subjects(), tell=lambda what, done, of: told.append((what, done, of)))
    assert told[0] == ("learning topics", 0, 3)
    assert "coherence" in told[-1][0]


def test_three_hundred_plots_take_seconds() -> None:
    chance = random.Random(1)  # noqa: S311 - decides test data
    vocabulary = [
        f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("aro", "ilu", "eno", "oba") for c in ("nk", "mp", "rd")
    ]
    films = [film(f"film-{n}", synopsis=" of ".join(chance.choices(vocabulary, k=60))) for n in range(300)]
    started = time.process_time()
    assert any(each.topics for each in enriched(films)[0])
    assert time.process_time() - started < 10.0  # of the processor, on both cores


def model_of(weights: list[list[float]], words: str) -> TopicModel:
    topics = np.array(weights, dtype=np.float64)
    return TopicModel(
        "NMF", topics / topics.sum(axis=1, keepdims=True), np.zeros((0, len(topics))), tuple(words.split("|"))
    )


def test_a_name_says_nothing_twice() -> None:
    model = model_of([[5, 4, 3, 2, 1, 0, 0], [0, 0, 0, 0, 1, 3, 2]], "robbery|bank robbery|robber|vault|crew|whale|sea")
    first, second = topic_names(model)
    assert first == "bank robbery · vault · crew"
    assert name_words(second)[0] == "whale"


def test_no_two_topics_share_a_name() -> None:
    names = topic_names(model_of([[3, 2, 1, 0.5], [3, 2, 1, 0.5], [3, 2, 1, 0.5]], "sea|whale|storm|island"))
    assert len(set(names)) == 3


def test_coherence_is_one_for_words_that_always_meet_and_less_than_nothing_for_words_that_never_do() -> None:
    from scipy.sparse import csr_matrix

    together = Counts(csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]])), ("sea", "whale", "vault"))
    assert coherence(
        model_of([[1, 1]], "sea|whale"), Counts(together.matrix[:, :2], together.words[:2])
    ) == pytest.approx(1)
    assert coherence(model_of([[1, 1]], "sea|vault"), Counts(together.matrix[:, [0, 2]], ("sea", "vault"))) == -1.0


def test_the_table_names_each_topic_with_its_films() -> None:
    table = topics_table(FILMS)
    assert table is not None
    names = {name for each in FILMS for name in each.topics}
    assert set(table.columns[0].cells) == names
    assert sum(int(str(cell)) for cell in table.columns[1].cells) == sum(len(each.topics) for each in FILMS)
    assert topics_table([film("a")]) is None


def test_how_topics_were_learned_is_in_the_name_and_below_the_table() -> None:
    step = Topics()
    assert step.name == "topics"
    films = step.enrich(two_subjects(), tell=quiet)
    assert step.report is not None
    assert step.name == step.report.summary()
    table = topics_table(films, ["films.csv", step.name])
    assert table is not None
    assert table.caption == step.name
