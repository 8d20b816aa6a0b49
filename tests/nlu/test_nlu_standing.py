"""How a standing frame changes."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from nlu import Frame, Gazetteer, Parser
from nlu.frame import Shift, Wishes
from nlu.standing import is_empty, refine

words = st.lists(st.sampled_from(["a", "b", "bright", "dark", "warm", "cool"]), max_size=4, unique=True).map(tuple)
wishes = st.builds(Wishes, **{part.name: words for part in fields(Wishes)})
ends = st.sampled_from([(None, None), (1990, 1999), (None, 90), (2000, None)])
shifts = st.dictionaries(
    st.sampled_from(["scary", "funny"]),
    st.builds(Shift, st.sampled_from([-1, 1]), st.sampled_from([0.3, 0.9])),
    max_size=2,
)
frames = st.builds(
    Frame,
    wants=wishes,
    avoids=wishes,
    like=words,
    unlike=words,
    year=ends,
    runtime_min=ends,
    certification_max=st.sampled_from([None, "G", "PG"]),
    tone=shifts,
    rest=st.sampled_from(["", "robots"]),
)


def held(frame: Frame) -> set[tuple[str, object]]:
    sides = (("wants", frame.wants), ("avoids", frame.avoids))
    lists = {(part.name, word) for _, side in sides for part in fields(Wishes) for word in getattr(side, part.name)}
    films = {("film", film) for film in (*frame.like, *frame.unlike)}
    singles = {
        ("year", frame.year),
        ("runtime", frame.runtime_min),
        ("max", frame.certification_max),
        ("rest", frame.rest),
    }
    return lists | films | singles | set(frame.tone.items())


@given(standing=frames, change=frames)
def test_the_same_change_twice_is_one(standing: Frame, change: Frame) -> None:
    once = refine(standing, change)
    assert refine(once, change) == once


@given(standing=frames, change=frames)
def test_nothing_is_invented(standing: Frame, change: Frame) -> None:
    assert held(refine(standing, change)) <= held(standing) | held(change)


@given(standing=frames, change=frames)
def test_what_the_change_says_holds(standing: Frame, change: Frame) -> None:
    now = refine(standing, change)
    for part in fields(Wishes):
        refused = set(getattr(change.avoids, part.name))
        assert refused <= set(getattr(now.avoids, part.name))
        assert not refused & set(getattr(now.wants, part.name))
        assert set(getattr(change.wants, part.name)) - refused <= set(getattr(now.wants, part.name))
    assert now.tone.items() >= change.tone.items()


@given(frame=frames)
def test_an_empty_change_changes_nothing_that_is_consistent(frame: Frame) -> None:
    settled = refine(Frame(), frame)
    assert refine(settled, Frame()) == settled


def test_only_an_empty_frame_is_empty() -> None:
    assert is_empty(Frame())
    assert not is_empty(Frame(rest="robots"))


def test_a_conversation(parser: Parser, gazetteer: Gazetteer) -> None:
    standing = Frame()
    for said in (
        "something bright and scary for my kid",
        "not animated",
        "a bit less scary",
        "darker pictures, dark visuals",
        "in French",
        "actually in Spanish",
    ):
        standing = refine(standing, parser.parse(said, gazetteer).frame)
    assert standing.avoids == Wishes(genres=("Animation",))
    assert standing.wants.visual == ("dark",)
    assert standing.wants.languages == ("es",)
    assert standing.tone["scary"] == Shift(-1, 0.3)
    assert standing.certification_max == "PG"


def test_a_want_takes_an_avoidance_back(parser: Parser) -> None:
    refused = parser.parse("no horror").frame
    assert refine(refused, parser.parse("ok, horror films").frame).avoids == Wishes()
