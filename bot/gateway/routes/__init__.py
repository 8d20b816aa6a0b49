"""The paths of the public API, one module a subject."""

from bot.gateway.routes import chat, figures, health, me, personas, problems, sessions, stream

ROUTERS = (
    chat.router,
    stream.router,
    sessions.router,
    personas.router,
    me.router,
    health.router,
    figures.router,
    problems.router,
)

__all__ = ["ROUTERS"]
