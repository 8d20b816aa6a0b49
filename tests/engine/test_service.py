"""The service over real HTTP, asked by the typed client and by careless hands."""

from collections.abc import Iterator

import httpx
import pytest

from engine.answers import Desk
from engine.client import EngineClient, EngineRefused, EngineUnreachable
from engine.service import create_app
from engine.store import Database
from engine.wire import AboutRequest, CardsRequest, Kind, Mode, ParseRequest, SayRequest
from nlu import Parser
from nlu.frame import Frame, Wishes
from persona_configs.phrases import Phrase, variants
from tests.engine.stalls import PERSONAS, app_over, asking, saying
from tests.engine.test_store_at_once import ROOT
from tests.peers import serving

ASKER = {"persona": "lantern", "user": "ann", "turn_id": "t"}
PICK = {**ASKER, "mode": "fresh", "parse": {"text": "x"}}


@pytest.fixture
def url(desk: Desk) -> Iterator[str]:
    with serving(app_over(desk)) as address:
        yield address


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


async def test_a_whole_conversation_through_the_client(url: str) -> None:
    async with EngineClient(url) as engine:
        parse = await engine.parse(ParseRequest(persona="matinee", text="a shy ghost and the sea"))
        assert parse.frame.rest == "a shy ghost and the sea"
        assert parse.latency_ms > 0
        picks = await engine.picks(asking(Mode.FRESH, parse.frame))
        assert picks.picks[0].movie_id == "mild-ghost"
        assert picks.engine_ms > 0
        shown = tuple(pick.movie_id for pick in picks.picks)
        cards = await engine.cards(CardsRequest(persona="matinee", movie_ids=shown))
        assert [card.movie_id for card in cards] == list(shown)
        why = AboutRequest(persona="matinee", user="ann", turn_id="t2", movie_id="mild-ghost", frame=picks.frame)
        assert "Mild Ghost" in (await engine.explain(why)).replies[0]
        assert "1988" in (await engine.details(why)).replies[0]
        await engine.feedback(saying(Kind.SAVE, "mild-ghost"))
        await engine.feedback(saying(Kind.LIKE, "mild-ghost"))
        taste = await engine.taste("matinee", "ann")
        assert (taste.liked, taste.saved, taste.shown) == (("mild-ghost",), ("mild-ghost",), shown)
        assert "Mild Ghost" in (await engine.taste_reply("matinee", "ann")).replies[0]
        assert [pick.movie_id for pick in (await engine.saved_reply("matinee", "ann")).picks] == ["mild-ghost"]
        await engine.forget("matinee", "ann")
        assert (await engine.taste("matinee", "ann")).shown == ()


@pytest.mark.skipif(not (ROOT / ".matinee/models/nlu").is_dir(), reason="no parser has been trained in this checkout")
async def test_a_message_is_read_with_the_names_of_the_catalogue(desk: Desk) -> None:
    parser = Parser.load(ROOT / ".matinee/models/nlu")
    with serving(create_app(desk, parser, threads=2)) as address:
        async with EngineClient(address) as engine:
            parse = await engine.parse(ParseRequest(persona="matinee", text="like Haunted House but less scary"))
            assert parse.frame.like == ("haunted-house",)
            assert parse.frame.tone["scary"].direction == -1
            odd = "\N{PILE OF POO}" * 500 + "\x00 no \u202e horror"
            assert (await engine.parse(ParseRequest(persona="matinee", text=odd))).text == odd


async def test_a_frame_comes_through_the_wire_unchanged(url: str) -> None:
    frame = Frame(wants=Wishes(moods=("serene",), people=("Agnès Varda",)), year=(None, 2015), rest="snow ❄️ & “quotes”")
    async with EngineClient(url) as engine:
        assert (await engine.picks(asking(Mode.FRESH, frame))).frame == frame


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", "/v1/parse", {"persona": "nobody", "text": "x"}), ("POST", "/v1/picks", {**PICK, "persona": "nobody"}),
     ("POST", "/v1/cards", {"persona": "nobody", "movie_ids": []}), ("GET", "/v1/taste/nobody/ann", None),
     ("POST", "/v1/say", {"persona": "nobody", "phrase": "greet"}), ("GET", "/v1/saved/nobody/ann/reply", None),
     ("DELETE", "/v1/taste/nobody/ann", None)],
)  # fmt: skip
def test_an_unknown_persona_is_a_404_problem(http: httpx.Client, method: str, path: str, body: object) -> None:
    assert_problem(http.request(method, path, json=body), 404, "/problems/unknown-persona")


def assert_problem(response: httpx.Response, status: int, kind: str) -> None:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"], problem["type"]) == (status, status, kind)
    assert problem["title"]
    assert problem["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [("/v1/feedback", {**ASKER, "kind": "like", "movie_ids": ["haunted-house"]}),
     ("/v1/explain", {**ASKER, "movie_id": "haunted-house"}), ("/v1/details", {**ASKER, "movie_id": "no-such"})],
)  # fmt: skip
def test_a_film_that_the_persona_does_not_show_is_a_404_problem(http: httpx.Client, path: str, body: object) -> None:
    assert_problem(http.post(path, json=body), 404, "/problems/unknown-film")


BAD_BODIES = [
    ("/v1/picks", b""),
    ("/v1/picks", b"{"),
    ("/v1/picks", b"\xff\xfe\x00"),
    ("/v1/picks", b"[]"),
    ("/v1/picks", b'{"persona": "lantern", "user": "a/../b", "mode": "fresh", "parse": {"text": ""}}'),
    ("/v1/picks", b'{"persona": "lantern", "user": "ann", "mode": "loud", "parse": {"text": ""}}'),
    ("/v1/picks", b'{"persona": "lantern", "user": "ann", "mode": "fresh", "parse": {"text": ""}, "admin": true}'),
    (
        "/v1/picks",
        b'{"persona": "lantern", "user": "ann", "mode": "fresh", "parse": {"text": "", "frame": {"year": 3}}}',
    ),
    ("/v1/feedback", b'{"persona": "lantern", "user": "ann", "kind": "like", "movie_ids": []}'),
    ("/v1/parse", b'{"persona": "lantern", "text": "' + b"x" * 4001 + b'"}'),
    ("/v1/parse", b'{"persona": "lantern", "text": "\\ud800"}'),
    ("/v1/say", b'{"persona": "lantern", "phrase": "no_such_phrase"}'),
    ("/nlg", b"{}"),
    ("/nlg", b'{"response": "utter_greet", "tracker": {"sender_id": "nobody:ann"}}'),
    ("/nlg", b'{"response": "utter_nonsense", "tracker": {"sender_id": "lantern:ann"}}'),
]


@pytest.mark.parametrize(("path", "body"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_body_outside_the_contract_is_a_422_problem(http: httpx.Client, path: str, body: bytes) -> None:
    response = http.post(path, content=body, headers={"content-type": "application/json"})
    assert_problem(response, 422, "/problems/invalid-request")


def test_a_place_that_is_not_there_is_a_problem_too(http: httpx.Client) -> None:
    assert_problem(http.get("/v1/nowhere"), 404, "about:blank")
    assert_problem(http.get("/v1/picks"), 405, "about:blank")


def test_a_database_that_fails_is_a_503_problem_and_the_next_turn_works(http: httpx.Client, database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE shown RENAME TO hidden")
    assert_problem(http.post("/v1/picks", json=PICK), 503, "/problems/store")
    with database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE hidden RENAME TO shown")
    assert http.post("/v1/picks", json=PICK).status_code == 200


def test_an_unforeseen_fault_is_a_500_problem_without_its_trace(desk: Desk) -> None:
    app = app_over(desk)

    @app.get("/v1/broken")
    def broken() -> None:
        raise ValueError("a secret of the inside")

    with serving(app) as address, httpx.Client(base_url=address, trust_env=False) as http:
        response = http.get("/v1/broken")
    assert_problem(response, 500, "/problems/engine-fault")
    assert "secret" not in response.text


async def test_the_client_tells_a_refusal_from_silence(url: str) -> None:
    async with EngineClient(url) as engine:
        with pytest.raises(EngineRefused) as caught:
            await engine.details(AboutRequest(persona="lantern", user="ann", movie_id="haunted-house"))
        assert (caught.value.status, caught.value.kind) == (404, "/problems/unknown-film")
    async with EngineClient("http://127.0.0.1:9") as nowhere:
        with pytest.raises(EngineUnreachable):
            await nowhere.taste("matinee", "ann")


async def test_say_puts_values_in_as_plain_text(url: str) -> None:
    async with EngineClient(url) as engine:
        values = {"title": "{title} <b>", "seed": "x", "nth": "1"}
        said = (await engine.say(SayRequest(persona="matinee", phrase="liked", values=values))).replies[0]
    assert said in {line.replace("{title}", "{title} <b>") for line in variants(PERSONAS["matinee"], Phrase.LIKED)}


def test_rasa_gets_the_words_of_the_conversations_persona(http: httpx.Client) -> None:
    asked = {"response": "utter_greet", "arguments": {}, "tracker": {"sender_id": "lantern:ann", "slots": {}},
             "channel": {"name": "rest"}}  # fmt: skip
    answer = http.post("/nlg", json=asked).json()
    assert set(answer) == {"custom"}
    assert answer["custom"]["replies"][0] in variants(PERSONAS["lantern"], Phrase.GREET)


def test_health_and_personas_are_told(http: httpx.Client) -> None:
    assert [http.get(path).json()["status"] for path in ("/livez", "/readyz")] == ["ok", "ok"]
    assert http.get("/v1/personas").json() == ["matinee", "lantern"]
