"""What is installed, trained, built and reachable, and what to do about the rest."""

import importlib.util
import shutil
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.setup.environments import APP_PYTHONS, up_to_date
from bot.setup.training import dialogue_model, parser_folder
from index import ArtefactError, current_folder, verify_artefact
from nlu.training.pipeline import is_current
from persona_configs import PersonaError, load_personas

_GB = 1_000_000_000
_LOW_DISK_GB = 2.0
_TIMEOUT_S = 0.3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: how it is, and what to do when it is not fine."""

    what: str
    fine: bool
    state: str
    remedy: str = ""

    @property
    def row(self) -> dict[str, object]:
        """For machines."""
        return asdict(self)


def examine(settings: Settings, *, root: Path) -> list[Finding]:
    """All findings, in the order in which things are needed."""
    return [
        *_environments(),
        *_models(settings),
        *_personas_and_catalogues(settings),
        *_services(settings),
        _disk(root),
    ]


def _environments() -> Iterator[Finding]:
    for name, means in (("app", " or ".join(APP_PYTHONS)), ("dialogue", "3.10")):
        fine = up_to_date(name)
        state = "as locked" if fine else "missing or older than its lock file"
        yield Finding(f"environment {name} (Python {means})", fine, state, "" if fine else "run `make env`")
    torch = importlib.util.find_spec("torch") is not None
    yield Finding("torch", fine=True, state="installed (only to build and compare)" if torch else "not needed to serve")


def _models(settings: Settings) -> Iterator[Finding]:
    parser = is_current(parser_folder(settings.state_dir))
    model = dialogue_model(settings.state_dir)
    for what, fine in (("parser", parser), ("dialogue model", model.is_file())):
        state = "trained from the present inputs" if fine else "not trained, or from other inputs"
        yield Finding(what, fine, state, "" if fine else "run `make train`")


def _personas_and_catalogues(settings: Settings) -> Iterator[Finding]:
    try:
        personas = load_personas(settings.personas_dir)
    except PersonaError as error:
        yield Finding(
            "personas", fine=False, state=str(error), remedy="mend the file; `matinee persona validate` checks it"
        )
        return
    yield Finding("personas", fine=True, state=", ".join(personas))
    for name in sorted({persona.catalogue for persona in personas.values()}):
        try:
            manifest = verify_artefact(current_folder(settings.state_dir / "index", name))
        except ArtefactError as error:
            yield Finding(f"catalogue {name}", fine=False, state=str(error), remedy="run `make index`")
        else:
            yield Finding(f"catalogue {name}", fine=True, state=f"{manifest.films} films, {manifest.encoder}, intact")


def _services(settings: Settings) -> Iterator[Finding]:
    gateway = f"http://{settings.gateway_host}:{settings.gateway_port}"
    addresses = {
        "engine": settings.engine_url,
        "actions": settings.actions_url,
        "dialogue": settings.dialogue_url,
        "gateway": gateway,
    }
    for name, url in addresses.items():
        listens = _listens(url)
        state = f"listens at {url}" if listens else f"nothing listens at {url}"
        yield Finding(name, listens, state, "" if listens else "run `make run`")


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=_TIMEOUT_S):
            return True
    except OSError:
        return False


def _disk(root: Path) -> Finding:
    free_gb = shutil.disk_usage(root).free / _GB
    fine = free_gb >= _LOW_DISK_GB
    return Finding("disk", fine, f"{free_gb:.1f} GB free", "" if fine else "free some space")


def print_findings(findings: list[Finding]) -> None:
    """The findings as a table for people."""
    table = Table(show_edge=False, pad_edge=False)
    for column in ("", "what", "how it is", "what to do"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        mark = "[green]✓[/green]" if finding.fine else "[red]✗[/red]"
        table.add_row(mark, finding.what, finding.state, finding.remedy)
    Console().print(table)
