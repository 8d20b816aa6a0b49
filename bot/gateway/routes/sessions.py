"""Sessions: a signed token for one person of one persona."""

from typing import Annotated

from fastapi import APIRouter, Body, Request

from bot.gateway.admission import Parts, Token, address_of
from bot.gateway.callers import Claim
from bot.gateway.origins import refuse_strange_page
from engine.wire import UserId, Wire
from persona_configs.schema import Slug

router = APIRouter(prefix="/v1", tags=["sessions"])


class SessionRequest(Wire):
    """For whom a session is wanted. Only an API key may name the `user`."""

    persona: Slug
    user: UserId | None = None


class SessionReply(Wire):
    """A session: send it as `Authorization: Bearer SESSION`. It lives `expires_s` seconds."""

    session: str
    user: str
    persona: str
    expires_s: int


@router.post("/sessions", status_code=201, summary="Open a session")
async def open_session(
    request: Request,
    body: Annotated[SessionRequest, Body(examples=[{"persona": "matinee"}])],
    parts: Parts,
    token: Token,
) -> SessionReply:
    """A session of a new anonymous person, or of the named user where an API key asks."""
    refuse_strange_page(request, parts.callers.persona(body.persona))
    claim = Claim(persona=body.persona, user=body.user, token=token, address=address_of(request))
    session, who = await parts.callers.open_session(claim)
    return SessionReply(session=session, user=who.user, persona=who.persona, expires_s=parts.sessions.max_age_s)
