"""Answering a request for films: how it stands to the one before it, what is refused, what is never shown again."""

from pathlib import Path

import pytest

from engine.answers import Desk, Feedback, Picks
from engine.catalogues import Catalogues
from engine.errors import NotReadyError, UnknownPersonaError
from engine.limits import allows
from engine.store import Database, TasteStore
from engine.wire import Kind, Mode, PicksRequest, Reply
from nlu.frame import Frame, Parse, Shift, Wishes
from persona_configs.phrases import Phrase, variants
from tests.engine.stage import many_films
from tests.engine.stalls import PERSONAS, STRICT, asking, desk_over, saying
from tests.index.films import film
from tests.index.hash_encoder import HashEncoder

GHOSTS = Frame(wants=Wishes(themes=("ghosts",)))


def ids(reply: Reply) -> list[str]:
    return [pick.movie_id for pick in reply.picks]


def answer(desk: Desk, asked: PicksRequest) -> Reply:
    return Picks(desk).answer(asked)


@pytest.fixture
def wide_desk(tmp_path: Path, database: Database) -> Desk:
    """Forty odd films."""
    return desk_over(tmp_path / "index", many_films(40), database)


def test_a_fresh_wish_is_answered_by_what_fits_best(desk: Desk) -> None:
    reply = answer(desk, asking(Mode.FRESH, GHOSTS))
    assert set(ids(reply)[:2]) == {"mild-ghost", "haunted-house"}
    assert reply.frame == GHOSTS
    assert reply.replies[0] in variants(PERSONAS["matinee"], Phrase.PICKS_INTRO)
    assert all(pick.reason for pick in reply.picks)
    assert all(0.0 <= pick.score <= 1.0 for pick in reply.picks)
    assert all(pick.evidence for pick in reply.picks if pick.score > 0.0)  # a film may only fill the row
    assert reply.picks[1].score > 0.9


def test_a_fresh_wish_forgets_the_one_before_it(desk: Desk) -> None:
    standing = Frame(avoids=Wishes(genres=("Horror",)), rest="snow")
    assert answer(desk, asking(Mode.FRESH, GHOSTS, standing=standing)).frame == GHOSTS


def test_a_refinement_changes_the_one_before_it(desk: Desk) -> None:
    change = Frame(avoids=Wishes(genres=("Horror",)))
    reply = answer(desk, asking(Mode.REFINE, change, standing=GHOSTS))
    assert ids(reply)[0] == "mild-ghost"
    assert "haunted-house" not in ids(reply)
    assert reply.frame == Frame(wants=GHOSTS.wants, avoids=change.avoids)


@pytest.mark.parametrize(
    ("stated", "standing", "in_force"), [(None, "PG", "PG"), ("G", "PG", "G"), ("R", "PG", "R"), ("G", None, "G")]
)
@pytest.mark.parametrize("mode", list(Mode))
def test_a_limit_for_a_child_holds_until_another_is_stated(
    desk: Desk, mode: Mode, stated: str | None, standing: str | None, in_force: str
) -> None:
    asked = asking(
        mode, Frame(certification_max=stated), standing=Frame(certification_max=standing), anchors=("farm-pig",)
    )
    reply = answer(desk, asked)
    assert reply.frame is not None
    assert reply.frame.certification_max == in_force
    order = ["G", "PG", "PG-13", "R"]
    for movie_id in ids(reply):
        found = desk.catalogue(PERSONAS["matinee"]).film(movie_id)
        assert found is not None
        assert found.certification in order[: order.index(in_force) + 1]


def test_more_keeps_the_wish_and_gives_other_films(desk: Desk) -> None:
    first = answer(desk, asking(Mode.FRESH, Frame(rest="snow"), turn_id="t1"))
    more = answer(desk, asking(Mode.MORE, standing=first.frame, turn_id="t2"))
    assert more.frame == first.frame
    assert len(more.picks) == 3
    assert not set(ids(more)) & set(ids(first))
    assert more.replies[0] in variants(PERSONAS["matinee"], Phrase.PICKS_INTRO_MORE)


def test_like_it_names_the_film_and_leaves_it_out(desk: Desk) -> None:
    reply = answer(desk, asking(Mode.LIKE, anchors=("haunted-house",), standing=Frame(rest="a wish of before")))
    assert reply.frame == Frame(like=("haunted-house",))
    assert ids(reply)[0] == "mild-ghost"
    assert "haunted-house" not in ids(reply)
    assert "Haunted House" in reply.replies[0]


def test_a_surprise_differs_from_turn_to_turn_and_not_within_one(wide_desk: Desk) -> None:
    asked = [asking(Mode.SURPRISE, turn_id=f"t{number}", user=f"u{number}") for number in range(8)]
    answers = [tuple(ids(answer(wide_desk, each))) for each in asked]
    assert len(set(answers)) > 1
    assert [tuple(ids(answer(wide_desk, each))) for each in asked] == answers


def test_the_same_turn_gets_the_same_answer(desk: Desk) -> None:
    asked = asking(Mode.FRESH, GHOSTS)
    assert answer(desk, asked) == answer(desk, asked)
    assert len(desk.tastes.read("matinee", "ann").shown) == len(answer(desk, asked).picks)


def test_no_film_is_shown_twice_until_there_is_none_left(wide_desk: Desk) -> None:
    shown: list[str] = []
    for number in range(30):
        reply = answer(wide_desk, asking(Mode.MORE, standing=Frame(rest="snow"), turn_id=f"t{number}"))
        shown += ids(reply)
        if not reply.picks:
            assert reply.replies == (reply.replies[0],)
            assert reply.replies[0] in variants(PERSONAS["matinee"], Phrase.PICKS_NONE)
    assert len(shown) == len(set(shown)) == 40


def test_what_was_said_of_films_keeps_them_away(desk: Desk) -> None:
    for kind, movie_id in ((Kind.SEEN, "mild-ghost"), (Kind.DISLIKE, "quiet-monk"), (Kind.REJECT, "unknown-love")):
        Feedback(desk).answer(saying(kind, movie_id))
    assert set(ids(answer(desk, asking(Mode.FRESH, GHOSTS)))) == {"haunted-house", "farm-pig", "unrated-war"}


def test_two_personas_show_one_person_the_same_film(desk: Desk) -> None:
    first = answer(desk, asking(Mode.FRESH, GHOSTS, persona="matinee"))
    other = answer(desk, asking(Mode.FRESH, GHOSTS, persona="lantern"))
    assert "mild-ghost" in ids(first)
    assert "mild-ghost" in ids(other)


@pytest.mark.parametrize("frame", [Frame(), GHOSTS, Frame(rest="an exorcism"), Frame(certification_max="NC-17")])
@pytest.mark.parametrize("mode", list(Mode))
def test_a_persona_with_limits_shows_nothing_beyond_them(wide_desk: Desk, mode: Mode, frame: Frame) -> None:
    for number in range(8):
        reply = answer(wide_desk, asking(mode, frame, persona="lantern", turn_id=f"t{number}", anchors=("odd-001",)))
        for movie_id in ids(reply):
            found = wide_desk.catalogue(PERSONAS["lantern"]).film(movie_id)
            assert found is not None
            assert allows(STRICT, found)


def test_a_forbidden_film_is_refused_by_its_name(desk: Desk) -> None:
    reply = answer(desk, asking(Mode.FRESH, Frame(like=("haunted-house",)), persona="lantern"))
    assert "Haunted House" in reply.replies[0]
    assert reply.frame == Frame()
    assert set(ids(reply)) == {"farm-pig", "quiet-monk", "mild-ghost"}
    assert not any("Haunted House" in pick.reason for pick in reply.picks)


def test_a_forbidden_wish_is_refused_by_its_name_and_leaves_the_frame(desk: Desk) -> None:
    wants = Wishes(genres=("Horror", "Comedy"), themes=("occult",))
    reply = answer(desk, asking(Mode.FRESH, Frame(wants=wants), persona="lantern"))
    assert "horror" in reply.replies[0]
    assert reply.frame == Frame(wants=Wishes(genres=("Comedy",)))
    assert set(ids(reply)) == {"farm-pig", "mild-ghost"}


def test_a_certification_beyond_the_limits_is_refused_and_cut(desk: Desk) -> None:
    reply = answer(desk, asking(Mode.FRESH, Frame(certification_max="R"), persona="lantern"))
    assert reply.replies[0] in {
        line.format(limit="PG") for line in variants(PERSONAS["lantern"], Phrase.LIMIT_CERTIFICATION)
    }
    assert reply.frame == Frame(certification_max="PG")


def test_a_certification_that_nobody_knows_shows_nothing(desk: Desk) -> None:
    assert answer(desk, asking(Mode.FRESH, Frame(certification_max="TV-14"), persona="lantern")).picks == ()


def test_a_film_that_the_catalogue_lost_is_no_anchor(desk: Desk) -> None:
    reply = answer(desk, asking(Mode.LIKE, anchors=("gone-since-1999",)))
    assert reply.frame == Frame()
    assert len(reply.picks) == 3


def test_what_gave_way_is_said_in_the_reply(desk: Desk) -> None:
    frame = Frame(wants=Wishes(genres=("Comedy",)), year=(2030, None))
    reply = answer(desk, asking(Mode.FRESH, frame))
    assert set(ids(reply)) == {"farm-pig", "mild-ghost"}
    assert reply.relaxed == ("from 2030 on",)
    assert any("from 2030 on" in line for line in reply.replies)


def test_as_many_films_come_as_were_asked_for(wide_desk: Desk) -> None:
    for number, count in ((None, 3), (1, 1), (5, 5), (50, 6)):
        asked = asking(Mode.FRESH, Frame(rest="snow"), number=number, user=f"u{number}")
        assert len(answer(wide_desk, asked).picks) == count


def test_a_title_that_nobody_knows_is_named(desk: Desk) -> None:
    asked = asking(Mode.FRESH, Frame(rest="paddington"))
    asked = asked.model_copy(update={"parse": Parse(text="", frame=asked.parse.frame, unknown=("Paddington 9",))})
    assert any("Paddington 9" in line for line in answer(desk, asked).replies)


def test_less_scary_starts_from_what_was_shown(tmp_path: Path, database: Database) -> None:
    still = dict.fromkeys(("violent", "funny", "romantic", "sad", "tense", "uplifting", "thoughtful", "weird", "epic",
                           "fast", "family", "realistic"), 0.5)  # fmt: skip
    films = [film(f"ghost-{scary}", themes=["ghosts"], tone=still | {"scary": scary / 10}) for scary in range(10)]
    desk = desk_over(tmp_path / "index", films, database)
    desk.tastes.mark_shown("matinee", "ann", movie_ids=["ghost-5"], turn_id="t0")
    asked = asking(Mode.REFINE, Frame(tone={"scary": Shift(-1)}), standing=GHOSTS)
    reply = answer(desk, asked)
    assert len(reply.picks) == 3
    assert set(ids(reply)) <= {f"ghost-{scary}" for scary in range(5)}
    assert reply.relaxed == ()


def test_an_unknown_persona_is_no_persona(desk: Desk) -> None:
    with pytest.raises(UnknownPersonaError, match="there are: matinee, lantern"):
        answer(desk, asking(persona="nobody"))


def test_a_catalogue_that_was_never_built_says_what_to_run(tmp_path: Path, database: Database) -> None:
    empty = Desk(PERSONAS, Catalogues(tmp_path / "nothing", HashEncoder()), TasteStore(database))
    with pytest.raises(NotReadyError, match="matinee index build"):
        answer(empty, asking())


def test_a_kept_turn_is_on_disk_before_it_is_answered(desk: Desk, database_url: str) -> None:
    reply = answer(desk, asking(Mode.FRESH, GHOSTS))
    other = Database(database_url)
    assert list(TasteStore(other).read("matinee", "ann").shown) == ids(reply)
    other.close()
