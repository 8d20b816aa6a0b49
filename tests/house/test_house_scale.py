"""What docs/scaling.md promises of the profile `scale`. Docker is not needed: the files are read; where Docker Compose
is there, it reads them, too."""

import json
import os
import re
import shutil
import subprocess

import pytest
from compose import ADDED, PLAIN, PORTS, SCALED, SERVICES, stages
from pages import ROOT

from actions.settings import Settings as ActionsSettings
from bot.settings import Settings
from engine.settings import EngineSettings

each_replica = pytest.mark.parametrize("name", sorted(PORTS))


def test_the_profile_adds_one_more_of_each_and_what_they_share() -> None:
    replicas = {f"{name}-replica" for name in PORTS}
    assert set(ADDED) == replicas | {"door", "inside", "postgres", "redis", "milvus"}
    assert set(SCALED["services"]) == set(SERVICES) | set(ADDED)


@each_replica
def test_a_replica_is_the_same_but_for_its_number(name: str) -> None:
    service, replica = dict(SCALED["services"][name]), dict(ADDED[f"{name}-replica"])
    assert replica.pop("profiles") == ["scale"]
    assert replica.pop("ports", []) == []
    assert replica["deploy"]["replicas"] == "1"
    replica["deploy"] = {name: value for name, value in replica["deploy"].items() if name != "replicas"}
    service.pop("ports", None)
    assert replica == service


def test_only_the_door_is_added_to_what_is_published() -> None:
    assert {name for name, service in ADDED.items() if service.get("ports")} == {"door"}
    assert ADDED["door"]["ports"] == ["127.0.0.1:8080:8080"]
    reaching_out = {name for name, service in ADDED.items() if "outside" in service["networks"]}
    assert reaching_out == {"door", "gateway-replica"}
    door = (ROOT / "docker" / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server ([a-z-]+):\d+", door)) == {"gateway", "gateway-replica"}


@pytest.mark.parametrize("name", sorted(set(ADDED) - {f"{name}-replica" for name in PORTS}))
def test_what_is_shared_is_confined_pinned_and_says_whether_it_is_well(name: str) -> None:
    service = ADDED[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["restart"] == "unless-stopped"
    assert {"cpus", "memory", "pids"} <= service["deploy"]["resources"]["limits"].keys()
    assert re.search(r":v?\d+\.\d+\.\d+(-alpine)?$|^postgres:\d+\.\d+-alpine$", service["image"])
    assert service["healthcheck"]["test"][0] == "CMD"
    if name != "milvus":  # whose image wants to be root, and to write
        assert service["read_only"] is True
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])


def test_what_is_mounted_is_there() -> None:
    mounts = [mount for service in ADDED.values() for mount in service.get("volumes", ())]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]
    assert len(files) == 4
    assert all((ROOT / file).is_file() for file in files)
    volumes = {mount.split(":")[0] for mount in mounts} - set(files)
    assert volumes <= set(SCALED["volumes"])


def test_balancers_find_the_services_where_they_listen() -> None:
    for file in ("nginx.conf", "nginx-inside.conf"):
        text = (ROOT / "docker" / file).read_text(encoding="utf-8")
        for name, port in re.findall(r"server ([a-z-]+):(\d+)", text):
            assert name in SCALED["services"]
            assert int(port) == PORTS[name.removesuffix("-replica")]
    listens = re.findall(r"listen (\d+);", (ROOT / "docker" / "nginx-inside.conf").read_text(encoding="utf-8"))
    assert sorted(listens) == ["8701", "8702", "8703"]


def test_several_of_each_share_what_they_must(monkeypatch: pytest.MonkeyPatch) -> None:
    services = SCALED["services"]
    for variable, text in (services["gateway"]["environment"] | services["engine"]["environment"]).items():
        monkeypatch.setenv(variable, str(text))
    settings, engine = Settings(), EngineSettings()
    assert settings.redis_url == settings.counts_uri == "redis://redis:6379/0"
    assert settings.secret is not None
    assert settings.engine_url == "http://inside:8701"
    assert ActionsSettings().port == PORTS["actions"]
    assert engine.resolved_database_url == "postgresql+psycopg://matinee:letters0@postgres:5432/people"
    assert engine.vector_store == "milvus+http://milvus:19530"
    dialogue = services["dialogue"]["environment"]
    assert dialogue["MATINEE_REDIS_URL"] == settings.redis_url
    assert (dialogue["MATINEE_TRACKER_DIALECT"], dialogue["MATINEE_TRACKER_HOST"]) == ("postgresql", "postgres:5432")
    tracker = (ROOT / "docker" / "postgres.sql").read_text(encoding="utf-8")
    assert f"CREATE DATABASE {dialogue['MATINEE_TRACKER_DB']};" in tracker


def test_the_engine_of_many_machines_has_the_client_of_milvus() -> None:
    found = stages("docker/app.Dockerfile")
    assert SCALED["services"]["engine"]["build"]["target"] == "engine-scale"
    assert found["engine-scale"][0] == "FROM engine AS engine-scale"
    assert "requirements/scale.lock" in " ".join(found["packages-scale"])
    lock = (ROOT / "requirements" / "scale.lock").read_text(encoding="utf-8")
    assert re.search(r"^pymilvus==", lock, re.MULTILINE)
    pins = re.compile(r"^([a-z0-9-]+(?:\[[a-z,]+\])?)==(\S+)", re.MULTILINE)
    app = dict(pins.findall((ROOT / "requirements" / "app.lock").read_text(encoding="utf-8")))
    assert app.items() <= dict(pins.findall(lock)).items(), "the same versions, and more"


def test_no_secret_stands_in_a_file() -> None:
    text = (ROOT / "docker" / "scale.env").read_text(encoding="utf-8")
    for name in PLAIN:
        assert f"{name}=${{{name}:?" in text
    assert not re.search(r"^[^#]*(PASSWORD|SECRET|TOKEN)=(?!\$\{)\S", text, re.MULTILINE)


def _docker_compose() -> list[str]:
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            told = subprocess.run([*command, "version", "--short"], capture_output=True, text=True, check=False)
            if told.returncode == 0 and re.match(r"v?(2\.[2-9]\d|[3-9])", told.stdout):
                return command
    pytest.skip("Docker Compose 2.20 or later is not installed; the tests above read the file without it")


@pytest.mark.parametrize("layout", ["one machine", "scale"])
def test_docker_compose_reads_the_file_as_we_do(layout: str) -> None:
    arguments, services, secrets = [], SERVICES, {}
    if layout == "scale":
        arguments, services, secrets = ["--env-file", "docker/scale.env"], SCALED["services"], PLAIN
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("MATINEE_", "COMPOSE_"))}
    done = subprocess.run(
        [*_docker_compose(), *arguments, "config", "--format", "json"],
        cwd=ROOT, env=ours | secrets, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)["services"]
    assert set(read) == set(services)
    for name, service in read.items():
        assert service["image"] == services[name]["image"]
        assert (service.get("environment") or {}) == (services[name].get("environment") or {})
        assert len(service.get("ports", ())) == len(services[name].get("ports", ()))
