"""The widget in a real browser, against a peer that speaks the gateway's endpoints."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from widget_browser import chromium
from widget_driver import Widget, view
from widget_peer import Peer


@pytest.fixture
def peer() -> Iterator[Peer]:
    running = Peer().start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def browser(_chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """The browser at an empty page, in a wide window and the light scheme."""
    view(_chromium)
    yield _chromium
    _chromium.execute_script("sessionStorage.clear(); localStorage.clear()")
    _chromium.get("about:blank")


@pytest.fixture
def chat(browser: webdriver.Chrome, peer: Peer) -> Widget:
    """The chat of the demo page, which serves the gateway's content security policy."""
    browser.get(f"{peer.url}/#lantern")
    return Widget(browser).opened()
