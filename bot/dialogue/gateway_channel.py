"""The channel that the gateway speaks: Rasa's REST channel, with a trail in the log and with forgetting.

The paths are those of Rasa's own, so that whatever speaks to one speaks to the other:

| call | answers |
|---|---|
| `POST /webhooks/rest/webhook` | the payloads of one message; [] where anything failed |
| `DELETE /webhooks/rest/conversations/SENDER` | 204 when nothing of the conversation is kept any more |
| `GET /webhooks/rest/livez`, `/readyz` | whether the event loop answers; whether model and tracker store do |

It trusts `sender` and `metadata`: its port is never published.
"""

from __future__ import annotations

import logging
import time
from asyncio import CancelledError
from typing import Any, Awaitable, Callable

from erasing import erase, stores_of
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from trail import following, set_up_logs, tell, told

OnMessage = Callable[[UserMessage], Awaitable[Any]]


class GatewayChannel(InputChannel):
    """One message in, its payloads out, as one answer."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayChannel:  # noqa: ARG003 - Rasa's signature
        set_up_logs()
        return cls()

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        door = Blueprint("gateway_channel")

        @door.get("/")
        @door.get("/livez")
        async def livez(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @door.get("/readyz")
        async def readyz(request: Request) -> HTTPResponse:
            amiss = what_is_amiss(_agent(request.app))
            status = "failing" if amiss else "ok"
            return response.json({"status": status, "detail": amiss}, status=503 if amiss else 200)

        @door.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            body = request.json
            if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in ("sender", "message")):
                return response.json({"detail": "send {sender, message, metadata}"}, status=400)
            with following(body.get("metadata")):
                return response.json(await _answered(on_new_message, _agent(request.app), body))

        @door.delete("/conversations/<sender>")
        async def forget(request: Request, sender: str) -> HTTPResponse:
            with following({"turn_id": request.headers.get("matinee-turn"), "persona": sender.partition(":")[0]}):
                try:
                    await erase(_agent(request.app), sender)
                except Exception as error:
                    tell(logging.ERROR, "conversation not erased", stage="dialogue", **told(error))
                    return response.json({"detail": "not erased; the reason is in the log"}, status=503)
                tell(logging.INFO, "conversation erased", stage="dialogue", outcome="forgotten")
            return response.empty()

        return door


async def _answered(on_new_message: OnMessage, agent: Agent, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The payloads of one message, none where anything failed: the gateway then apologises with the turn's id."""
    began_s, outcome = time.perf_counter(), "fault"
    said = CollectingOutputChannel()
    sender = body["sender"]
    try:
        message = UserMessage(
            body["message"], said, sender, input_channel=GatewayChannel.name(), metadata=body.get("metadata")
        )
        await on_new_message(message)
        outcome = "answered" if said.messages else "silent"
        if any((one.get("custom") or {}).get("forgotten") for one in said.messages):
            # Only now: Rasa has just written this turn down, too.
            await erase(agent, sender)
            outcome = "forgotten"
    except CancelledError:
        outcome = "abandoned"
        raise
    except Exception as error:
        # Rasa's own channel would log the message's text here.
        outcome = "fault"
        tell(logging.ERROR, "turn failed", stage="dialogue", **told(error))
        return []
    finally:
        took_ms = round((time.perf_counter() - began_s) * 1000, 1)
        tell(logging.INFO, "turn", stage="dialogue", ms=took_ms, outcome=outcome)
    return said.messages


def what_is_amiss(agent: Agent | None) -> dict[str, str]:
    """What keeps messages from being answered, by part; empty when nothing does."""
    if agent is None or not agent.is_ready():
        return {"model": "it is not loaded"}
    store = stores_of(agent)[0]
    if isinstance(store, SQLTrackerStore):
        try:
            with store.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            tell(logging.WARNING, "the tracker store did not answer", **told(error))
            return {"tracker store": "it does not answer; the dialogue server's log has the reason"}
    return {}


def _agent(app: Sanic) -> Agent:
    return getattr(app.ctx, "agent", None)
