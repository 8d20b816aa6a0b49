"""`matinee index tmdb`: films from TMDB into a folder that `matinee index build` reads."""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from stamina.instrumentation import set_on_retry_hooks

from index.errors import IndexingError
from index.sources.tmdb.api import API_URL, Api
from index.sources.tmdb.fetching import AT_ONCE, Fetched, fetch
from index.sources.tmdb.folder import ANSWERS, KEPT_DAYS, NOTICE
from index.sources.tmdb.kept import KeptAnswers
from index.sources.tmdb.key import read_key
from index.sources.tmdb.wanted import MOST_PAGES, Discover, read_ids

_errors = Console(stderr=True)
#: Films left out that are named; the rest is counted.
_MOST_NAMED = 20


def tmdb(
    folder: Annotated[Path, typer.Argument(help="Folder to write the films to; kept answers lie in it too.")],
    *,
    ids: Annotated[
        Path | None, typer.Option(help="Fetch the films of this list: a TMDB id or IMDb id (tt…) a line.")
    ] = None,
    year_from: Annotated[int | None, typer.Option(min=1870, max=2100, help="Released in this year or later.")] = None,
    year_to: Annotated[int | None, typer.Option(min=1870, max=2100, help="Released in this year or before.")] = None,
    genre: Annotated[
        list[str] | None, typer.Option(help="Of this genre, as TMDB calls it; given twice, of both.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Original language as ISO 639-1: en, fr, ja.")] = None,
    min_votes: Annotated[int, typer.Option(min=0, help="With so many votes at least.")] = 50,
    pages: Annotated[int, typer.Option(min=1, max=MOST_PAGES, help="Pages of 20 films, most votes first.")] = 5,
    key: Annotated[
        str, typer.Option(help="Where the API key or read access token is: env:NAME, never the key itself.")
    ] = "env:TMDB_API_KEY",
    max_age_days: Annotated[
        float, typer.Option(min=0, max=KEPT_DAYS, help="Ask again for answers older than this; TMDB allows 180 days.")
    ] = 30.0,
    at_once: Annotated[int, typer.Option(min=1, max=20, help="Requests under way at once.")] = AT_ONCE,
    api_url: Annotated[str, typer.Option(help="Address of the API.")] = API_URL,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")] = False,
) -> None:
    """Fetch films from TMDB with your own key. Run again to go on, or to fetch what has become old."""
    if year_from is not None and year_to is not None and year_from > year_to:
        raise typer.BadParameter(f"--year-from {year_from} is after --year-to {year_to}")
    discover = Discover(
        year_from=year_from,
        year_to=year_to,
        genres=tuple(genre or ()),
        language=language,
        min_votes=min_votes,
        pages=pages,
    )
    # Retries are told in our own report; by default they would be logged to standard output.
    set_on_retry_hooks(())
    api = None
    try:
        wanted = read_ids(ids) if ids else discover
        api = Api(read_key(key, os.environ), KeptAnswers(folder / ANSWERS, now=time.time), url=api_url)
        with _bar() as bar:
            task = bar.add_task("asking TMDB", total=None)
            done = fetch(
                api,
                folder,
                wanted,
                today=datetime.now(UTC).date(),
                age_days=max_age_days,
                at_once=at_once,
                progress=lambda what, done, of: bar.update(task, description=what, completed=done, total=of),
            )
    except IndexingError as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    finally:
        set_on_retry_hooks(None)
        if api is not None:
            api.close()
    _tell(done, folder, as_json=as_json)
    if done.failed or not done.films:
        raise typer.Exit(1)


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_errors)


def _tell(done: Fetched, folder: Path, *, as_json: bool) -> None:
    if as_json:
        figures = {"films": done.films, "reviews": done.reviews, "asked": done.asked, "reused": done.reused}
        typer.echo(json.dumps({**figures, "absent": done.absent, "failed": done.failed}))
        return
    for what, left_out in (("left out", done.absent), ("failed, run again to fetch it", done.failed)):
        for one in left_out[:_MOST_NAMED]:
            _errors.print(f"{what}: {one}", markup=False, highlight=False)
        if len(left_out) > _MOST_NAMED:
            _errors.print(f"{what}: and {len(left_out) - _MOST_NAMED} more", markup=False, highlight=False)
    if not done.films:
        _errors.print("no film was found; nothing is written", markup=False, highlight=False)
        return
    typer.echo(
        f"{done.films} films, {done.reviews} reviews in {folder} ({done.asked} answers asked, {done.reused} kept)"
    )
    typer.echo(f"{NOTICE} Show this sentence: {folder / 'ATTRIBUTION.md'} says where.")
    typer.echo(f"Next: matinee index build {folder} --catalogue NAME")
