import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.evaluation.frames import FrameWish, asked, holds_any, lacks
from nlu.frame import Frame, Shift, Wishes
from persona_configs.vocabulary import moods

WISH = TypeAdapter(FrameWish)
FRAME = Frame(
    wants=Wishes(moods=("feel-good", "cosy")),
    avoids=Wishes(genres=("Animation",)),
    year=(None, 1999),
    certification_max="PG",
    tone={"scary": Shift(-1, 0.5)},
)


@pytest.mark.parametrize(
    "wish",
    [
        {"wants.moods": ["cosy"]},
        {"wants": {"moods": ["Cosy", "feel-good"]}, "avoids": {"genres": ["Animation"]}},
        {"year": [None, 1999]},
        {"certification_max": "PG"},
        {"tone": {"scary": {"direction": -1}}},
        {"wants.genres": []},
    ],
)
def test_a_frame_that_has_what_is_wished(wish: dict[str, object]) -> None:
    assert not list(lacks(WISH.validate_python(wish), FRAME))


@pytest.mark.parametrize(
    ("wish", "has"),
    [
        ({"wants.moods": ["bleak"]}, ["feel-good", "cosy"]),
        ({"year": [None, None]}, [None, 1999]),
        ({"year": [1999, None]}, [None, 1999]),
        ({"certification_max": "G"}, "PG"),
        ({"tone.scary.direction": 1}, -1),
        ({"tone.funny.direction": 1}, None),
    ],
)
def test_what_a_frame_lacks_is_said_with_what_it_has(wish: dict[str, object], has: object) -> None:
    assert [found for _, found in lacks(WISH.validate_python(wish), FRAME)] == [has]


def test_unwanted_words_are_found() -> None:
    wish = WISH.validate_python({"wants.moods": ["cosy", "bleak"], "wants.genres": ["War"]})
    assert list(holds_any(wish, FRAME)) == [("wants.moods", ["cosy"])]


@pytest.mark.parametrize("path", ["want.moods", "wants.mood", "wants", "tone.funny", "tone.loud.direction", "years"])
def test_a_place_that_no_frame_has_is_refused(path: str) -> None:
    with pytest.raises(ValidationError, match="no such place"):
        WISH.validate_python({path: "anything"})


@given(st.sets(st.sampled_from(sorted(moods())), min_size=1))
def test_every_frame_has_what_it_was_made_of(words: set[str]) -> None:
    frame = Frame(wants=Wishes(moods=tuple(words)))
    assert not list(lacks({"wants.moods": sorted(words)}, frame))
    assert set(asked(frame)) == {"wants.moods"}
