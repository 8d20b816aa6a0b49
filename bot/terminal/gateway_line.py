"""The terminal's line to a gateway: one person, one message at a time.

LineError
 ├─ GatewayUnreachable   no connection, or no answer in time
 └─ GatewayRefused       a problem; its detail is fit to be shown
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import httpx
from pydantic import ValidationError

from bot.gateway.turn import CardAction, Turn

#: Longer than the gateway waits for the dialogue, so that its apology arrives.
_TIMEOUT = httpx.Timeout(90.0, connect=3.0)
#: Longest wait that a limit may ask for before it is told as a fault.
_PATIENCE_S = 65
_TRIES = 3


class LineError(Exception):
    """The gateway did not answer with a turn."""


class GatewayUnreachable(LineError):
    """No connection, or no answer in time."""


@dataclass(eq=False)
class GatewayRefused(LineError):
    """The gateway answered with a problem."""

    status: int
    detail: str

    def __str__(self) -> str:
        return self.detail


class GatewayLine:
    """Speaks for one person of one persona. `session` or `api_key` prove who; without either somebody new speaks."""

    def __init__(
        self,
        url: str,
        *,
        persona: str,
        user: str | None = None,
        session: str | None = None,
        api_key: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/")
        self.persona = persona
        self.user = user or ""
        self._token = api_key or session
        self._names_user = api_key is not None
        self._sleep = sleep
        self._http = httpx.Client(base_url=self.url, timeout=_TIMEOUT, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def open(self) -> dict[str, Any]:
        """How the persona introduces itself (`engine.wire.Theme`), with a session in hand. Raises `LineError`."""
        theme: dict[str, Any] = self._request("GET", f"/v1/personas/{self.persona}").json()
        if self._token is None:
            opened = self._request("POST", "/v1/sessions", body={"persona": self.persona}).json()
            self._token, self.user = opened["session"], opened["user"]
        return theme

    def say(self, text: str) -> Turn:
        """The turn of something said. Waits where a limit asks for it. Raises `LineError`."""
        return self._turn({"text": text})

    def press(self, action: CardAction) -> Turn:
        """The turn of a button pressed. Raises `LineError`."""
        return self._turn({"action": action.model_dump(mode="json")})

    def _turn(self, said: dict[str, Any]) -> Turn:
        body = {"persona": self.persona, **said}
        if self._names_user:
            body["user"] = self.user
        response = self._request("POST", "/v1/chat", body=body)
        try:
            return Turn.model_validate_json(response.content)
        except ValidationError as error:
            raise GatewayRefused(response.status_code, f"{self.url} does not answer like a gateway") from error

    def _request(self, method: str, path: str, *, body: dict[str, Any] | None = None) -> httpx.Response:
        # The same key over all tries: a message that waited for a limit is never done twice.
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        for remaining in reversed(range(_TRIES)):
            try:
                response = self._http.request(method, path, json=body, headers=headers)
            except httpx.HTTPError as error:
                raise GatewayUnreachable(f"{self.url} does not answer ({error or type(error).__name__})") from error
            wait_s = _asked_to_wait_s(response)
            if wait_s is None or not remaining:
                break
            self._sleep(wait_s)
        if response.is_success:
            return response
        raise GatewayRefused(response.status_code, _detail(response))


def _asked_to_wait_s(response: httpx.Response) -> int | None:
    if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
        return None
    asked = response.headers.get("retry-after", "")
    return int(asked) if asked.isdigit() and int(asked) <= _PATIENCE_S else None


def _detail(response: httpx.Response) -> str:
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"the gateway answered {response.status_code}"
