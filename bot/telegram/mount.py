"""Where the gateway holds Telegram: bots that live as long as it does, and the path that webhooks come to.

Without a token nothing of the Telegram library is loaded.
"""

import hmac
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter, FastAPI, Request, Response

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.services import Services
from bot.gateway.sessions import signing_secret
from bot.telegram.identity import TokenUnusable, token_of, webhook_secret
from bot.telegram.limits import SECRET_HEADER

if TYPE_CHECKING:
    from bot.telegram.house import House

_LOG = structlog.get_logger("gateway.telegram")
router = APIRouter(tags=["telegram"])


@asynccontextmanager
async def telegram_lifespan(
    app: FastAPI, services: Services, *, environment: Mapping[str, str] | None = None
) -> AsyncIterator[None]:
    """The bots of all personas that have a usable token in the environment, open until the block ends.

    A persona without its token is named in the log and reached by the other channels alone.
    """
    tokens = _tokens(services, os.environ if environment is None else environment)
    app.state.telegram = house = _house(services, tokens) if tokens else None
    if house is None:
        yield
        return
    house.open()
    try:
        yield
    finally:
        app.state.telegram = None
        await house.close()


@router.post("/telegram/{persona}", include_in_schema=False)
async def take_update(persona: str, request: Request) -> Response:
    """Takes one update from Telegram; 200 as soon as it is in the queue, so that it is not sent again."""
    services: Services = request.app.state.services
    house: House | None = getattr(request.app.state, "telegram", None)
    line = house.lines.get(persona) if house else None
    if line is None or not services.settings.telegram_webhook_url:
        raise Problem(ProblemKind.NOT_FOUND)
    expected = webhook_secret(signing_secret(services.settings), services.personas[persona])
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise Problem(ProblemKind.INVALID_CREDENTIALS)
    if not line.is_open:
        raise Problem(ProblemKind.UNAVAILABLE, headers={"Retry-After": "5"})
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Problem(ProblemKind.INVALID_JSON) from None
    update = line.read(body) if isinstance(body, dict) else None
    if update is None:
        # Refusing it would have Telegram send it again for a day.
        _LOG.error("telegram update not understood", persona=persona)
    else:
        await line.feed(update)
    return Response(status_code=200)


def _tokens(services: Services, environment: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, persona in sorted(services.personas.items()):
        try:
            if (token := token_of(persona, environment)) is not None:
                found[name] = token
        except TokenUnusable as error:
            _LOG.warning("no telegram bot", persona=name, remedy=str(error))
    return found


def _house(services: Services, tokens: Mapping[str, str]) -> "House":
    from bot.telegram.house import House

    return House(services, tokens)
