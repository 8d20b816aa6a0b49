"""Taking a wish back brings its films back: the same ones, unless they may not or should not be shown any more."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.answers import Desk, Feedback, Picks
from engine.limits import allows
from engine.store import Database
from engine.wire import Kind, Mode, PicksRequest, Reply
from nlu.frame import Frame, Wishes
from tests.engine.stage import many_films
from tests.engine.stalls import PERSONAS, STRICT, asking, desk_over, saying

SNOW = Frame(rest="snow")
GHOSTS = Frame(wants=Wishes(themes=("ghosts",)))


def ids(reply: Reply) -> list[str]:
    return [pick.movie_id for pick in reply.picks]


def answer(desk: Desk, asked: PicksRequest) -> Reply:
    return Picks(desk).answer(asked)


def back(frame: Frame, *, to: str, turn_id: str = "undo", persona: str = "matinee") -> PicksRequest:
    return asking(Mode.FRESH, frame, turn_id=turn_id, persona=persona).model_copy(update={"again": to})


@pytest.fixture
def wide_desk(tmp_path: Path, database: Database) -> Desk:
    return desk_over(tmp_path / "index", many_films(40), database)


def test_the_same_films_come_back_in_their_order_with_reasons(wide_desk: Desk) -> None:
    first = answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1"))
    answer(wide_desk, asking(Mode.REFINE, Frame(rest="sea"), turn_id="t2", standing=SNOW))
    again = answer(wide_desk, back(SNOW, to="t1"))
    assert ids(again) == ids(first)
    assert again.frame == SNOW
    assert all(pick.reason and pick.evidence for pick in again.picks)
    assert again.replies == ()  # whoever takes back says so; films that are known need no introduction


def test_without_a_turn_other_films_come(wide_desk: Desk) -> None:
    first = answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1"))
    other = answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="undo"))
    assert not set(ids(other)) & set(ids(first))
    assert other.replies


@pytest.mark.parametrize("gone", [Kind.SEEN, Kind.DISLIKE, Kind.REJECT])
def test_what_was_turned_down_meanwhile_stays_away(wide_desk: Desk, gone: Kind) -> None:
    first = ids(answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1")))
    Feedback(wide_desk).answer(saying(gone, first[1]))
    assert ids(answer(wide_desk, back(SNOW, to="t1"))) == [first[0], first[2]]


def test_a_film_that_was_liked_meanwhile_is_no_reason_for_itself(wide_desk: Desk) -> None:
    first = ids(answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1")))
    Feedback(wide_desk).answer(saying(Kind.LIKE, first[0]))
    again = answer(wide_desk, back(SNOW, to="t1"))
    assert ids(again) == first
    title = wide_desk.film(PERSONAS["matinee"], first[0]).title
    assert title not in again.picks[0].reason
    assert not any(title in evidence.detail for evidence in again.picks[0].evidence)


def test_where_none_is_left_others_come_with_an_introduction(wide_desk: Desk) -> None:
    first = ids(answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1")))
    Feedback(wide_desk).answer(saying(Kind.REJECT, *first))
    again = answer(wide_desk, back(SNOW, to="t1"))
    assert len(again.picks) == 3
    assert not set(ids(again)) & set(first)
    assert again.replies


def test_an_unknown_turn_and_anothers_turn_bring_nothing_back(wide_desk: Desk) -> None:
    theirs = ids(answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1", user="bob")))
    own = answer(wide_desk, back(SNOW, to="t1"))  # bob's turn, asked for by ann
    assert own.replies
    assert ids(own) == theirs  # ann has seen nothing yet, so the best films for snow are hers, too, as new ones
    assert answer(wide_desk, back(SNOW, to="never", turn_id="undo2")).replies


def test_a_call_that_is_repeated_gets_the_same_films(wide_desk: Desk) -> None:
    answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1"))
    once = answer(wide_desk, back(SNOW, to="t1"))
    assert answer(wide_desk, back(SNOW, to="t1")) == once


def test_one_may_go_back_twice_and_forth(wide_desk: Desk) -> None:
    frames = {f"t{number}": Frame(rest=word) for number, word in enumerate(("snow", "sea", "train"))}
    shown = {turn: ids(answer(wide_desk, asking(Mode.FRESH, frame, turn_id=turn))) for turn, frame in frames.items()}
    assert ids(answer(wide_desk, back(frames["t1"], to="t1", turn_id="u1"))) == shown["t1"]
    assert ids(answer(wide_desk, back(frames["t0"], to="t0", turn_id="u2"))) == shown["t0"]
    # The films of t1 were last shown by the first undo.
    assert ids(answer(wide_desk, back(frames["t1"], to="u1", turn_id="u3"))) == shown["t1"]


def test_a_comparison_starts_from_the_films_that_came_back(wide_desk: Desk) -> None:
    first = ids(answer(wide_desk, asking(Mode.FRESH, SNOW, turn_id="t1")))
    answer(wide_desk, asking(Mode.FRESH, Frame(rest="sea"), turn_id="t2"))
    answer(wide_desk, back(SNOW, to="t1"))
    assert list(wide_desk.tastes.read("matinee", "ann").shown[-3:]) == first


def test_what_the_restored_wish_rules_out_stays_out(desk: Desk) -> None:
    desk.tastes.mark_shown("matinee", "ann", movie_ids=["haunted-house", "mild-ghost"], turn_id="t1")
    kind = Frame(wants=GHOSTS.wants, avoids=Wishes(genres=("Horror",)), certification_max="PG")
    assert ids(answer(desk, back(kind, to="t1"))) == ["mild-ghost"]


@given(shown=st.lists(st.integers(0, 39), min_size=1, max_size=6, unique=True))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_film_beyond_the_limits_comes_back(wide_desk: Desk, shown: list[int]) -> None:
    # As if the persona's limits had been wider when the films were shown.
    films = [f"odd-{number:03d}" for number in shown]
    wide_desk.tastes.mark_shown("lantern", "ann", movie_ids=films, turn_id="t1")
    reply = answer(wide_desk, back(SNOW, to="t1", persona="lantern"))
    for movie_id in ids(reply):
        found = wide_desk.catalogue(PERSONAS["lantern"]).film(movie_id)
        assert found is not None
        assert allows(STRICT, found)
    wide_desk.tastes.forget("lantern", "ann")


def test_films_that_left_the_catalogue_are_passed_over(desk: Desk) -> None:
    desk.tastes.mark_shown("matinee", "ann", movie_ids=["gone-since-1999", "mild-ghost"], turn_id="t1")
    assert ids(answer(desk, back(GHOSTS, to="t1"))) == ["mild-ghost"]
