"""Which words of a plot can tell a topic."""

import pytest

from index.topics.words import plot_of, terms, tokens
from tests.index.films import film


def words(plot: str, *, beside: tuple[str, ...] = (), people: tuple[str, ...] = ()) -> list[str]:
    return [token.word for token in tokens([plot, *beside], people)[0]]


def test_small_words_and_film_talk_tell_nothing() -> None:
    assert words("The film follows a young robber who finds the vault.") == ["robber", "vault"]


@pytest.mark.parametrize(
    "plot",
    ["A robber called Rosalind waits.", "The robber loves Rosalind's vault, Rosalind.", "A robber, Éloïse, waits."],
)  # fmt: skip
def test_a_capital_within_a_sentence_is_a_name(plot: str) -> None:
    assert not {"rosalind", "éloïse"} & set(words(plot))


def test_a_name_at_the_start_of_a_sentence_is_known_from_elsewhere() -> None:
    assert words("Rosalind robs vaults.", beside=("The vault of Rosalind.",)) == ["robs", "vault"]
    assert words("Rosalind robs vaults.", people=("Rosalind Archer",)) == ["robs", "vaults"]


def test_a_word_that_is_also_a_name_stays_a_word() -> None:
    plots = ("He meets Grace.", "saved by grace", "a state of grace")
    assert "grace" in words("A robber learns of grace.", beside=plots, people=("Grace Kelly",))


def test_places_and_feasts_may_tell_a_topic() -> None:
    assert words("A heist in Paris at Christmas.") == ["heist", "paris", "christmas"]


def test_one_noun_has_one_form() -> None:
    beside = ("A robber, a witch and a city, a boss with glasses.",)
    assert words("Robbers and witches of the cities, bosses.", beside=beside) == ["robber", "witch", "city", "boss"]
    assert words("The angels of Los Angeles.", beside=("an angel",))[-1] == "angel"


def test_pairs_are_words_that_adjoin() -> None:
    (document,) = tokens(["A time traveller builds a steam engine, of brass. Rust falls."])
    found = terms(document)
    assert "steam engine" in found
    assert "engine brass" not in found
    assert "brass rust" not in found


def test_keywords_are_read_beside_the_synopsis() -> None:
    assert plot_of(film("a", synopsis="A heist.", keywords=["bank vault", "alarm"])) == "A heist.\nbank vault\nalarm"
    assert plot_of(film("a")) == ""
