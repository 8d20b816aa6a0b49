"""What every message passes before it is answered: credentials, origin, a repeat's key, limits."""

import hashlib
from typing import Annotated

import structlog
from fastapi import Body, Depends, Header, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.gateway.callers import Claim
from bot.gateway.metrics import Channel
from bot.gateway.origins import SESSION_HEADER, TURN_HEADER, refuse_strange_page
from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.refusals import request_id
from bot.gateway.services import Services, services_of
from bot.gateway.turn import ChatRequest
from bot.gateway.turns import Ask

Parts = Annotated[Services, Depends(services_of)]
_bearer = HTTPBearer(auto_error=False, description="A session of POST /v1/sessions, or a persona's API key.")

_EXAMPLES = {
    "words": {
        "summary": "Something said",
        "value": {"persona": "lantern", "text": "something bright and feel-good for my kid"},
    },
    "button": {
        "summary": "A button pressed on a card",
        "value": {"persona": "lantern", "action": {"kind": "save", "movie_id": "m0001"}},
    },
    "server": {
        "summary": "A server with an API key speaks for its user",
        "value": {"persona": "lantern", "user": "42", "text": "not animated"},
    },
}


async def bearer_token(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> str | None:
    """The token of the Authorization header, None without one. Any other scheme is refused."""
    if credentials is None and "authorization" in request.headers:
        raise Problem(ProblemKind.INVALID_CREDENTIALS, headers={"WWW-Authenticate": "Bearer"})
    return credentials.credentials if credentials else None


Token = Annotated[str | None, Depends(bearer_token)]


def address_of(request: Request) -> str:
    """The network address of the caller, as far as the trusted proxies tell it."""
    return request.client.host if request.client else "unknown"


async def admit(
    *,
    request: Request,
    response: Response,
    body: Annotated[ChatRequest, Body(openapi_examples=_EXAMPLES)],
    parts: Parts,
    token: Token,
    idempotency_key: Annotated[
        str | None,
        Header(pattern=r"^[\x21-\x7e]{1,128}$", description="The same key again: the same turn, done once."),
    ] = None,
) -> Ask:
    """The message, ready to be answered. Raises a `Problem`; sets the headers that the answer will carry."""
    persona = parts.callers.persona(body.persona)
    refuse_strange_page(request, persona)
    caller = await parts.callers.identify(
        Claim(persona=body.persona, user=body.user, token=token, address=address_of(request))
    )
    key = idempotency_key and f"{persona.name}\0{caller.user}\0{idempotency_key}"
    # A repeat has the id of the first time, so that the engine too does its work once.
    turn_id = hashlib.sha256(key.encode()).hexdigest()[:16] if key else request_id(request)
    ask = Ask(
        persona=persona,
        user=caller.user,
        turn_id=turn_id,
        channel=Channel.STREAM if request.url.path.endswith("/stream") else Channel.CHAT,
        text=body.text or "",
        action=body.action,
        key=key,
    )
    structlog.contextvars.bind_contextvars(turn_id=turn_id, persona=persona.name)
    if not await parts.turns.is_repeat(ask):
        await parts.rates.charge_turn(persona, caller.user)
    response.headers[TURN_HEADER] = turn_id
    if caller.new_token is not None:
        response.headers[SESSION_HEADER] = caller.new_token
    return ask


Admitted = Annotated[Ask, Depends(admit)]
