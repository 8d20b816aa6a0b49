"""docker-compose.yml and the Dockerfiles, read as Compose reads them: with defaults, and with docker/scale.env."""

import re
from functools import cache
from typing import Any

import yaml
from pages import ROOT

PLAIN = {"MATINEE_SECRET": "s" * 40, "MATINEE_POSTGRES_PASSWORD": "letters0"}
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


def _filled(text: str, given: dict[str, str]) -> str:
    """The text with its ${NAME}, ${NAME:-default} and ${NAME:?fault} as Compose fills them in."""

    def one(found: re.Match[str]) -> str:
        value = given.get(found["name"]) or (found["rest"] if found["kind"] == "-" else "")
        assert value or found["kind"] == "-", found[0]
        return value

    return _VARIABLE.sub(one, text)


def _scale_environment() -> dict[str, str]:
    """What docker/scale.env sets, with the two secrets of a shell."""
    given = dict(PLAIN)
    for line in (ROOT / "docker" / "scale.env").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, text = line.partition("=")
            given[name] = _filled(text, given)
    return given


def _compose(given: dict[str, str]) -> dict[str, Any]:
    """docker-compose.yml with these variables, filled in after it was read, as Compose does it."""

    def filled(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: filled(value) for name, value in part.items()}
        if isinstance(part, list):
            return [filled(value) for value in part]
        return _filled(part, given) if isinstance(part, str) else part

    found: dict[str, Any] = filled(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    return found


COMPOSE, SCALED = _compose({}), _compose(_scale_environment())
#: What runs on one machine, and what the profile `scale` adds.
SERVICES: dict[str, dict[str, Any]] = {
    name: service for name, service in COMPOSE["services"].items() if "profiles" not in service
}
ADDED: dict[str, dict[str, Any]] = {
    name: service for name, service in SCALED["services"].items() if service.get("profiles") == ["scale"]
}
#: The port on which each process listens in its container.
PORTS = {"gateway": 8700, "engine": 8701, "dialogue": 8702, "actions": 8703}


@cache
def stages(dockerfile: str) -> dict[str, list[str]]:
    """The instructions of each stage, continued lines joined, comments left out."""
    text = (ROOT / dockerfile).read_text(encoding="utf-8")
    text = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found: dict[str, list[str]] = {}
    stage = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("FROM "):
            stage = line.split(" AS ")[1]
            found[stage] = [line]
        elif stage:
            found[stage].append(line)
    return found


def stage_of(name: str) -> list[str]:
    """The instructions of a service's stage and of those that it stands on, the first first."""
    build = SERVICES[name]["build"]
    found = stages(build["dockerfile"])
    chain, stage = [], build["target"]
    while stage in found:
        chain[:0] = found[stage]
        stage = found[stage][0].split()[1]
    return chain


def environment_of(name: str) -> dict[str, str]:
    image: dict[str, str] = {}
    for line in stage_of(name):
        if line.startswith("ENV "):
            image |= dict(re.findall(r"(\w+)=(\S+)", line))
    return image | SERVICES[name]["environment"]
