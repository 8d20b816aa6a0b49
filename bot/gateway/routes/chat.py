"""One message in, one turn out."""

from fastapi import APIRouter

from bot.gateway.admission import Admitted, Parts
from bot.gateway.turn import Turn

router = APIRouter(prefix="/v1", tags=["chat"])


@router.post("/chat", summary="Answer one message")
async def chat(ask: Admitted, parts: Parts) -> Turn:
    """The turn of this message. Without credentials a session is opened and returned in `Matinee-Session`."""
    return await parts.turns.answer(ask)
