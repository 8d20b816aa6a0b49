"""One message in, its turn as server-sent events.

```mermaid
sequenceDiagram
    channel->>gateway: POST /v1/chat/stream
    gateway-->>channel: started {turn_id}
    gateway-->>channel: typing
    loop every 15 s of waiting
        gateway-->>channel: : ping
    end
    gateway-->>channel: reply {text}, once a reply
    gateway-->>channel: card, once a card
    gateway-->>channel: turn, the whole
    Note over gateway,channel: error {problem} in place of replies and turn where the key was used for another message
```
"""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.gateway.admission import Admitted, Parts
from bot.gateway.problems import Problem
from bot.gateway.refusals import request_id

router = APIRouter(prefix="/v1", tags=["chat"])


@router.post("/chat/stream", summary="Answer one message as events", response_class=EventSourceResponse)
async def stream(request: Request, ask: Admitted, parts: Parts) -> AsyncIterator[ServerSentEvent]:
    """The events `started`, `typing`, `reply`…, `card`…, `turn`. A channel that leaves takes the turn with it."""
    yield ServerSentEvent(event="started", data={"turn_id": ask.turn_id})
    yield ServerSentEvent(event="typing", data={})
    try:
        turn = await parts.turns.answer(ask)
    except Problem as problem:
        yield ServerSentEvent(event="error", data=problem.body(request_id=request_id(request)))
        return
    for reply in turn.replies:
        yield ServerSentEvent(event="reply", data={"text": reply})
    for card in turn.cards:
        yield ServerSentEvent(event="card", data=card)
    yield ServerSentEvent(event="turn", data=turn)
