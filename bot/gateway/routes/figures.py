"""The gateway's figures, for those who have the token: this is the public door."""

import hmac

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from bot.gateway.admission import Parts, Token
from bot.gateway.problems import Problem, ProblemKind

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def metrics(parts: Parts, token: Token) -> Response:
    """Counters and times in Prometheus' text format. Without MATINEE_METRICS_TOKEN there is nothing here."""
    expected = parts.settings.metrics_token
    if expected is None:
        raise Problem(ProblemKind.NOT_FOUND)
    if not hmac.compare_digest((token or "").encode(), expected.get_secret_value().encode()):
        raise Problem(ProblemKind.INVALID_CREDENTIALS, headers={"WWW-Authenticate": "Bearer"})
    return Response(parts.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
