"""One answer of the API: keys, faults, patience and what is kept."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from index.sources.tmdb import AnswerError, Api, Key, KeyRefusedError, TmdbError, UnreachableError, read_key
from index.sources.tmdb.answers import Configuration, MovieDetails
from index.sources.tmdb.api import retry_after_s
from index.sources.tmdb.kept import KeptAnswers
from index.sources.tmdb.pace import Pace
from tests.sources.conftest import HASTIEST, HASTY, NOW_S
from tests.sources.tmdb_server import KEY, TOKEN, Fault, TmdbServer, movie

Serve = Callable[..., TmdbServer]
Client = Callable[..., Api]
DAY_S = 86_400.0


def get(api: Api, tmdb_id: int = 7, *, age_days: float = 30.0) -> MovieDetails:
    return api.get(f"/movie/{tmdb_id}", MovieDetails, age_days=age_days, append_to_response="credits")


def test_a_key_is_sent_as_a_parameter_and_a_token_as_a_header(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve({"/movie/7": movie(7), "/movie/8": movie(8)})
    assert get(client(server)).title == "Film 7"
    assert server.queries[-1][1]["api_key"] == KEY
    assert "Authorization" not in server.headers[-1]
    assert get(client(server, key=TOKEN), 8).title == "Film 8"
    assert "api_key" not in server.queries[-1][1]
    assert server.headers[-1]["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("secret", [KEY, TOKEN])
def test_the_key_is_in_no_log_error_or_file(
    serve: Serve, client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    server = serve({"/movie/7": movie(7, overview=f"An echo of {secret}.")})
    server.faults["/movie/8"].extend([Fault(status=422, body=f'{{"status_message": "Bad {secret}"}}')])
    server.faults["/movie/9"].extend([Fault(dropped=True)] * 3)
    server.faults["/movie/10"].extend([Fault(status=401, body=f'{{"status_message": "No {secret}"}}')])
    api = client(server, key=secret)
    said = [repr(api), repr(Key(secret))]
    with caplog.at_level(logging.DEBUG):
        get(api)
        for wrong in (8, 9, 10):
            with pytest.raises(TmdbError) as caught:
                get(api, wrong)
            said += [str(caught.value), repr(caught.value), repr(caught.value.__cause__)]
    files = [path.read_text() for path in (tmp_path / "answers").rglob("*") if path.is_file()]
    assert len(files) == 1
    assert secret not in "\n".join([*said, *files, caplog.text])


@pytest.mark.parametrize(
    ("reference", "environment", "said"),
    [(KEY, {}, "given as env:NAME"), ("env:lower", {}, "given as env:NAME"), ("env:TMDB", {}, "TMDB is empty"),
     ("env:TMDB", {"TMDB": "  "}, "TMDB is empty"), ("env:TMDB", {"TMDB": f"{KEY}\n{KEY}"}, "characters that no")],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_without_repeating_it(
    reference: str, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(KeyRefusedError, match=said) as caught:
        read_key(reference, environment)
    assert KEY not in str(caught.value)


def test_a_key_is_read_by_reference() -> None:
    assert read_key("env:TMDB_API_KEY", {"TMDB_API_KEY": f" {KEY}\n"}) == Key(KEY)
    assert not Key(KEY).is_token
    assert Key(TOKEN).is_token


def test_the_key_does_not_travel_in_the_clear(tmp_path: Path) -> None:
    with pytest.raises(TmdbError, match="is no https address"):
        Api(Key(KEY), KeptAnswers(tmp_path, now=lambda: NOW_S), url="http://api.example.org/3")


def test_a_refused_key_ends_at_once(serve: Serve, client: Client) -> None:
    server = serve({"/movie/7": movie(7)})
    with pytest.raises(KeyRefusedError, match="does not take the key: answered 401 Invalid API key"):
        get(client(server, key="f" * 32))
    assert server.asked["/movie/7"] == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=503), Fault(status=429, headers={"Retry-After": "0"}), Fault(truncated=True),
     Fault(body="<html>bad gateway</html>"), Fault(body=""), Fault(dropped=True), Fault(silent=True)],
    ids=["500", "503", "429", "truncated", "html", "empty", "dropped", "silent"],
)  # fmt: skip
def test_a_passing_fault_passes(serve: Serve, client: Client, fault: Fault) -> None:
    server = serve({"/movie/7": movie(7)})
    server.faults["/movie/7"].extend([fault, fault])
    assert get(client(server, patience=HASTIEST if fault.silent else HASTY)).title == "Film 7"
    assert server.asked["/movie/7"] == 3


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault(status=500, body="{}"), AnswerError, "answered 500, 3 times"),
        (Fault(truncated=True), AnswerError, "answered with broken JSON, 3 times"),
        (Fault(dropped=True), UnreachableError, "cannot be reached: .* What was fetched is kept"),
        (Fault(silent=True), UnreachableError, "cannot be reached: .* What was fetched is kept"),
    ],
)
def test_a_fault_that_stays_is_told(
    serve: Serve, client: Client, fault: Fault, error: type[TmdbError], said: str
) -> None:
    server = serve({"/movie/7": movie(7)})
    server.faults["/movie/7"].extend([fault] * 3)
    with pytest.raises(error, match=said):
        get(client(server, patience=HASTIEST if fault.silent else HASTY))
    assert server.asked["/movie/7"] == 3
    assert get(client(server)).title == "Film 7"  # nothing of it was kept


def test_no_network_is_told(client: Client) -> None:
    with pytest.raises(UnreachableError, match=r"http://127\.0\.0\.1:9/3 cannot be reached"):
        get(client("http://127.0.0.1:9/3"))


@pytest.mark.parametrize("status", [301, 400, 404, 422])
def test_a_lasting_fault_is_not_tried_again(serve: Serve, client: Client, status: int) -> None:
    server = serve()
    server.faults["/movie/7"].append(Fault(status=status, body='{"status_message": "No."}'))
    with pytest.raises(AnswerError, match=f"answered {status} No") as caught:
        get(client(server))
    assert (caught.value.status, server.asked["/movie/7"]) == (status, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"title": None}, "title"), ({"runtime": "long"}, "runtime"), ({"genres": "Drama"}, "genres"),
     ({"credits": []}, "credits"), ({"id": "7"}, "id")],
)  # fmt: skip
def test_wrong_types_name_their_field(serve: Serve, client: Client, changed: dict[str, object], said: str) -> None:
    server = serve({"/movie/7": movie(7, **changed)})
    with pytest.raises(AnswerError, match=f"not of the documented form: {said}"):
        get(client(server))
    server.answers["/movie/7"] = movie(7)
    assert get(client(server)).title == "Film 7"


def test_a_pause_that_is_asked_for_is_kept(serve: Serve, client: Client) -> None:
    server = serve({"/movie/7": movie(7)})
    server.faults["/movie/7"].append(Fault(status=429, headers={"Retry-After": "1"}))
    waits: list[float] = []

    def note(details: RetryDetails) -> None:
        waits.append(details.wait_for)

    set_on_retry_hooks((note,))
    assert get(client(server)).title == "Film 7"
    assert len(waits) == 1
    assert 1.0 <= waits[0] <= 1.5


def test_a_pause_that_is_too_long_ends_the_run(serve: Serve, client: Client) -> None:
    server = serve({"/movie/7": movie(7)})
    server.faults["/movie/7"].append(Fault(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(UnreachableError, match="a pause of 3600 s; run the same command after it"):
        get(client(server))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("12", 12.0), ("0", 0.0), ("-5", 0.0), ("Wed, 21 Oct 2015 07:28:30 GMT", 30.0),
     ("Wed, 21 Oct 2015 07:00:00 GMT", 0.0),
     ("soon", None), ("inf", None), ("nan", None), ("", None), (None, None)],
)  # fmt: skip
def test_retry_after_has_two_forms(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header, now=datetime(2015, 10, 21, 7, 28, tzinfo=UTC)) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_a_pause_or_none(header: str) -> None:
    pause_s = retry_after_s(header, now=datetime(2015, 10, 21, tzinfo=UTC))
    assert pause_s is None or 0 <= pause_s < float("inf")


def test_a_kept_answer_is_not_asked_for_again_until_it_is_old(serve: Serve, client: Client) -> None:
    server = serve({"/movie/7": movie(7)})
    first = get(client(server))
    assert get(client(server, now=NOW_S + 29 * DAY_S)) == first
    assert server.asked["/movie/7"] == 1
    server.answers["/movie/7"] = movie(7, title="Renamed")
    assert get(client(server, now=NOW_S + 31 * DAY_S)).title == "Renamed"
    assert server.asked["/movie/7"] == 2
    assert get(client(server, now=NOW_S), age_days=0.0).title == "Renamed"
    assert server.asked["/movie/7"] == 3


def test_answers_are_kept_by_address_whatever_the_key(serve: Serve, client: Client) -> None:
    server = serve({"/movie/7": movie(7), "/movie/8": movie(8)})
    api = client(server)
    assert [get(api, one).id for one in (7, 8)] == [7, 8]
    assert get(client(server, key=TOKEN)).id == 7
    assert server.paths("/movie/") == {"/movie/7": 1, "/movie/8": 1}
    other = api.get("/movie/7", MovieDetails, age_days=30.0, append_to_response="videos")
    assert other.id == 7
    assert server.asked["/movie/7"] == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"form": 1}', '{"form": 1, "address": "x", "fetched_at": 0}'])
def test_a_damaged_answer_is_asked_for_again(serve: Serve, client: Client, tmp_path: Path, damage: str) -> None:
    server = serve({"/movie/7": movie(7)})
    get(client(server))
    (kept,) = (path for path in (tmp_path / "answers").rglob("*.json"))
    kept.write_text(damage)
    assert get(client(server)).title == "Film 7"
    assert server.asked["/movie/7"] == 2


def test_an_answer_of_another_form_of_ours_is_asked_for_again(serve: Serve, client: Client) -> None:
    server = serve()
    api = client(server)
    assert api.get("/configuration", Configuration, age_days=1.0).images.poster_sizes[-1] == "original"
    with pytest.raises(AnswerError, match="id: Field required"):
        api.get("/configuration", MovieDetails, age_days=1.0)
    assert server.asked["/configuration"] == 2


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, pause_s: float) -> None:
        self.now_s += pause_s


def test_requests_keep_their_distance() -> None:
    clock = Clock()
    pace = Pace(10.0, clock=clock, sleep=clock.sleep)
    moments = []
    for _ in range(5):
        pace.wait()
        moments.append(round(clock.now_s, 6))
    assert moments == [0.0, 0.1, 0.2, 0.3, 0.4]
    pace.hold(3.0)
    pace.wait()
    assert clock.now_s == pytest.approx(3.4)
    clock.now_s = 100.0
    pace.wait()
    assert clock.now_s == 100.0
