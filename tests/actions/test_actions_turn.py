import pytest
from actions_stage import tracker_of

from actions.turn import Earlier, TurnUnreadable, read_turn
from engine.wire import Asker, Intent
from nlu.frame import Frame, Parse, Reference, Shift, Wishes


def test_all_of_a_turn_is_read() -> None:
    parse = {
        "text": "like the second one but less scary",
        "frame": {"tone": {"scary": {"direction": -1, "strength": 0.9}}},
        "references": [{"kind": "ordinal", "ordinal": 0}],
        "refines": True,
    }
    turn = read_turn(
        tracker_of(
            "like the second one but less scary",
            intent="more_like",
            parse=parse,
            frame={"wants": {"moods": ["dark"]}},
            picked="before",
            frames=[{"year": [None, 1990]}, {"frame": {"year": [1990, None]}, "turn_id": "long-before"}],
            shown=["a", "b"],
            focus="b",
        )
    )
    assert turn.who == Asker(persona="lantern", user="ada", turn_id="0123456789abcdef")
    assert turn.intent == Intent(name="more_like", confidence=0.9)
    assert turn.parse == Parse(
        text="like the second one but less scary",
        frame=Frame(tone={"scary": Shift(-1, 0.9)}),
        references=(Reference("ordinal", 0),),
        refines=True,
    )
    assert turn.standing == Frame(wants=Wishes(moods=("dark",)))
    assert turn.picked == "before"
    assert turn.earlier == (Earlier(Frame(year=(None, 1990))), Earlier(Frame(year=(1990, None)), "long-before"))
    assert (turn.shown, turn.focus, turn.pending) == (("a", "b"), "b", None)


def test_an_empty_frame_does_not_stand() -> None:
    assert read_turn(tracker_of(frame={})).standing is None


def test_a_failed_parse_is_none() -> None:
    assert read_turn(tracker_of(parse={"failed": "timeout"})).parse is None


def test_a_button_has_its_film_and_no_words() -> None:
    turn = read_turn(tracker_of('/like{"movie_id": "heat-1995"}', movie_id="heat-1995"))
    assert (turn.movie_id, turn.parse) == ("heat-1995", Parse(text=""))


def test_persona_and_user_come_from_the_conversation_where_metadata_is_missing() -> None:
    assert read_turn(tracker_of(metadata={})).who == Asker(persona="lantern", user="ada")


def test_a_question_is_open_for_one_turn_only() -> None:
    tracker = tracker_of("yes", asked="forget")
    assert read_turn(tracker).pending == "forget"
    tracker.events.append({"event": "user", "text": "yes"})
    assert read_turn(tracker).pending is None


@pytest.mark.parametrize(
    "slots",
    [
        {"frame": {"year": "old"}},
        {"frames": [7]},
        {"frames": 7},
        {"frames": [{"frame": {}, "turn_id": []}]},
        {"shown": "abc"},
        {"frame": {"tone": {"scary": {"direction": 3}}}},
    ],
)
def test_a_slot_that_no_action_wrote_is_refused(slots: dict[str, object]) -> None:
    with pytest.raises(TurnUnreadable):
        read_turn(tracker_of(**slots))


@pytest.mark.parametrize("metadata", [{"persona": "../x"}, {"user": "a b"}, {"persona": 7}])
def test_who_is_not_guessed(metadata: dict[str, object]) -> None:
    with pytest.raises(TurnUnreadable):
        read_turn(tracker_of(metadata=metadata))
