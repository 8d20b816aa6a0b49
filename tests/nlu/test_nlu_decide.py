"""Deciding between mentions: what stands never overlaps, and gives way only for a reason that `nlu.decide` names."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nlu import Gazetteer, Parser
from nlu.decide import PRIORITY, decide, standing_order
from nlu.sense import Kind, Mention, Sense


def mention(start: int, end: int, by: str, kind: Kind = Kind.KEYWORD, value: str = "x") -> Mention:
    return Mention(start, end, (Sense(kind, value),), by)


MENTIONS = st.lists(
    st.builds(
        lambda start, length, by, kind, value: mention(start, start + length, by, kind, value),
        st.integers(0, 24),
        st.integers(1, 9),
        st.sampled_from(PRIORITY),
        st.sampled_from([Kind.KEYWORD, Kind.FILM, Kind.PERSON, Kind.MOOD]),
        st.sampled_from(["", "a", "b"]),
    ),
    max_size=14,
)


def overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


@given(MENTIONS)
def test_what_stands_is_in_order_and_without_overlaps(given_: list[Mention]) -> None:
    stands = decide(given_)
    assert set(stands) <= set(given_)
    assert all(one.end <= other.start for one, other in pairwise(stands))


@given(MENTIONS)
def test_a_mention_gives_way_only_to_one_that_comes_before_it(given_: list[Mention]) -> None:
    stands = decide(given_)
    for lost in set(given_) - set(stands):
        assert any(overlap(lost, one) and standing_order(one) < standing_order(lost) for one in stands)


@given(MENTIONS, st.randoms(use_true_random=False))
def test_the_order_of_finding_changes_nothing(given_: list[Mention], random: Random) -> None:
    shuffled = list(given_)
    random.shuffle(shuffled)
    assert decide(shuffled) == decide(given_)


@given(MENTIONS)
def test_deciding_again_changes_nothing(given_: list[Mention]) -> None:
    assert decide(decide(given_)) == decide(given_)


@given(MENTIONS)
def test_a_guess_takes_no_word_from_what_is_known(given_: list[Mention]) -> None:
    loose = [one for one in given_ if one.by == "ner" and not one.has(Kind.FILM)]
    sure = [one for one in given_ if one not in loose]
    assert [one for one in decide(given_) if one not in loose] == list(decide(sure))


@given(st.integers(0, 20), st.integers(1, 10), st.sampled_from(PRIORITY[1:]))
def test_a_title_of_the_catalogue_beats_all_others_of_its_length(start: int, length: int, by: str) -> None:
    title = mention(start, start + length, "title", Kind.FILM, "film")
    assert decide([mention(start, start + length, by), title]) == (title,)


def test_a_word_of_the_lexicons_beats_the_plot_phrase_around_it() -> None:
    plot, listed = mention(0, 30, "ner"), mention(10, 14, "lexicon", Kind.MOOD, "scary")
    assert decide([plot, listed]) == (listed,)


def test_a_marked_title_that_no_catalogue_holds_keeps_its_words() -> None:
    unknown, listed = mention(0, 30, "ner", Kind.FILM, ""), mention(10, 15, "lexicon", Kind.THEME, "ghosts")
    assert decide([listed, unknown]) == (unknown,)


def test_the_words_of_an_unknown_title_are_no_wishes(parser: Parser, gazetteer: Gazetteer) -> None:
    parse = parser.parse("something like “The Zorgle of Ghost Mansion”", gazetteer)
    assert parse.unknown == ("The Zorgle of Ghost Mansion",)
    assert parse.frame.wants.themes == ()


def test_no_spans_of_different_finders_overlap_in_a_message(parser: Parser, gazetteer: Gazetteer) -> None:
    parse = parser.parse(
        "like Blade Runner but less bleak, with Tom Hanks, from the 90s, about a haunted lighthouse", gazetteer
    )
    spans = {(span.start, span.end) for span in parse.spans}
    assert len(spans) > 3
    assert not any(a < d and c < b for a, b in spans for c, d in spans if (a, b) != (c, d))
