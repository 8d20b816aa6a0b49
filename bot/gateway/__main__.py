"""`python -m bot.gateway`: serves the gateway until it is told to stop."""

import socket
import sys

import structlog
import uvicorn
from pydantic import ValidationError

from bot.gateway.app import create_app
from bot.gateway.counts import CountsError
from bot.gateway.logs import set_up_logs
from bot.gateway.sessions import SecretError
from bot.settings import Settings
from persona_configs import PersonaError, load_personas

#: Turns under way may finish when the process is told to stop.
_GRACE_S = 10
_CANNOT_START = 2
_BACKLOG = 2048


class PortTaken(Exception):
    """The gateway's address cannot be listened on."""


def main() -> int:
    """Exit code 0 after a clean stop, 2 where the settings, the personas or the secret cannot be used."""
    try:
        settings = Settings()
        set_up_logs(settings)
        personas = load_personas(settings.personas_dir)
        app = create_app(settings, personas)
        listening = _listen(settings)
    except (ValidationError, PersonaError, SecretError, CountsError, PortTaken) as error:
        print(f"The gateway cannot start.\n{error}", file=sys.stderr)
        return _CANNOT_START
    structlog.get_logger("gateway").info(
        "starting", host=settings.gateway_host, port=settings.gateway_port, personas=sorted(personas)
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_GRACE_S,
    )
    uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listen(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.gateway_host, settings.gateway_port), backlog=_BACKLOG)
    except OSError as error:
        where = f"{settings.gateway_host}:{settings.gateway_port}"
        raise PortTaken(
            f"Cannot listen on {where} ({error}); stop what runs there, or set MATINEE_GATEWAY_HOST or "
            "MATINEE_GATEWAY_PORT"
        ) from error


if __name__ == "__main__":
    sys.exit(main())
