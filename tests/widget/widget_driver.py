"""Driving one widget of the page that is open in a browser."""

from collections.abc import Callable
from typing import Any

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

WAIT_S = 15


class Widget:
    """One widget of the open page, by its place on it."""

    def __init__(self, browser: webdriver.Chrome, place: int = 0) -> None:
        self.browser = browser
        self.place = place

    def run(self, script: str, *arguments: object) -> Any:
        """What the script returns; `chat` is the element and `root` its shadow root."""
        head = f"const chat = document.querySelectorAll('matinee-chat')[{self.place}]; const root = chat.shadowRoot;"
        return self.browser.execute_script(head + script, *arguments)

    def texts(self, selector: str) -> list[str]:
        return self.run("return [...root.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector)

    def count(self, selector: str) -> int:
        return len(self.texts(selector))

    def click(self, selector: str, at: int = 0) -> None:
        self.until(lambda: self.count(selector) > at)
        self.run("root.querySelectorAll(arguments[0])[arguments[1]].click()", selector, at)

    def attribute(self, selector: str, name: str, at: int = 0) -> str | None:
        return self.run(
            "return root.querySelectorAll(arguments[0])[arguments[1]].getAttribute(arguments[2])", selector, at, name
        )

    def until(self, holds: Callable[[], Any]) -> Any:
        return WebDriverWait(self.browser, WAIT_S, poll_frequency=0.05).until(lambda _: holds())

    def opened(self) -> "Widget":
        """Waits until the page has made the widget and the widget shows something."""
        made = "return document.querySelectorAll('matinee-chat').length > arguments[0]"
        self.until(lambda: self.browser.execute_script(made, self.place))
        return self.ready()

    def ready(self) -> "Widget":
        self.until(lambda: self.run("return !!root.querySelector('.chip, .closed-door, .launcher, .mine')"))
        return self

    def say(self, text: str) -> None:
        """Sends a text and waits for what follows, an answer or a failure."""
        before = self.run("return root.querySelectorAll('.turn, .failed').length")
        self.run("chat.send(arguments[0])", text)
        self.until(lambda: self.run("return root.querySelectorAll('.turn, .failed').length") > before and self.idle())

    def idle(self) -> bool:
        return bool(self.run("return root.querySelector('.typing').hidden"))


def view(browser: webdriver.Chrome, *, width_px: int = 1280, scheme: str = "light") -> None:
    """Sets the window's width and the system's colour scheme."""
    size = {"width": width_px, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    preferred = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": preferred})
