"""The gateway as an application."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from bot.gateway.bodies import BodyLimit
from bot.gateway.border import Border
from bot.gateway.origins import Origins
from bot.gateway.pages import mount_pages
from bot.gateway.problems import MEDIA_TYPE, ProblemKind
from bot.gateway.refusals import answer_with_problems
from bot.gateway.routes import ROUTERS
from bot.gateway.services import assemble
from bot.settings import Settings
from bot.telegram.mount import router as telegram_router
from bot.telegram.mount import telegram_lifespan
from persona_configs import Persona

_DESCRIPTION = """\
A conversational film recommender, one bot a persona. `POST /v1/chat` answers one message with one turn;
`POST /v1/chat/stream` is the same as server-sent events. Every refusal is `application/problem+json` (RFC 9457).
"""


def create_app(settings: Settings, personas: Mapping[str, Persona]) -> FastAPI:
    """The gateway for these personas. Raises `SecretError` where sessions cannot be signed."""
    services = assemble(settings, personas)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with telegram_lifespan(app, services):
                yield
        finally:
            await services.close()

    app = FastAPI(
        title="Matinee",
        version=_version(),
        description=_DESCRIPTION,
        lifespan=lifespan,
        # The interactive pages load scripts from elsewhere, which our content policy forbids.
        docs_url=None,
        redoc_url=None,
        # One curl without a content type is read too; what a page may send is decided by its origin.
        strict_content_type=False,
        responses={"default": {"description": "A problem", "content": {MEDIA_TYPE: {"example": _problem_example()}}}},
    )
    app.state.services = services
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(telegram_router)
    mount_pages(app)
    answer_with_problems(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Origins, personas=tuple(personas.values()))
    app.add_middleware(Border)
    return app


def _version() -> str:
    try:
        return version("matinee")
    except PackageNotFoundError:
        return "0"


def _problem_example() -> dict[str, object]:
    kind = ProblemKind.UNKNOWN_PERSONA
    return {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": "There is no persona called nobody.",
        "instance": "urn:matinee:request:5f0c2a9be1d34877",
        "id": "5f0c2a9be1d34877",
    }
