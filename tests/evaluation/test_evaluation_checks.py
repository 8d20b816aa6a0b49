import pytest
from evaluation_pieces import a_card, a_turn

from bot.evaluation.checks import check
from bot.evaluation.conversation import Expect, Never
from bot.evaluation.story import NoSuchFilm, Story
from bot.gateway.turn import FAULT, Turn
from engine.wire import QuickReply

KITE = a_card()
STONE = a_card(movie_id="m2", title="Stone", year=1960, certification="R", genres=("War",), tone={"scary": 0.9})


def missed(turn: Turn, *, before: Story | None = None, never: object = None, **expect: object) -> list[str]:
    found = check(
        turn, expect=Expect.model_validate(expect), never=Never.model_validate(never or {}), before=before or Story()
    )
    return [str(miss) for miss in found]


def test_an_answer_that_keeps_to_everything_has_no_misses() -> None:
    story = Story().after((STONE,), {"grim": "first"})
    turn = a_turn(KITE, replies=("Not Stone, then:",), quick_replies=(QuickReply(title="More", payload="more"),))
    assert not missed(
        turn,
        before=story,
        never={"certification_above": "PG", "genres": "Horror", "themes": ["gore"], "titles": ["Stone"]},
        intent="request",
        cards=1,
        every_card={"genres_any": "Comedy"},
        some_card={"moods_any": "cosy"},
        first_card={"year": [1990, 1999]},
        no_card={"genres_any": "War"},
        replies_match="not {grim}",
        relaxed="none",
        reason_each=True,
        no_repeats=True,
        than_before={"tone.scary": "lower", "year": "higher"},
        shows="The Kite",
        shows_not="grim",
        quick_replies="some",
    )


@pytest.mark.parametrize(
    ("turn", "expect", "said"),
    [
        (a_turn(intent="refine"), {"intent": "request"}, "intent: wanted request, got refine (0.90)"),
        (a_turn(KITE), {"cards": 3}, "cards: wanted 3, got 1"),
        (
            a_turn(KITE, STONE),
            {"every_card": {"genres_any": "Comedy"}},
            "every_card: Stone (1960, R): genres_any [Comedy]: it has War",
        ),
        (a_turn(), {"first_card": {}}, "first_card: there is no card"),
        (a_turn(STONE), {"no_card": {"genres_any": "War"}}, "no_card: Stone (1960, R) fits genres_any ('War',)"),
        (a_turn(replies=("Hm.",)), {"replies_match": "film"}, "replies_match: no reply holds /film/"),
        (a_turn(replies=("A film.",)), {"replies_without": "film"}, "replies_without: a reply holds /film/"),
        (a_turn(KITE), {"relaxed": "some"}, "relaxed: wanted some, got nothing"),
        (a_turn(KITE, relaxed=("1990s",)), {"relaxed": "none"}, "relaxed: wanted none, got 1990s"),
        (a_turn(a_card(reason=" ")), {"reason_each": True}, "reason_each: The Kite (1994, PG) has no reason"),
        (a_turn(a_card(evidence=())), {"reason_each": True}, "reason_each: The Kite (1994, PG) has no evidence"),
        (a_turn(KITE), {"shows": "Stone"}, "shows: Stone is not among The Kite (1994, PG)"),
        (a_turn(KITE), {"shows_not": "the kite"}, "shows_not: the kite is among The Kite (1994, PG)"),
        (a_turn(), {"quick_replies": "some"}, "quick_replies: wanted some, got nothing"),
        (a_turn(), {"frame": {"wants.moods": ["cosy"]}}, "frame: wants.moods: wanted ['cosy'], got []"),
    ],
)
def test_a_miss_says_what_was_wanted_and_found(turn: Turn, expect: dict[str, object], said: str) -> None:
    assert missed(turn, **expect) == [said]


def test_some_card_needs_one_card_that_keeps_to_all_of_it() -> None:
    both = {"some_card": {"genres_any": "War", "certification": "PG"}}
    assert missed(a_turn(KITE, STONE), **both)
    assert not missed(a_turn(KITE, STONE, a_card(movie_id="m3", genres=("War",))), **both)


@pytest.mark.parametrize(
    ("never", "said"),
    [
        ({"certification_above": "PG"}, "never: Stone (1960, R) is above PG"),
        ({"genres": ["War"]}, "never: Stone (1960, R) has the genre War"),
        ({"titles": ["Stone"]}, "never: Stone (1960, R) has the title Stone"),
        ({"replies": "here"}, "never: a reply holds /here/"),
    ],
)
def test_what_must_never_be_shown_counts_in_every_turn(never: dict[str, object], said: str) -> None:
    assert missed(a_turn(STONE), never=never) == [said]


@pytest.mark.parametrize(
    "turn",
    [
        a_turn(replies=()),
        a_turn(replies=(" ",)),
        a_turn(intent=FAULT),
        a_turn(replies=("Look at {title}.",)),
        a_turn(a_card(reason="it is {words}")),
        a_turn(KITE, KITE),
    ],
    ids=["silence", "blank", "apology", "placeholder", "placeholder in a reason", "the same film twice"],
)
def test_some_things_are_wrong_without_being_asked(turn: Turn) -> None:
    assert [miss for miss in missed(turn) if miss.startswith("answered")]


def test_an_apology_may_be_expected() -> None:
    assert not missed(a_turn(intent=FAULT), intent=FAULT)


def test_a_repeat_is_one_of_any_earlier_turn() -> None:
    story = Story().after((KITE,), {}).after((STONE,), {})
    assert missed(a_turn(KITE), before=story, no_repeats=True) == ["no_repeats: The Kite (1994, PG) was shown before"]


@pytest.mark.parametrize(("now", "moves"), [(0.5, True), (0.9, False), (0.95, False)])
def test_a_movement_is_held_against_the_cards_shown_before(now: float, *, moves: bool) -> None:
    story = Story().after((STONE,), {})
    turn = a_turn(a_card(tone={"scary": now}))
    assert (not missed(turn, before=story, than_before={"tone.scary": "lower"})) is moves


def test_without_cards_before_nothing_can_have_moved() -> None:
    assert missed(a_turn(KITE), than_before={"year": "lower"}) == [
        "than_before: year: wanted lower, went from unknown to 1994.00"
    ]


def test_films_are_pointed_at_by_place_name_and_title() -> None:
    story = Story().after((KITE, STONE), {"grim": "last"}).after((), {})
    assert [story.film(which).movie_id for which in ("first", 2, "last", "grim", "the kite")] == [
        "m1",
        "m2",
        "m2",
        "m2",
        "m1",
    ]
    for which in ("third", 0, 3, "Gone"):
        with pytest.raises(NoSuchFilm):
            story.film(which)
