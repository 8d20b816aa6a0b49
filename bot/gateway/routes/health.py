"""Whether the gateway lives, and whether what it needs answers."""

import asyncio

import httpx
from fastapi import APIRouter, Response
from pydantic import ValidationError

from bot.gateway.admission import Parts
from bot.gateway.dialogue import READY_PATH
from engine.wire import Health

#: A reason is a sentence or two.
_REASON_MAX_CHARS = 400
router = APIRouter(tags=["health"])


@router.get("/livez", summary="Is the process alive")
async def livez() -> Health:
    """Always ok: an answer is the answer."""
    return Health(status="ok")


@router.get("/readyz", summary="Can turns be answered")
async def readyz(response: Response, parts: Parts) -> Health:
    """Asks the engine, the dialogue server and the actions server; 503 and `failing` unless all three are ready.

    What is amiss is said in the words of the process that has it, with the remedy where it knows one.
    """
    settings = parts.settings
    probes = {
        "engine": f"{settings.engine_url}/readyz",
        "dialogue": f"{settings.dialogue_url}{READY_PATH}",
        "actions": f"{settings.actions_url}/readyz",
    }
    found = await asyncio.gather(*(_probe(parts.probe, url) for url in probes.values()))
    detail = dict(zip(probes, found, strict=True))
    if all(state == "ok" for state in found):
        return Health(status="ok", detail=detail)
    response.status_code = 503
    return Health(status="failing", detail=detail)


async def _probe(client: httpx.AsyncClient, url: str) -> str:
    try:
        response = await client.get(url)
    except httpx.HTTPError as error:
        return f"unreachable: {type(error).__name__}"
    return "ok" if response.is_success else _reason(response)


def _reason(response: httpx.Response) -> str:
    """What a process that is not ready says of itself, on one line."""
    try:
        detail = Health.model_validate_json(response.content).detail
    except ValidationError:
        detail = {}
    told = "; ".join(f"{name}: {reason}" for name, reason in detail.items())
    return " ".join(told.split())[:_REASON_MAX_CHARS] or f"status {response.status_code}"
