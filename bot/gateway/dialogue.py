"""The client of the dialogue server: the only place outside its own folder that knows Rasa's REST channel.

DialogueError
 ├─ DialogueUnreachable   no connection, no answer in time, or an error status
 ├─ DialogueSilent        an empty answer: an action failed, and Rasa says so with an empty list
 └─ DialogueGarbled       an answer outside the contract
"""

from collections.abc import Sequence
from typing import Any

import httpx
import stamina
from pydantic import TypeAdapter, ValidationError

from engine.wire import TurnPayload

#: Rasa closes an idle connection after five seconds; ours go first, so that none is found closed.
_KEEP_ALIVE_S = 2.0
_CONNECT_TIMEOUT_S = 1.0
_WEBHOOK = "/webhooks/rest/webhook"
_CONVERSATION = "/webhooks/rest/conversations/{persona}:{user}"
#: Our channel's own; Rasa's /status answers only where its whole API is open.
READY_PATH = "/webhooks/rest/readyz"
#: Faults that prove that nothing was delivered; anything later may have been, and is not sent twice.
_UNDELIVERED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

_ITEMS = TypeAdapter(list[dict[str, Any]])


class DialogueError(Exception):
    """The dialogue server did not answer a message as the contract says."""


class DialogueUnreachable(DialogueError):
    """No connection, no answer in time, or an error status."""


class DialogueSilent(DialogueError):
    """An empty answer."""


class DialogueGarbled(DialogueError):
    """An answer that is not what actions and the NLG service write."""


class DialogueClient:
    """One connection pool to one dialogue server (or the balancer before several)."""

    def __init__(self, base_url: str, *, timeout_s: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout_s, connect=_CONNECT_TIMEOUT_S),
            limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE_S),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def send(self, message: str, *, persona: str, user: str, turn_id: str) -> TurnPayload:
        """What the dialogue answers to one message, several payloads merged. Raises only `DialogueError`."""
        body = {
            "sender": f"{persona}:{user}",
            "message": message,
            "metadata": {"persona": persona, "user": user, "turn_id": turn_id},
        }
        response = await self._post(body)
        try:
            items = _ITEMS.validate_json(response.content)
            payloads = [TurnPayload.model_validate(item["custom"]) for item in items if "custom" in item]
        except ValidationError as error:
            # The faults may quote what a person said; their number and place is enough.
            places = [".".join(map(str, fault["loc"])) for fault in error.errors()[:5]]
            raise DialogueGarbled(f"{error.error_count()} faults at {places}") from None
        if not payloads:
            raise DialogueSilent(f"{len(items)} items, none with a payload")
        merged = merge(payloads)
        if not (merged.replies or merged.picks):
            raise DialogueSilent("a payload without words or films")
        return merged

    async def forget(self, *, persona: str, user: str) -> None:
        """Erases all that the dialogue server keeps of the conversation. Raises `DialogueUnreachable` where it is not
        sure that nothing is kept any more."""
        path = _CONVERSATION.format(persona=persona, user=user)
        try:
            # Erasing twice is erasing once, so every fault may be tried again.
            async for attempt in stamina.retry_context(
                on=httpx.HTTPError, attempts=3, timeout=5.0, wait_initial=0.1, wait_max=0.5, wait_jitter=0.1
            ):
                with attempt:
                    (await self._http.delete(path)).raise_for_status()
        except httpx.HTTPStatusError as error:
            raise DialogueUnreachable(f"status {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise DialogueUnreachable(f"{type(error).__name__}: {error}") from error

    async def _post(self, body: dict[str, Any]) -> httpx.Response:
        try:
            async for attempt in stamina.retry_context(
                on=_UNDELIVERED, attempts=3, timeout=3.0, wait_initial=0.1, wait_max=0.5, wait_jitter=0.1
            ):
                with attempt:
                    response = await self._http.post(_WEBHOOK, json=body)
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            raise DialogueUnreachable(f"status {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise DialogueUnreachable(f"{type(error).__name__}: {error}") from error
        return response


def merge(payloads: Sequence[TurnPayload]) -> TurnPayload:
    """Several payloads of one turn as one: words and films in order, the last frame, the first intent."""
    frames = [payload.frame for payload in payloads if payload.frame is not None]
    intents = [payload.intent for payload in payloads if payload.intent is not None]
    return TurnPayload(
        replies=tuple(reply for payload in payloads for reply in payload.replies if reply.strip()),
        picks=tuple({pick.movie_id: pick for payload in payloads for pick in payload.picks}.values()),
        quick_replies=tuple({chip.payload: chip for payload in payloads for chip in payload.quick_replies}.values()),
        relaxed=tuple(dict.fromkeys(words for payload in payloads for words in payload.relaxed)),
        frame=frames[-1] if frames else None,
        engine_ms=sum(payload.engine_ms for payload in payloads),
        intent=intents[0] if intents else None,
        parse_ms=max(payload.parse_ms for payload in payloads),
    )
