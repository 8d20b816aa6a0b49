"""Answering what a person says of films, what is known of them, and what a film is."""

import pytest

from engine.answers import About, Desk, Feedback, Picks, Tastes
from engine.errors import UnknownFilmError, UnknownPersonaError
from engine.store import Taste
from engine.wire import AboutRequest, CardsRequest, Kind, Mode
from nlu.frame import Frame, Wishes
from persona_configs.phrases import Phrase, variants
from tests.engine.stalls import PERSONAS, asking, saying


def about(movie_id: str, *, persona: str = "matinee", frame: Frame | None = None) -> AboutRequest:
    return AboutRequest(persona=persona, user="ann", turn_id="t", movie_id=movie_id, frame=frame)


@pytest.mark.parametrize(
    ("kind", "phrase", "field"),
    [(Kind.LIKE, Phrase.LIKED, "liked"), (Kind.DISLIKE, Phrase.DISLIKED, "disliked"), (Kind.SEEN, Phrase.SEEN, "seen"),
     (Kind.REJECT, Phrase.REJECTED, "rejected"), (Kind.SAVE, Phrase.SAVED, "saved")],
)  # fmt: skip
def test_what_is_said_is_kept_and_confirmed_by_title(desk: Desk, kind: Kind, phrase: Phrase, field: str) -> None:
    reply = Feedback(desk).answer(saying(kind, "farm-pig"))
    assert getattr(desk.tastes.read("matinee", "ann"), field) == ("farm-pig",)
    said = {line.replace("{title}", "Farm Pig") for line in variants(PERSONAS["matinee"], phrase)}
    assert reply.replies[0] in said


def test_saving_twice_says_that_it_is_on_the_list_already(desk: Desk) -> None:
    Feedback(desk).answer(saying(Kind.SAVE, "farm-pig"))
    again = Feedback(desk).answer(saying(Kind.SAVE, "farm-pig"))
    already = {line.replace("{title}", "Farm Pig") for line in variants(PERSONAS["matinee"], Phrase.SAVED_ALREADY)}
    assert again.replies[0] in already


def test_several_films_are_named_once_each(desk: Desk) -> None:
    reply = Feedback(desk).answer(saying(Kind.SEEN, "farm-pig", "quiet-monk", "mild-ghost", "farm-pig"))
    assert "Farm Pig, Quiet Monk and Mild Ghost" in reply.replies[0]
    assert reply.replies[0].count("Farm Pig") == 1


@pytest.mark.parametrize("movie_id", ["haunted-house", "unrated-war", "unknown-love", "no-such-film", "", "x\x00y"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_film_that_is_not_the_personas_is_unknown_and_nothing_is_kept(desk: Desk, kind: Kind, movie_id: str) -> None:
    with pytest.raises(UnknownFilmError):
        Feedback(desk).answer(saying(kind, "farm-pig", movie_id, persona="lantern"))
    assert desk.tastes.read("lantern", "ann") == Taste()


def test_forbidden_and_unknown_films_are_not_told_apart(desk: Desk) -> None:
    said = []
    for movie_id in ("haunted-house", "no-such-film"):
        for ask in (About(desk).explain, About(desk).details):
            with pytest.raises(UnknownFilmError) as caught:
                ask(about(movie_id, persona="lantern"))
            said.append(str(caught.value).replace(movie_id, "X"))
    assert len(set(said)) == 1


def test_cards_leave_out_what_the_persona_never_shows_and_keep_the_order(desk: Desk) -> None:
    asked = ("quiet-monk", "haunted-house", "no-such-film", "unrated-war", "farm-pig")
    strict = About(desk).cards(CardsRequest(persona="lantern", movie_ids=asked))
    open_ = About(desk).cards(CardsRequest(persona="matinee", movie_ids=asked))
    assert [card.movie_id for card in strict] == ["quiet-monk", "farm-pig"]
    assert [card.movie_id for card in open_] == ["quiet-monk", "haunted-house", "unrated-war", "farm-pig"]


def test_a_card_tells_facts_and_leaves_unknown_ones_open(desk: Desk) -> None:
    (card,) = About(desk).cards(CardsRequest(persona="matinee", movie_ids=("unknown-love",)))
    assert (card.title, card.year, card.runtime_min, card.genres) == ("Unknown Love", 1999, 110, ("Romance",))
    assert (card.certification, card.lightness, card.poster_url, card.sentiment) == (None, None, None, None)


def test_the_explanation_names_the_film_and_what_was_asked(desk: Desk) -> None:
    frame = Frame(wants=Wishes(themes=("faith",)))
    Picks(desk).answer(asking(Mode.FRESH, frame))
    reply = About(desk).explain(about("quiet-monk", frame=frame))
    assert "Quiet Monk" in reply.replies[0]
    assert "faith" in reply.replies[0]
    assert reply.picks == ()


def test_a_film_that_nobody_asked_for_is_explained_too(desk: Desk) -> None:
    assert "Farm Pig" in About(desk).explain(about("farm-pig")).replies[0]


def test_details_tell_the_facts_and_the_story(desk: Desk) -> None:
    words = About(desk).details(about("quiet-monk")).replies[0]
    for part in ("Quiet Monk", "2010", "PG", "100", "A monk walks home through snow, praying."):
        assert part in words
    assert "None" not in About(desk).details(about("unknown-love")).replies[0]


def test_the_saved_list_has_the_latest_first_with_reasons(desk: Desk) -> None:
    assert Tastes(desk).saved("matinee", "ann").replies[0] in variants(PERSONAS["matinee"], Phrase.SAVED_NONE)
    for movie_id in ("farm-pig", "haunted-house"):
        Feedback(desk).answer(saying(Kind.SAVE, movie_id))
    reply = Tastes(desk).saved("matinee", "ann")
    assert reply.quick_replies
    assert [pick.movie_id for pick in reply.picks] == ["haunted-house", "farm-pig"]
    assert all(pick.reason for pick in reply.picks)
    assert "2" in reply.replies[0]
    Feedback(desk).answer(saying(Kind.UNSAVE, "haunted-house"))
    assert [pick.movie_id for pick in Tastes(desk).saved("matinee", "ann").picks] == ["farm-pig"]


def test_the_saved_list_leaves_out_what_the_persona_stopped_showing(desk: Desk) -> None:
    desk.tastes.record("lantern", "ann", kind=Kind.SAVE, movie_ids=["haunted-house", "farm-pig", "gone"])
    assert [pick.movie_id for pick in Tastes(desk).saved("lantern", "ann").picks] == ["farm-pig"]


def test_the_taste_names_what_was_liked_and_says_when_it_knows_nothing(desk: Desk) -> None:
    assert Tastes(desk).read("matinee", "ann").summary in variants(PERSONAS["matinee"], Phrase.TASTE_EMPTY)
    Feedback(desk).answer(saying(Kind.LIKE, "quiet-monk"))
    Feedback(desk).answer(saying(Kind.DISLIKE, "haunted-house"))
    taste = Tastes(desk).read("matinee", "ann")
    assert (taste.liked, taste.disliked) == (("quiet-monk",), ("haunted-house",))
    assert "Quiet Monk" in taste.summary
    assert "Haunted House" in taste.summary
    assert "serene" in taste.summary


def test_a_taste_never_names_a_film_that_the_persona_does_not_show(desk: Desk) -> None:
    desk.tastes.record("lantern", "ann", kind=Kind.LIKE, movie_ids=["haunted-house", "quiet-monk"])
    summary = Tastes(desk).summary("lantern", "ann").replies[0]
    assert "Quiet Monk" in summary
    assert "Haunted House" not in summary
    reasons = [pick.reason for pick in Picks(desk).answer(asking(Mode.SURPRISE, persona="lantern")).picks]
    assert reasons
    assert not any("Haunted House" in reason for reason in reasons)


def test_forgetting_leaves_nothing_and_is_said(desk: Desk) -> None:
    Feedback(desk).answer(saying(Kind.LIKE, "quiet-monk"))
    Picks(desk).answer(asking(Mode.SURPRISE))
    reply = Tastes(desk).forget("matinee", "ann")
    assert reply.replies[0] in variants(PERSONAS["matinee"], Phrase.FORGET_DONE)
    assert desk.tastes.read("matinee", "ann") == Taste()
    assert len(Picks(desk).answer(asking(Mode.SURPRISE, number=6)).picks) == 6


def test_an_unknown_persona_has_no_tastes(desk: Desk) -> None:
    for ask in (Tastes(desk).read, Tastes(desk).summary, Tastes(desk).saved, Tastes(desk).forget):
        with pytest.raises(UnknownPersonaError):
            ask("nobody", "ann")
