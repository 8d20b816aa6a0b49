"""An app served for real, from a thread of its own, while a test talks to it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

_START_S = 10


def free_port() -> int:
    """A port of the loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(app: Any, *, port: int = 0, patient: bool = True) -> Iterator[str]:
    """The address of the ASGI app until the block ends. `port` 0 takes a free one; not `patient`: calls that still run
    at the end are cut off."""
    door = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    give_up_at_s = time.monotonic() + _START_S
    while not server.started:
        assert thread.is_alive(), "the server died while starting"
        assert time.monotonic() < give_up_at_s, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit, server.force_exit = True, not patient
        thread.join(_START_S)
        door.close()
