"""One whole stack for the session: real processes on free ports, with the models and indexes of this checkout."""

from collections.abc import Iterator

import pytest
from live_stack import Stack, missing


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Running and answering. Tests that hurt it wait until it answers again."""
    stack = _make(tmp_path_factory)
    try:
        stack.start()
        stack.wait_until_answering()
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A second stack, for tests that end it; started, but not waited for."""
    stack = _make(tmp_path_factory)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def _make(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    if reason := missing():
        pytest.skip(reason)
    return Stack(tmp_path_factory.mktemp("state"))
