"""The containers keep what docs/containers.md promises. Docker is not needed: the files are read."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from compose import COMPOSE, PORTS, SERVICES, environment_of, stage_of, stages
from pages import ROOT

from actions.settings import Settings as ActionsSettings
from bot.settings import Settings
from engine.settings import EngineSettings

each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_the_services_are_the_processes() -> None:
    assert set(SERVICES) == set(PORTS)


def test_only_the_gateway_is_published_and_reaches_out() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"gateway"}
    assert SERVICES["gateway"]["ports"] == ["127.0.0.1:8700:8700"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert {name for name, service in SERVICES.items() if "outside" in service["networks"]} == {"gateway"}
    assert all("network_mode" not in service for service in SERVICES.values())


@each_service
def test_a_service_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["restart"] == "unless-stopped"
    assert {"cpus", "memory", "pids"} <= service["deploy"]["resources"]["limits"].keys()
    assert "USER 10001:10001" in stage_of(name), "as the owner of the volume's folder"
    assert service["user"] == "10001:10001"


@each_service
def test_a_service_says_whether_it_is_well(name: str) -> None:
    test = SERVICES[name]["healthcheck"]["test"]
    assert test[:3] == ["CMD", "python", "docker/healthy.py"]
    assert f"http://127.0.0.1:{PORTS[name]}/" in test[3]
    (image,) = [line for line in stage_of(name) if line.startswith("HEALTHCHECK ")]
    assert f"http://127.0.0.1:{PORTS[name]}/" in image
    assert any(line.startswith("COPY docker/healthy.py") for line in stage_of(name))


@each_service
def test_images_are_pinned(name: str) -> None:
    assert re.search(r":\d+\.\d+\.\d+$", SERVICES[name]["image"])
    text = (ROOT / SERVICES[name]["build"]["dockerfile"]).read_text(encoding="utf-8")
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.1[01]\.\d+-slim-bookworm$", text, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) <= {
        "${PYTHON_IMAGE}",
        *stages(SERVICES[name]["build"]["dockerfile"]),
    }
    assert "--require-hashes" in text


def test_the_gateway_waits_for_the_others() -> None:
    awaited = SERVICES["gateway"]["depends_on"]
    needed = {name: how for name, how in awaited.items() if how.get("required", True)}
    assert needed == {name: {"condition": "service_healthy"} for name in ("engine", "actions", "dialogue")}
    # Compose waits for what a profile leaves out only where it may be left out.
    assert all("profiles" in COMPOSE["services"][name] for name in awaited.keys() - needed.keys())


def test_what_must_last_lies_on_a_volume(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("engine", "dialogue", "gateway"):
        (mount,) = SERVICES[name]["volumes"]
        volume, folder = mount.split(":")
        assert volume in COMPOSE["volumes"]
        assert folder == "/var/lib/matinee"
    assert len({SERVICES[name]["volumes"][0] for name in ("engine", "dialogue", "gateway")}) == 3
    assert environment_of("dialogue")["MATINEE_TRACKER_DB"] == "/var/lib/matinee/tracker.db"
    monkeypatch.setenv("MATINEE_STATE_DIR", environment_of("gateway")["MATINEE_STATE_DIR"])
    assert Settings().secret_file == Path("/var/lib/matinee/secret.key")
    engine = EngineSettings(database_url=environment_of("engine")["MATINEE_DATABASE_URL"])
    assert engine.resolved_database_url == "sqlite:////var/lib/matinee/matinee.db"


def test_each_process_listens_where_the_others_look(monkeypatch: pytest.MonkeyPatch) -> None:
    environments = {name: environment_of(name) for name in SERVICES}
    for environment in environments.values():
        for service in ("engine", "dialogue", "actions"):
            assert environment[f"MATINEE_{service.upper()}_URL"] == f"http://{service}:{PORTS[service]}"
    for name, environment in environments.items():
        assert environment[f"MATINEE_{name.upper()}_HOST"] == "0.0.0.0"  # noqa: S104 - inside the container
    for variable, text in (environments["engine"] | environments["actions"]).items():
        if variable.startswith("MATINEE_") and "$" not in text:
            monkeypatch.setenv(variable, text)
    assert EngineSettings().engine_port == PORTS["engine"]
    assert ActionsSettings().port == PORTS["actions"]
    assert Settings.model_fields["gateway_port"].default == PORTS["gateway"]
    (command,) = [line for line in stage_of("dialogue") if line.startswith("CMD ")]
    assert '"--port", "8702"' in command


def test_the_engine_finds_what_the_image_was_built_with() -> None:
    built = " ".join(stages("docker/app.Dockerfile")["built"])
    engine = EngineSettings(state_dir=Path(environment_of("engine")["MATINEE_STATE_DIR"]))
    assert f"--out {engine.parser_folder}" in built
    assert f"--state-dir {engine.state_dir}" in built


@pytest.mark.parametrize("dockerfile", ["docker/app.Dockerfile", "docker/dialogue.Dockerfile"])
def test_what_a_dockerfile_copies_is_there_and_let_in(dockerfile: str) -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copies = [line.split()[1:-1] for lines in stages(dockerfile).values() for line in lines if line.startswith("COPY ")]
    sources = [source for words in copies if not words[0].startswith("--from") for source in words]
    assert sources
    for source in sources:
        assert (ROOT / source).exists()
        assert any(Path(source).match(pattern) or source.startswith(pattern + "/") for pattern in allowed), source


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/livez" else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_probe_tells_well_from_unwell(address: str) -> None:
    def probe(url: str) -> int:
        script = str(ROOT / "docker" / "healthy.py")
        return subprocess.run([sys.executable, script, url], capture_output=True, check=False).returncode

    assert probe(f"{address}/livez") == 0
    assert probe(f"{address}/readyz") == 1
    assert probe("http://127.0.0.1:9/livez") == 1
