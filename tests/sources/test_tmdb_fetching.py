"""From the API to a folder that an index is built from: lists, faults of single films, interruptions."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from index.build import gather
from index.cli import app
from index.errors import CatalogueError
from index.sources.chosen import source_for
from index.sources.tmdb import Api, Discover, Fetched, KeyRefusedError, TmdbError, UnreachableError, fetch, read_ids
from tests.sources.tmdb_server import KEY, TOKEN, Fault, TmdbServer, movie
from tests.starter.reference import DATA, ROOT

Serve = Callable[..., TmdbServer]
Client = Callable[..., Api]
TODAY = date(2027, 1, 15)
RECORDED = DATA / "tmdb_api_v3" / "tmdb-kotlin"


def movies(*ids: int, **changed: Any) -> dict[str, Any]:
    return {f"/movie/{one}": movie(one, **changed) for one in ids}


def page(*ids: int, of: int = 1, number: int = 1) -> dict[str, Any]:
    return {"page": number, "results": [{"id": one, "title": "x"} for one in ids], "total_pages": of}


def fetched(api: Api, folder: Path, wanted: Discover | list[int | str], **options: Any) -> Fetched:
    return fetch(api, folder, wanted, today=TODAY, age_days=30.0, **options)


def ids_in(folder: Path) -> list[str]:
    return [json.loads(line)["movie_id"] for line in (folder / "films.jsonl").read_text().splitlines()]


def test_a_list_of_ids_becomes_a_folder(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(movies(3, 1, 2))
    done = fetched(client(server), tmp_path / "films", [3, 1, 2, 3])
    assert (done.films, done.reviews, done.absent, done.failed) == (3, 3, (), ())
    assert ids_in(tmp_path / "films") == ["tmdb-3", "tmdb-1", "tmdb-2"]
    films = gather([source_for(tmp_path / "films")])
    assert films[0].popularity == 1.0
    assert films[0].synopsis == "A lighthouse keeper counts to 3."
    with (tmp_path / "films" / "reviews.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1] == {"movie_id": "tmdb-1", "text": "Steady.\nRead 1 twice."}
    (details,) = {query["append_to_response"] for path, query in server.queries if path == "/movie/3"}
    assert set(details.split(",")) == {"credits", "keywords", "release_dates", "reviews", "images", "videos"}


def test_the_attribution_is_written(serve: Serve, client: Client, tmp_path: Path) -> None:
    fetched(client(serve(movies(1))), tmp_path, [1])
    page_text = (tmp_path / "ATTRIBUTION.md").read_text()
    assert "This product uses the TMDB API but is not endorsed or certified by TMDB." in page_text
    assert "2027-01-15 from answers that were 30 days old at most" in page_text
    assert "before 2027-06-14" in page_text  # 180 days after the oldest answer


def test_discover_asks_with_its_filters(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(
        {
            "/discover/movie?page=1": page(1, 2, of=9),
            "/discover/movie?page=2": page(2, 3, of=9, number=2),
            **movies(1, 2, 3),
        }
    )
    wanted = Discover(year_from=1990, year_to=1999, genres=("action", "Drama"), language="en", min_votes=100, pages=2)
    fetched(client(server), tmp_path, wanted)
    assert ids_in(tmp_path) == ["tmdb-1", "tmdb-2", "tmdb-3"]
    query = next(query for path, query in server.queries if path == "/discover/movie")
    assert {name: query[name] for name in query if name not in {"api_key", "page"}} == {
        "include_adult": "false",
        "include_video": "false",
        "primary_release_date.gte": "1990-01-01",
        "primary_release_date.lte": "1999-12-31",
        "sort_by": "vote_count.desc",
        "vote_count.gte": "100",
        "with_genres": "28,18",
        "with_original_language": "en",
    }
    assert server.asked["/discover/movie"] == 2


def test_discover_ends_with_the_last_page(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve({"/discover/movie": page(1), **movies(1)})
    assert fetched(client(server), tmp_path, Discover(pages=500)).films == 1
    assert server.asked["/discover/movie"] == 1


def test_a_genre_that_tmdb_does_not_have_is_told(serve: Serve, client: Client, tmp_path: Path) -> None:
    with pytest.raises(TmdbError, match="TMDB has no genre 'Comedie'; the closest is 'Comedy'"):
        fetched(client(serve()), tmp_path, Discover(genres=("Comedie",)))


def test_imdb_ids_are_looked_up(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(
        {"/find/tt0000001": {"movie_results": [{"id": 1}]}, "/find/tt0000002": {"movie_results": []}, **movies(1)}
    )
    done = fetched(client(server), tmp_path, ["tt0000001", "tt0000002", 1])
    assert ids_in(tmp_path) == ["tmdb-1"]
    assert done.absent == ("tt0000002: TMDB knows no film of this IMDb id",)
    assert dict(server.queries)["/find/tt0000001"]["external_source"] == "imdb_id"


def test_single_films_fail_alone_and_are_named(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve({**movies(1, 2, 3, 4, 5, 6), "/movie/2": movie(2, runtime="long"), "/movie/5": movie(5, adult=True)})
    server.answers["/movie/6"] = movie(6, title="")
    server.faults["/movie/3"].extend([Fault(truncated=True)] * 3)
    done = fetched(client(server), tmp_path, [1, 2, 3, 4, 5, 6, 404])
    assert ids_in(tmp_path) == ["tmdb-1", "tmdb-4"]
    assert done.absent == (
        "5 (Film 5): marked as adult",
        "6 (): title: Field required",
        "404: answered 404 The resource you requested could not be found.",
    )
    runtime, broken = done.failed
    assert runtime.startswith("2: not of the documented form: runtime")
    assert broken.startswith("3: answered with broken JSON")
    again = fetched(client(server), tmp_path, [1, 2, 3, 4])
    assert ids_in(tmp_path) == ["tmdb-1", "tmdb-3", "tmdb-4"]
    assert again.asked == 1  # what was good is kept, what was bad is asked again


def test_a_service_that_fails_film_after_film_is_left_alone(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve()
    for one in range(1, 101):
        server.faults[f"/movie/{one}"].extend([Fault(status=500)] * 3)
    with pytest.raises(UnreachableError, match="8 films in a row failed, the last one"):
        fetched(client(server), tmp_path, list(range(1, 101)), at_once=2)
    assert len(server.paths("/movie/")) < 12
    assert not (tmp_path / "films.jsonl").exists()


def test_a_refused_key_stops_all(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(movies(*range(1, 51)))
    with pytest.raises(KeyRefusedError):
        fetched(client(server, key="0" * 32), tmp_path, list(range(1, 51)))
    assert not server.paths("/movie/")  # the configuration is asked for first
    assert not list(tmp_path.rglob("*.json*"))


def test_at_most_so_many_requests_are_under_way(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(movies(*range(1, 13)))
    server.close_gate(after=0)
    highest: list[int] = []

    def progress(what: str, done: int, of: int) -> None:
        highest.append(done)

    with_gate = Fetching(client(server), tmp_path, list(range(1, 13)), progress)
    assert server.reached(waiting=3)
    assert len(server.paths("/movie/")) == 3
    server.open_gate()
    assert with_gate.result().films == 12
    assert highest == list(range(1, 13))


class Fetching:
    """A fetch of three at once, in a thread of its own."""

    def __init__(self, api: Api, folder: Path, ids: list[int | str], progress: Any) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._threads = ThreadPoolExecutor(max_workers=1)
        self._future = self._threads.submit(fetched, api, folder, ids, at_once=3, progress=progress)

    def result(self) -> Fetched:
        try:
            return self._future.result(timeout=30)
        finally:
            self._threads.shutdown()


def test_ids_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("# ours\n607\n\ntt0119654  # Men in Black\n607\n")
    assert read_ids(path) == [607, "tt0119654"]
    path.write_text("607\nseven\ntt\n-1\n²\n")
    with pytest.raises(CatalogueError) as caught:
        read_ids(path)
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [f"ids.txt:{n}" for n in (2, 3, 4, 5)]
    path.write_text("\n")
    with pytest.raises(CatalogueError, match="holds no id"):
        read_ids(path)


def command(server: TmdbServer, folder: Path, ids: Path, *more: str) -> list[str]:
    return ["tmdb", str(folder), "--ids", str(ids), "--api-url", server.url, "--key", "env:OUR_KEY", *more]


@pytest.mark.parametrize("secret", [KEY, TOKEN])
def test_the_command_fetches_and_says_what_is_next(serve: Serve, tmp_path: Path, secret: str) -> None:
    server = serve(movies(1, 2))
    (tmp_path / "ids.txt").write_text("1\n2\n9\n")
    arguments = command(server, tmp_path / "films", tmp_path / "ids.txt")
    done = CliRunner().invoke(app, arguments, env={"OUR_KEY": secret})
    assert done.exit_code == 0, done.output
    assert "2 films, 2 reviews" in done.stdout
    assert "not endorsed or certified by TMDB" in done.stdout
    assert "left out: 9: answered 404" in done.stderr
    assert secret not in done.output
    again = CliRunner().invoke(app, [*arguments, "--json"], env={"OUR_KEY": secret})
    figures = json.loads(again.stdout)
    assert (figures["films"], figures["asked"], figures["reused"]) == (2, 0, 3)


@pytest.mark.parametrize(
    ("environment", "said"),
    [({"OUR_KEY": "f" * 32}, "TMDB does not take the key"), ({"OUR_KEY": ""}, "OUR_KEY is empty")],
)
def test_the_command_tells_of_a_bad_key(serve: Serve, tmp_path: Path, environment: dict[str, str], said: str) -> None:
    (tmp_path / "ids.txt").write_text("1\n")
    arguments = command(serve(movies(1)), tmp_path / "films", tmp_path / "ids.txt")
    done = CliRunner().invoke(app, arguments, env=environment)
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert "f" * 32 not in done.stderr


def test_the_command_fails_where_films_failed_and_keeps_the_rest(serve: Serve, tmp_path: Path) -> None:
    server = serve({**movies(1), "/movie/2": movie(2, genres=7)})
    (tmp_path / "ids.txt").write_text("1\n2\n")
    done = CliRunner().invoke(app, command(server, tmp_path, tmp_path / "ids.txt"), env={"OUR_KEY": KEY})
    assert done.exit_code == 1
    assert "failed, run again to fetch it: 2: not of the documented form: genres" in done.stderr.replace("\n", " ")
    assert ids_in(tmp_path) == ["tmdb-1"]


def test_years_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["tmdb", str(tmp_path), "--year-from", "2000", "--year-to", "1990"])
    assert done.exit_code == 2
    assert "is after" in done.stderr


def test_a_killed_run_loses_nothing_and_asks_nothing_twice(serve: Serve, tmp_path: Path) -> None:
    ids, at_once, before = list(range(1, 41)), 2, 15
    server = serve(movies(*ids))
    (tmp_path / "ids.txt").write_text("\n".join(map(str, ids)))
    arguments = command(server, tmp_path / "films", tmp_path / "ids.txt", "--at-once", str(at_once))
    # The command without its fellows, which take seconds to load.
    script = "import typer; from index.sources.tmdb.cli import tmdb; typer.run(tmdb)"
    run = [sys.executable, "-c", script, *arguments[1:]]
    environment = {**os.environ, "OUR_KEY": KEY, "PYTHONPATH": str(ROOT)}
    server.close_gate(after=before)
    with subprocess.Popen(run, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as killed:
        # Each of the two asks for the next film only when the last one is on disk.
        reached = server.reached(waiting=at_once)
        killed.send_signal(signal.SIGKILL)
    assert reached
    assert killed.returncode == -signal.SIGKILL
    assert not (tmp_path / "films" / "films.jsonl").exists()
    with pytest.raises(CatalogueError, match="was interrupted"):
        source_for(tmp_path / "films")
    server.open_gate()
    resumed = subprocess.run(run, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert resumed.returncode == 0, resumed.stderr
    assert ids_in(tmp_path / "films") == [f"tmdb-{one}" for one in ids]
    counts = server.paths("/movie/")
    assert sorted(counts.values()) == [1] * (len(ids) - at_once) + [2] * at_once
    assert server.asked["/configuration"] == 1
    assert f"({len(ids) - before} answers asked, {before + 1} kept)" in resumed.stdout


def test_an_interrupted_renewal_leaves_the_films_of_before(serve: Serve, client: Client, tmp_path: Path) -> None:
    server = serve(movies(1, 2))
    fetched(client(server), tmp_path, [1, 2])
    before = (tmp_path / "films.jsonl").read_bytes()
    server.faults["/movie/3"].extend([Fault(dropped=True)] * 3)
    with pytest.raises(UnreachableError):
        fetched(client(server), tmp_path, [1, 3])
    assert (tmp_path / "films.jsonl").read_bytes() == before
    assert not list(tmp_path.rglob("tmp*"))


def test_a_full_disk_is_told(serve: Serve, client: Client, tmp_path: Path) -> None:
    (tmp_path / "answers").write_text("a file where the folder should be")
    with pytest.raises(TmdbError, match=r"cannot write .*answers"):
        fetched(client(serve(movies(1))), tmp_path / "films", [1])


@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no {RECORDED} (set MATINEE_TEST_DATA)")
def test_recorded_answers_are_fetched_and_built(serve: Serve, client: Client, tmp_path: Path) -> None:
    def recorded(path: str) -> str:
        return (RECORDED / path).read_text(encoding="utf-8")

    server = serve(
        {
            "/configuration": recorded("configuration/configuration.json"),
            "/discover/movie": recorded("discover/discover_movie.json"),
            "/find/tt0119654": {"movie_results": [{"id": 607}]},
            "/movie/607": recorded("movie/movie_details_607.json"),
            "/movie/10140": recorded("movie/movie_details_10140.json"),
        }
    )
    done = fetched(client(server), tmp_path / "films", [10140, "tt0119654"])
    assert (done.films, done.reviews, done.failed) == (2, 6, ())
    narnia, black = gather([source_for(tmp_path / "films")])
    assert (narnia.title, narnia.certification) == ("The Chronicles of Narnia: The Voyage of the Dawn Treader", "PG")
    assert black.cast[:2] == ("Tommy Lee Jones", "Will Smith")
    assert black.genres == ("Action", "Adventure", "Comedy", "Science Fiction")
    assert 0 < (narnia.popularity or 0) < (black.popularity or 0) == 1.0
    listed = Discover(pages=1).ids(client(server), progress=lambda _what, _done, _of: None)
    assert (len(listed), listed[0]) == (20, 616180)
