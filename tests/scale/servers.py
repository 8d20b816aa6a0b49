"""Real servers of one's own for a test: PostgreSQL, Redis and nginx, on free ports of the loopback."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

#: Longest wait for a server to listen, and for it to end, in seconds.
START_S, STOP_S = 30.0, 10.0
_POLL_S = 0.05
#: Where Debian keeps what is not on everybody's path.
_MORE_FOLDERS = ("/usr/sbin", "/usr/local/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"))))
#: Servers that refuse to run as root run as one of these, or as nobody.
_OTHERS = ("postgres", "nobody")


def program(name: str) -> str:
    """The path of a program. Skips the test where it is not installed."""
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_MORE_FOLDERS]))
    if path is None:
        pytest.skip(f"{name} is not installed; .ci/run says which packages hold it")
    return path


def free_ports(n: int) -> list[int]:
    """Ports of the loopback that nobody listens on, all different."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(n)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def wait_for_port(port: int, process: "subprocess.Popen[bytes] | None" = None, *, log: Path | None = None) -> None:
    """Returns when somebody listens. Fails with the end of the log when nobody does in time, or the process ended."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and (process is None or process.poll() is None):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(_POLL_S)
    told = log.read_text(errors="replace")[-2000:] if log is not None and log.exists() else ""
    raise AssertionError(f"nothing listens on port {port}\n{told}")


@dataclass
class Server:
    """One process that listens on a port. It may be killed and started again, on the same port and data."""

    name: str
    command: Sequence[str]
    port: int
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: int = signal.SIGTERM
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *, wait: bool = True) -> None:
        """Starts it; with `wait` it listens when this returns."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | self.environment,
                user=self.user,
                start_new_session=True,
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        wait_for_port(self.port, self.process, log=self.log)

    def kill(self) -> None:
        """Ends it at once, as a power cut would: nothing is said, nothing is finished."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Leaves it listening and silent, as a machine does that hangs."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)

    def stop(self) -> None:
        """Ends it in order, and for certain."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGCONT)
        try:
            self._end(self.stop_signal)
        except subprocess.TimeoutExpired:
            self.kill()

    def _end(self, number: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(STOP_S)
        with contextlib.suppress(ProcessLookupError):  # children that a killed parent left behind
            os.killpg(self.process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _folder(owner: str | None) -> Iterator[Path]:
    # Not below pytest's folder: that one is closed to other users, and sockets want short paths.
    folder = Path(tempfile.mkdtemp(prefix="matinee-"))
    try:
        if owner is not None:
            account = pwd.getpwnam(owner)
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str | None:
    """Whom to be instead of root; None for whoever is not root."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in _OTHERS if name in known)


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL cluster with one superuser `matinee`, whom everybody on the loopback may be."""

    server: Server

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://matinee@127.0.0.1:{self.server.port}/{database}"

    def create(self, database: str) -> str:
        """A new, empty database; returns its address."""
        self._run("createdb", "--template=template0", database)
        return self.url(database)

    def drop(self, database: str) -> None:
        self._run("dropdb", "--force", database)

    def _run(self, tool: str, *arguments: str) -> None:
        port = str(self.server.port)
        command = [program(tool), "-h", "127.0.0.1", "-p", port, "-U", "matinee", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=30)


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL. Skips where it is not installed."""
    initdb, binary, user = program("initdb"), program("postgres"), _other_user()
    with _folder(user) as folder:
        data, (port,) = folder / "data", free_ports(1)
        made = subprocess.run(
            [initdb, "-D", str(data), "-U", "matinee", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            user=user, capture_output=True, check=False, text=True, timeout=60, cwd=folder,
            env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        given = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder),
                 "max_connections": "60", "shared_buffers": "32MB",
                 "fsync": "off"}  # fmt: skip
        options = [word for name, text in given.items() for word in ("-c", f"{name}={text}")]
        # Without fsync only a power cut loses what was kept, and no test is one.
        # SIGINT is its "fast" stop: it does not wait for clients to leave.
        server = Server("postgres", [binary, "-D", str(data), *options], port, folder / "log", user=user,
                        stop_signal=signal.SIGINT)  # fmt: skip
        with _running(server):
            yield Postgres(server)


@dataclass(frozen=True)
class Redis:
    """A Redis without a file: what it holds goes with it."""

    server: Server

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.server.port}/0"


@contextlib.contextmanager
def redis() -> Iterator[Redis]:
    """A running Redis. Skips where it is not installed."""
    binary = program("redis-server")
    with _folder(None) as folder:
        (port,) = free_ports(1)
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                   "--dir", str(folder)]  # fmt: skip
        server = Server("redis", command, port, folder / "log")
        with _running(server):
            yield Redis(server)


@contextlib.contextmanager
def nginx(conf: str, *, port: int) -> Iterator[Server]:
    """A running nginx with this configuration, in which `/tmp` stands for a folder of its own; `port` is one that it
    listens on. What it logs is in `log`. Skips where it is not installed."""
    binary = program("nginx")
    with _folder(None) as folder:
        folder.chmod(0o777)  # as root it gives up its rights, and then writes there
        (folder / "nginx.conf").write_text(conf.replace("/tmp/", f"{folder}/"))  # noqa: S108
        command = [binary, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]
        server = Server("nginx", command, port, folder / "log")
        with _running(server):
            yield server


@contextlib.contextmanager
def _running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.stop()
