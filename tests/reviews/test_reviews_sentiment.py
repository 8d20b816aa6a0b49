"""One review's score: what praises stands above what blames, and what cannot be read is not guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reviews import review_score, sentences, whole_compound
from index.reviews.sentiment import READ_MAX_CHARS, plain_text


def score(text: str) -> float:
    found = review_score(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "This film is not good.",
        "It was not a masterpiece and the acting was not good at all.",
        "I did not enjoy it. There is nothing great about this film.",
        "Two hours of my life that I want back: dull, predictable and badly written.",
        "The worst film of the year!!!",
        "It isn't funny, and it isn't clever.",
    ],
)
def test_blame_and_negated_praise_read_negative(text: str) -> None:
    assert score(text) < -0.1


@pytest.mark.parametrize(
    "text",
    [
        "This is a good film.",
        "Not a bad film at all.",
        "A masterpiece: gripping, witty, and superbly acted.",
        "I loved every minute of it 😍",
        "😍😍😍",
        "Unforgettable. The ending is stunning :)",
    ],
)
def test_praise_reads_positive(text: str) -> None:
    assert score(text) > 0.1


def test_a_story_of_murder_is_no_blame() -> None:
    told = "The killer murders his victims in a dark prison. A gripping thriller, and a superb one."
    assert score(told) > 0.2
    assert whole_compound(told) < score(told)


def test_a_long_review_does_not_run_to_one_end() -> None:
    mixed = "The acting is wonderful. The script is awful. " * 10 + "The music is wonderful."
    assert abs(score(mixed)) < 0.2
    assert whole_compound(mixed) > 0.9


def test_markup_and_entities_say_nothing() -> None:
    assert (
        plain_text("Good.<br /><br />It&#39;s <b>fine</b> &amp; fun: https://example.org/bad")
        == "Good.\n\nIt's  fine  & fun:"
    )
    assert score("A <i>good</i> film.<br /><br />I liked it.") == score("A good film.\n\nI liked it.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "10/10",
        "<br />",
        "Ce film est une merveille, je le recommande à tous mes amis et je le reverrai.",
        "Ein langweiliger Film, der mich so gar nicht überzeugt hat, und die Darsteller waren nur müde.",
        "Una película maravillosa con actores que emocionan de principio a fin.",
        "素晴らしい映画でした。また見たいです。",
        "En dårlig film for alle, og den er meget lang for en så tynd historie.",
        "Великолепный фильм, всем советую посмотреть.",
    ],
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert review_score(text) is None


def test_an_endless_sentence_is_read_in_stretches() -> None:
    endless = "and the film is good " * 400
    assert [len(stretch.split()) <= 80 for stretch in sentences(endless)].count(False) == 0
    assert " ".join(sentences(endless)).split() == endless.split()
    assert score(endless) > 0.3
    assert score("It is a good film. " * 5_000) == pytest.approx(score("It is a good film."), abs=0.01)
    assert len(plain_text("x" * 10 * READ_MAX_CHARS)) == READ_MAX_CHARS


@given(st.text(max_size=300))
def test_any_text_gets_a_score_in_range_or_none(text: str) -> None:
    found = review_score(text)
    assert found is None or -1.0 <= found <= 1.0
