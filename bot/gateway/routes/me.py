"""What is kept of a person: to take along, or to be forgotten."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request

from bot.gateway.admission import Parts, Token, address_of
from bot.gateway.callers import Caller, Claim
from bot.gateway.dialogue import DialogueError
from bot.gateway.origins import refuse_strange_page
from bot.gateway.problems import Problem, ProblemKind
from engine.client import EngineError
from engine.wire import TasteReply, UserId, Wire
from persona_configs.schema import Slug

_LOG = structlog.get_logger("gateway.me")
router = APIRouter(prefix="/v1/me", tags=["me"])


class Kept(Wire):
    """All that is kept of a person within a persona."""

    persona: str
    user: str
    taste: TasteReply


class Forgotten(Wire):
    """Nothing is kept any more; `replies` says so in the persona's words."""

    persona: str
    user: str
    replies: tuple[str, ...]


async def _known(
    request: Request, parts: Parts, token: Token, persona: Slug | None = None, user: UserId | None = None
) -> Caller:
    """The caller by session, or by API key with `persona` and `user` in the query."""
    caller = parts.callers.known(Claim(persona=persona, user=user, token=token, address=address_of(request)))
    refuse_strange_page(request, caller.persona)
    await parts.rates.charge_turn(caller.persona, caller.user)
    return caller


Known = Annotated[Caller, Depends(_known)]


@router.get("", summary="What is kept of me")
async def kept(caller: Known, parts: Parts) -> Kept:
    """Likes, dislikes, films seen, saved and shown."""
    try:
        taste = await parts.engine.taste(caller.persona.name, caller.user)
    except EngineError as error:
        raise _unavailable(error) from error
    return Kept(persona=caller.persona.name, user=caller.user, taste=taste)


@router.delete("", summary="Forget me")
async def forget(caller: Known, parts: Parts) -> Forgotten:
    """Erases taste, ratings, saved and shown films, and every word of the conversation.

    Where a part does not answer, the problem says so: ask again, since erasing twice does no harm.
    """
    persona, user = caller.persona.name, caller.user
    try:
        reply = await parts.engine.forget(persona, user)
        await parts.dialogue.forget(persona=persona, user=user)
    except (EngineError, DialogueError) as error:
        raise _unavailable(error) from error
    return Forgotten(persona=persona, user=user, replies=reply.replies)


def _unavailable(error: EngineError | DialogueError) -> Problem:
    _LOG.warning("not done", fault=type(error).__name__, detail=str(error))
    return Problem(ProblemKind.UNAVAILABLE, headers={"Retry-After": "5"})
