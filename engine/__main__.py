"""`python -m engine`: serves the engine until it is told to stop."""

# ruff: noqa: E402 - torch is kept out before anything is imported that would take it in

import sys
from collections.abc import Iterable

# spaCy loads torch wherever it is installed: seconds and hundreds of megabytes for nothing, since serving needs none.
sys.modules.setdefault("torch", None)  # type: ignore[arg-type]

import structlog
import uvicorn
from pydantic import ValidationError

from engine.answers import Desk
from engine.catalogues import Catalogues
from engine.errors import EngineFaultError, NotReadyError
from engine.logs import set_up_logs
from engine.metrics import EngineMetrics
from engine.service import create_app
from engine.settings import EngineSettings
from engine.store import Database, TasteStore
from index import EncoderError, load_encoder
from nlu import Parser
from nlu.tagger import TaggerError
from persona_configs import PersonaError, load_personas

_CANNOT_START = 2


def main() -> int:
    """Exit code 0 after a clean stop, 2 where something that the engine needs is missing or damaged."""
    metrics, missing = EngineMetrics(), ""
    try:
        settings = EngineSettings()
        set_up_logs(settings.log_format, settings.log_level)
        personas = load_personas(settings.personas_dir)
        catalogues = Catalogues(settings.index_root, metrics.timed(load_encoder(threads=1)), store_of=settings.store_of)
        missing = _load({persona.catalogue for persona in personas.values()}, catalogues)
        parser = Parser.load(settings.parser_folder)
        desk = Desk(personas, catalogues, TasteStore(Database(settings.resolved_database_url)))
    except (ValidationError, PersonaError, EncoderError, TaggerError, EngineFaultError) as error:
        print(f"The engine cannot start.\n{missing}{error}", file=sys.stderr)
        return _CANNOT_START
    app = create_app(desk, parser, threads=settings.threads, metrics=metrics)
    structlog.get_logger("engine").info("starting", port=settings.engine_port, personas=sorted(personas))
    uvicorn.run(
        app,
        host=settings.engine_host,
        port=settings.engine_port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
    return 0


def _load(names: Iterable[str], catalogues: Catalogues) -> str:
    """Loads the catalogues and returns what is amiss, a line each. The engine starts without them: they may be built
    while it runs, and until then /readyz says which command builds them."""
    amiss = []
    for name in sorted(names):
        try:
            catalogues.get(name)
        except NotReadyError as error:
            structlog.get_logger("engine").warning("catalogue not ready", catalogue=name, reason=str(error))
            amiss.append(f"{error}\n")
    return "".join(amiss)


if __name__ == "__main__":
    sys.exit(main())
