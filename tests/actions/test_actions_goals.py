"""Each goal over the wire: what the engine is asked, what the person gets, which slots are set, exactly."""

import pytest
from actions_engine_peer import FILMS
from actions_stage import SHOWN, Stage, tracker_of

from engine.wire import Kind, Mode
from nlu.frame import Frame, Parse, Wishes

FUNNY = {"wants": {"moods": ["hilarious"]}}
DARK = {"wants": {"moods": ["dark"]}}
TURN = "0123456789abcdef"  # of tracker_of
SECOND = {"text": "the second one", "references": [{"kind": "ordinal", "ordinal": 1}]}


def wish(frame: dict[str, object], **more: object) -> dict[str, object]:
    return {"text": "", "frame": frame, **more}


async def test_a_request_shows_three_and_remembers_the_frame(stage: Stage) -> None:
    payloads, slots = await stage.play("action_recommend", tracker_of(parse=wish(FUNNY, latency_ms=4.5)))
    assert slots == {"frame": FUNNY, "picked": TURN, "shown": SHOWN, "focus": None}
    assert payloads == [
        {
            "replies": ["[fresh]"],
            "picks": [{"movie_id": film, "score": 0.5, "reason": "It fits.", "evidence": []} for film in SHOWN],
            "frame": FUNNY,
            "engine_ms": 2.0,
            "intent": {"name": "request", "confidence": 0.9},
            "parse_ms": 4.5,
        }
    ]
    (asked,) = stage.peer.asked("picks")
    assert (asked.persona, asked.user, asked.turn_id) == ("lantern", "ada", "0123456789abcdef")
    assert (asked.mode, asked.standing) == (Mode.FRESH, None)
    assert asked.parse.frame == Frame(wants=Wishes(moods=("hilarious",)))


async def test_a_refinement_keeps_the_frame_before_it_for_undo(stage: Stage) -> None:
    refined = tracker_of(
        "funnier",
        intent="refine",
        parse=wish(FUNNY, refines=True),
        frame=DARK,
        picked="before",
        frames=[{"frame": {"rest": "x"}, "turn_id": "long-before"}],
    )
    _, slots = await stage.play("action_recommend", refined)
    assert slots["frame"] == FUNNY
    assert slots["frames"] == [
        {"frame": {"rest": "x"}, "turn_id": "long-before"},
        {"frame": DARK, "turn_id": "before"},
    ]
    assert slots["picked"] == TURN
    (asked,) = stage.peer.asked("picks")
    assert (asked.mode, asked.standing) == (Mode.REFINE, Frame(wants=Wishes(moods=("dark",))))


async def test_at_most_ten_frames_are_kept(stage: Stage) -> None:
    earlier = [{"frame": {"rest": str(number)}} for number in range(10)]
    _, slots = await stage.play("action_recommend", tracker_of(parse=wish(FUNNY), frame=DARK, frames=earlier))
    assert slots["frames"] == [*earlier[1:], {"frame": DARK}]


async def test_more_leaves_the_frame_alone(stage: Stage) -> None:
    _, slots = await stage.play("action_recommend", tracker_of("more", intent="refine", frame=DARK, shown=["x"]))
    assert slots == {"picked": TURN, "shown": SHOWN, "focus": None}
    assert stage.peer.asked("picks")[0].mode is Mode.MORE


async def test_undo_goes_one_frame_back_and_picks_for_it(stage: Stage) -> None:
    before = [{"frame": {"rest": "x"}}, {"frame": DARK, "turn_id": "before"}]
    payloads, slots = await stage.play(
        "action_undo", tracker_of("undo", intent="undo", frame=FUNNY, picked="last", frames=before)
    )
    assert slots == {"frame": DARK, "frames": before[:1], "picked": TURN, "shown": SHOWN, "focus": None}
    assert payloads[0]["replies"] == ["[undone]", "[fresh]"]
    (asked,) = stage.peer.asked("picks")
    assert asked.again == "before"
    assert asked.parse == Parse(text="", frame=Frame(wants=Wishes(moods=("dark",))))
    assert asked.standing is None


async def test_undo_in_a_conversation_of_before_turns_were_kept(stage: Stage) -> None:
    _, slots = await stage.play("action_undo", tracker_of("undo", intent="undo", frame=FUNNY, frames=[DARK]))
    assert (slots["frame"], slots["frames"]) == (DARK, [])
    assert stage.peer.asked("picks")[0].again == ""


async def test_an_undo_that_finds_no_film_leaves_none_to_come_back_to(stage: Stage) -> None:
    stage.peer.films = 0
    before = [{"frame": DARK, "turn_id": "before"}]
    _, slots = await stage.play("action_undo", tracker_of("undo", intent="undo", frame=FUNNY, frames=before))
    assert slots == {"frame": DARK, "frames": [], "picked": None}


async def test_a_wish_that_finds_no_film_has_no_turn_to_come_back_to(stage: Stage) -> None:
    stage.peer.films = 0
    _, slots = await stage.play("action_recommend", tracker_of(parse=wish(FUNNY), frame=DARK, picked="before"))
    assert slots == {"frame": FUNNY, "frames": [{"frame": DARK, "turn_id": "before"}], "picked": None}
    _, slots = await stage.play("action_recommend", tracker_of("more", intent="refine", frame=DARK, picked="before"))
    assert slots == {}  # the films on the table still answer the wish in force


async def test_the_saved_list_answers_no_wish(stage: Stage) -> None:
    _, slots = await stage.play("action_show_saved", tracker_of("my list", frame=DARK, picked="before"))
    assert "picked" not in slots


async def test_undo_with_nothing_before_says_so(stage: Stage) -> None:
    payloads, slots = await stage.play("action_undo", tracker_of("undo", intent="undo", frame=FUNNY))
    assert (payloads[0]["replies"], slots) == (["[undo_nothing]"], {})


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("action_like", Kind.LIKE),
        ("action_dislike", Kind.DISLIKE),
        ("action_seen", Kind.SEEN),
        ("action_save", Kind.SAVE),
        ("action_unsave", Kind.UNSAVE),
    ],
)
async def test_feedback_by_words_and_by_button(stage: Stage, action: str, kind: Kind) -> None:
    _, by_words = await stage.play(action, tracker_of("the second one", parse=SECOND, shown=SHOWN))
    _, by_button = await stage.play(action, tracker_of(f"/{kind}{{}}", movie_id="heat-1995", shown=SHOWN))
    assert (by_words, by_button) == ({"focus": SHOWN[1]}, {"focus": "heat-1995"})
    asked = stage.peer.asked("feedback")
    assert [(request.kind, request.movie_ids) for request in asked] == [(kind, (SHOWN[1],)), (kind, ("heat-1995",))]


async def test_having_seen_all_brings_others(stage: Stage) -> None:
    every = {"text": "seen them all", "references": [{"kind": "all"}]}
    payloads, slots = await stage.play("action_seen", tracker_of("seen them all", parse=every, shown=SHOWN, frame=DARK))
    assert payloads[0]["replies"] == [f"seen: {', '.join(SHOWN)}", "[more]"]
    assert slots == {"picked": TURN, "shown": SHOWN, "focus": None}


async def test_rejecting_without_a_name_rejects_all_and_brings_others(stage: Stage) -> None:
    payloads, _ = await stage.play("action_reject", tracker_of("none of these", shown=SHOWN, focus=SHOWN[0]))
    assert [path for path, _ in stage.peer.calls] == ["feedback", "picks"]
    assert stage.peer.asked("feedback")[0].movie_ids == tuple(SHOWN)
    assert stage.peer.asked("picks")[0].mode is Mode.MORE
    assert len(payloads) == 1


async def test_a_rejection_with_a_wish_is_the_wish(stage: Stage) -> None:
    no_horror = wish({"avoids": {"genres": ["Horror"]}}, refines=True)
    await stage.play("action_reject", tracker_of("no horror", parse=no_horror, shown=SHOWN, frame=DARK))
    assert [path for path, _ in stage.peer.calls] == ["picks"]
    assert stage.peer.asked("picks")[0].mode is Mode.REFINE


async def test_a_liking_that_is_a_wish_is_granted(stage: Stage) -> None:
    await stage.play("action_like", tracker_of("I like westerns", parse=wish({"wants": {"genres": ["Western"]}})))
    assert stage.peer.asked("picks")[0].mode is Mode.FRESH


async def test_which_one_is_asked_and_answered(stage: Stage) -> None:
    payloads, slots = await stage.play("action_save", tracker_of("save it", intent="save", shown=SHOWN))
    assert (payloads[0]["replies"], slots) == (["[which_one]"], {"pending": "which:action_save"})
    answer = tracker_of("the second one", intent="details", parse=SECOND, shown=SHOWN, asked="which:action_save")
    payloads, slots = await stage.play("action_details", answer)
    assert payloads[0]["replies"] == [f"save: {SHOWN[1]}"]
    assert slots == {"focus": SHOWN[1], "pending": None}


async def test_a_longer_answer_means_what_it_says(stage: Stage) -> None:
    text = "tell me who directed the second one"
    asked = tracker_of(text, intent="details", parse=SECOND, shown=SHOWN, asked="which:action_save")
    payloads, _ = await stage.play("action_details", asked)
    assert payloads[0]["replies"] == [f"about {SHOWN[1]}"]


async def test_explain_all_is_one_turn(stage: Stage) -> None:
    every = {"text": "why these", "references": [{"kind": "all"}]}
    payloads, slots = await stage.play("action_explain", tracker_of("why these", parse=every, shown=SHOWN, frame=DARK))
    assert payloads[0]["replies"] == [f"why {film}" for film in SHOWN]
    assert payloads[0]["engine_ms"] == 3.0
    assert slots == {"focus": None}
    assert stage.peer.asked("explain")[0].frame == Frame(wants=Wishes(moods=("dark",)))


async def test_more_like_points_or_means_all(stage: Stage) -> None:
    await stage.play("action_more_like", tracker_of("more like the second", parse=SECOND, shown=SHOWN))
    await stage.play("action_more_like", tracker_of("similar ones", shown=SHOWN))
    assert [request.anchors for request in stage.peer.asked("picks")] == [(SHOWN[1],), tuple(SHOWN)]
    payloads, _ = await stage.play("action_more_like", tracker_of("similar ones"))
    assert payloads[0]["replies"] == ["[nothing_shown]"]


async def test_more_like_a_title_is_a_wish(stage: Stage) -> None:
    await stage.play("action_more_like", tracker_of("films like Heat", parse=wish({"like": [FILMS[3]]}), shown=SHOWN))
    (asked,) = stage.peer.asked("picks")
    assert (asked.mode, asked.anchors, asked.parse.frame.like) == (Mode.FRESH, (), (FILMS[3],))


async def test_surprise(stage: Stage) -> None:
    _, slots = await stage.play("action_surprise", tracker_of("surprise me", intent="surprise"))
    assert stage.peer.asked("picks")[0].mode is Mode.SURPRISE
    assert slots["shown"] == SHOWN


async def test_saved_films_are_on_the_table(stage: Stage) -> None:
    _, slots = await stage.play("action_show_saved", tracker_of("my list"))
    assert slots == {"shown": SHOWN[:2], "focus": None}
    assert stage.peer.asked("saved") == ["lantern:ada"]


async def test_taste(stage: Stage) -> None:
    payloads, slots = await stage.play("action_show_taste", tracker_of("my taste"))
    assert (payloads[0]["replies"], slots) == (["you like films"], {})


async def test_start_over_empties_the_conversation(stage: Stage) -> None:
    payloads, slots = await stage.play("action_restart", tracker_of("start over", frame=DARK, shown=SHOWN))
    assert payloads[0]["replies"] == ["[restarted]"]
    assert slots == dict.fromkeys(("frame", "frames", "picked", "shown", "focus", "pending"))


async def test_forgetting_asks_first(stage: Stage) -> None:
    _, slots = await stage.play("action_forget_me", tracker_of("forget me"))
    assert slots == {"pending": "forget"}
    assert stage.peer.asked("forget") == []


async def test_yes_forgets_and_no_keeps(stage: Stage) -> None:
    payloads, slots = await stage.play("action_deny", tracker_of("no", asked="forget"))
    assert (payloads[0]["replies"], slots) == (["[forget_kept]"], {"pending": None})
    assert stage.peer.asked("forget") == []
    payloads, slots = await stage.play("action_affirm", tracker_of("yes", asked="forget"))
    assert payloads[0]["replies"] == ["forgotten"]
    assert slots == dict.fromkeys(("frame", "frames", "picked", "shown", "focus", "pending"))
    assert stage.peer.asked("forget") == ["lantern:ada"]


@pytest.mark.parametrize("action", ["action_affirm", "action_deny"])
async def test_yes_and_no_alone(stage: Stage, action: str) -> None:
    payloads, _ = await stage.play(action, tracker_of("ok"))
    assert payloads[0]["replies"] == [f"[{action.removeprefix('action_')}]"]
    assert stage.peer.asked("forget") == []


async def test_an_unsure_message_with_a_wish_is_granted(stage: Stage) -> None:
    await stage.play("action_fallback", tracker_of("🫣💔🤣", intent="nlu_fallback", parse=wish(FUNNY)))
    assert stage.peer.asked("picks")[0].mode is Mode.FRESH


async def test_the_second_time_the_fallback_says_something_else(stage: Stage) -> None:
    payloads, slots = await stage.play("action_fallback", tracker_of("hm", intent="nlu_fallback"))
    assert (payloads[0]["replies"], slots) == (["[fallback]"], {"pending": "rephrase"})
    payloads, _ = await stage.play("action_fallback", tracker_of("hm", intent="nlu_fallback", asked="rephrase"))
    assert payloads[0]["replies"] == ["[fallback_again]"]


async def test_a_failed_parse_is_asked_for_again(stage: Stage) -> None:
    await stage.play("action_recommend", tracker_of("something funny", parse={"failed": "timeout"}))
    assert [path for path, _ in stage.peer.calls] == ["parse", "picks"]
    assert stage.peer.asked("picks")[0].parse.frame == Frame(wants=Wishes(moods=("hilarious",)))
