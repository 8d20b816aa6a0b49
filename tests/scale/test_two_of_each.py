"""The proof that nothing of a conversation lives in one process: it hops between two of each, and outlives one of each.

`pytest tests/scale/test_two_of_each.py -s` prints the transcript.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.scale.two_of_each import Guest, TwoOfEach, environment_missing, two_of_each

pytestmark = [pytest.mark.live, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoOfEach]:
    if reason := environment_missing():
        pytest.skip(reason)
    with two_of_each(tmp_path_factory.mktemp("two-of-each")) as running:
        yield running


@pytest.fixture
def guest(house: TwoOfEach) -> Iterator[Guest]:
    one = Guest(house)
    yield one
    one.close()


def _films(turn: dict[str, Any]) -> list[str]:
    return [card["movie_id"] for card in turn["cards"]]


def _kill_one_of_each(house: TwoOfEach) -> None:
    for service, servers in house.replicas.items():
        servers[0].kill()
        house.say(f"          killed   {service} 0")


def test_a_conversation_hops_and_outlives_one_of_each(house: TwoOfEach, guest: Guest) -> None:
    left, right = house.gateways

    # What is asked at one gateway stands at the other.
    first = guest.say(left, "something bright and feel-good for my kid")
    second = guest.say(right, "not animated")
    third = guest.say(left, "under two hours")
    assert first["user"] == second["user"] == third["user"]
    assert third["frame"]["wants"]["moods"] == ["feel-good"]
    assert third["frame"]["avoids"]["genres"] == ["Animation"]
    assert third["frame"]["runtime_min"] == [None, 120]
    shown = _films(first) + _films(second) + _films(third)
    assert len(first["cards"]) == len(second["cards"]) == 3
    assert third["cards"]

    # What is said of films at one is known at the other.
    saved, liked = _films(first)[0], _films(second)[0]
    guest.press(left, "save", saved)
    guest.press(right, "like", liked)
    assert guest.taste(right)["saved"] == [saved]
    assert guest.taste(left)["liked"] == [liked]
    watchlist = guest.say(right, "show my saved films")
    assert saved in _films(watchlist)

    # The same message with the same key: the same turn, done once.
    once = guest.say(left, "something else", key="one-and-only")
    twice = guest.say(right, "something else", key="one-and-only")
    assert twice == once
    shown += _films(once)
    assert once["cards"]
    for _round in range(3):
        more = guest.say((left, right)[_round % 2], "three more")
        shown += _films(more)
    served = house.served()
    house.say(f"          answered { ({name: dict(count) for name, count in served.items()}) }")
    assert all(count[0] and count[1] for count in served.values()), "both of each had a part in it"

    # One of each is gone at once; the conversation is not.
    _kill_one_of_each(house)
    turns = [guest.say(house.door, "older than 2000")]
    if turns[-1]["intent"]["name"] == "fault":
        turns.append(guest.say(house.door, "older than 2000"))
    turns += [guest.say(house.door, "three more"), guest.say(house.door, "why the first one?")]
    faults = [turn for turn in turns if turn["intent"]["name"] == "fault"]
    assert len(faults) <= 1
    after = next(turn for turn in turns if turn["intent"]["name"] != "fault")
    assert after["frame"]["wants"]["moods"] == ["feel-good"]
    assert after["frame"]["avoids"]["genres"] == ["Animation"]
    assert after["frame"]["runtime_min"] == [None, 120]
    assert after["frame"]["year"][1] in {1999, 2000}
    assert after["cards"]
    for turn in turns:
        shown += _films(turn)
    assert turns[-1]["intent"]["name"] == "explain"

    # Never shown twice, through all of it; and nothing that was said is lost.
    assert len(shown) == len(set(shown))
    taste = guest.taste(house.door)
    assert (taste["saved"], taste["liked"]) == ([saved], [liked])
    assert set(shown) <= set(taste["shown"])

    # A repeat finds its turn where another gateway took it that is no more.
    again = guest.say(house.door, "something else", key="one-and-only")
    assert again == once


def test_redis_gone_is_not_noticed_by_one_who_talks(house: TwoOfEach, guest: Guest) -> None:
    guest.say(house.door, "a funny film")
    house.redis.server.kill()
    house.say("          killed   redis")
    turns = [guest.say(house.door, "not animated"), guest.say(house.door, "three more")]
    assert [turn["intent"]["name"] for turn in turns].count("fault") <= 1
    assert turns[-1]["cards"]
    assert turns[-1]["frame"]["avoids"]["genres"] == ["Animation"]
    house.redis.server.start()


def test_postgresql_restarted_costs_one_apology_at_most(house: TwoOfEach, guest: Guest) -> None:
    first = guest.say(house.door, "a funny film")
    guest.press(house.door, "save", _films(first)[0])
    house.postgres.server.kill()
    house.postgres.server.start()
    house.say("          killed   postgresql, and started it again")
    turns = [guest.say(house.door, "not animated")]
    while turns[-1]["intent"]["name"] == "fault" and len(turns) < 2:
        turns.append(guest.say(house.door, "not animated"))
    assert turns[-1]["cards"]
    assert turns[-1]["frame"]["avoids"]["genres"] == ["Animation"]
    assert guest.taste(house.door)["saved"] == [_films(first)[0]]


def test_without_any_gateway_the_door_says_so_as_a_problem(house: TwoOfEach, guest: Guest) -> None:
    for server in house.replicas["gateway"]:
        server.stop()
    answer = guest.post(house.door, {"text": "anybody?"})
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["type"] == "/problems/unavailable"
    assert answer.headers["retry-after"]
    assert httpx.get(f"{house.door}/door/livez", trust_env=False).status_code == 204
