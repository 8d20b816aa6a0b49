"""A TMDB of our own, and clients of it that lose patience fast."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stamina.instrumentation import set_on_retry_hooks

from index.sources.tmdb import Api, Key, Patience
from index.sources.tmdb.kept import KeptAnswers
from index.sources.tmdb.pace import Pace
from tests.sources.tmdb_server import KEY, TmdbServer

#: Any moment; tests that let time pass give their own clock.
NOW_S = 1_800_000_000.0
HASTY = Patience(timeout_s=20.0, tries=3, pause_s=0.01, longest_pause_s=2.0)
#: For servers that never answer.
HASTIEST = replace(HASTY, timeout_s=1.0)


@pytest.fixture(autouse=True)
def _quiet_retries() -> Iterator[None]:
    set_on_retry_hooks(())
    yield
    set_on_retry_hooks(None)


@pytest.fixture
def serve() -> Iterator[Callable[..., TmdbServer]]:
    """Starts a server with these answers by path."""
    with ExitStack() as stack:

        def start(answers: dict[str, Any] | None = None) -> TmdbServer:
            return stack.enter_context(TmdbServer(answers or {}).running())

        yield start


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Callable[..., Api]]:
    """Makes a client of a server, which keeps its answers in `answers`."""
    with ExitStack() as stack:

        def make(server: TmdbServer | str, *, key: str = KEY, now: float = NOW_S, patience: Patience = HASTY) -> Api:
            url = server if isinstance(server, str) else server.url
            kept = KeptAnswers(tmp_path / "answers", now=lambda: now)
            api = Api(Key(key), kept, url=url, pace=Pace(10_000.0), patience=patience)
            stack.callback(api.close)
            return api

        yield make
