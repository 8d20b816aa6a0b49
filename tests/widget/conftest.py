"""The widget in a real browser, against a peer that speaks the gateway's endpoints."""

import shutil
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from widget_driver import Widget, view
from widget_peer import Peer

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
)  # fmt: skip
#: Counts what the page's content security policy refused, from before the page's first script.
WATCH_POLICY = (
    "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective));"
)


@pytest.fixture
def peer() -> Iterator[Peer]:
    running = Peer().start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("needs chromium and chromedriver (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(driver))
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH_POLICY})
    yield browser
    browser.quit()


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
