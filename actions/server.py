"""The action server: rasa-sdk's webhook over our actions, in one process, quiet, on the loopback."""

import logging
import sys
import warnings
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.metrics import ActionMetrics
from actions.registry import all_actions
from actions.settings import Settings
from engine.client import EngineClient
from engine.wire import Health

AnySanic = Sanic[Any, Any]
#: Seconds that running actions get to end after SIGTERM.
SHUTDOWN_S = 3.0


class Executor(ActionExecutor):  # type: ignore[misc]
    """Runs actions without a domain: ours read none, and Rasa 3.6 knows nothing of the digests this sdk asks for."""

    def update_and_return_domain(
        self,
        payload: dict[str, Any],  # noqa: ARG002 - the sdk's signature
        action_name: str,  # noqa: ARG002
    ) -> dict[str, Any]:
        return {}


def make_app(engine: EngineClient) -> AnySanic:
    """The server's app. It closes `engine` when it stops."""
    executor, metrics = Executor(), ActionMetrics()
    for action in all_actions(engine, metrics=metrics):
        executor.register_action(action)
    app: AnySanic = create_app(executor, cors_origins=[])
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = SHUTDOWN_S
    app.config.ACCESS_LOG = False
    app.config.MOTD = False

    _add_watching(app, engine, metrics)

    @app.after_server_stop
    async def _close(_app: AnySanic) -> None:
        await engine.close()

    return app


def _add_watching(app: AnySanic, engine: EngineClient, metrics: ActionMetrics) -> None:
    @app.get("/livez")
    async def livez(_request: Request) -> HTTPResponse:
        return json(Health(status="ok").model_dump())

    @app.get("/readyz")
    async def readyz(_request: Request) -> HTTPResponse:
        # The engine is all that an action needs.
        found = await engine.ready()
        amiss = {"engine": "; ".join(map(": ".join, found.detail.items()))} if found.status != "ok" else {}
        health = Health(status="failing" if amiss else "ok", detail=amiss)
        return json(health.model_dump(), status=503 if amiss else 200)

    @app.get("/metrics")
    async def figures(_request: Request) -> HTTPResponse:
        return HTTPResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


def configure_logging(settings: Settings) -> None:
    """Sends our own lines, structured, to standard output, and only warnings of the libraries."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    console = settings.log_format == "console" or (settings.log_format == "auto" and sys.stdout.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *([] if console else [structlog.processors.format_exc_info]),
            structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
            if console
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    # rasa-sdk 3.21 serves Rasa 3.6: the webhook is the same, and domain digests are dealt with above.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk might not be compatible")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stdout)


def serve(settings: Settings) -> None:
    """Serves until SIGTERM or Ctrl-C."""
    configure_logging(settings)
    app = make_app(EngineClient(settings.engine_url))
    structlog.get_logger("actions").info("listening", host=settings.actions_host, port=settings.port)
    # One process: the work is waiting for the engine, and more of them would need a shared address only.
    app.run(host=settings.actions_host, port=settings.port, single_process=True, access_log=False, motd=False)
