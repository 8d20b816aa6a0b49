"""Whether turns can be answered, and what is amiss where they cannot."""

import structlog

from engine.answers import Desk
from engine.errors import NotReadyError, StoreError
from engine.wire import Health

_log = structlog.get_logger("engine")
#: Nobody has this id: a gateway gives people ids of its own form.
_NOBODY = "readyz"


def readiness(desk: Desk) -> Health:
    """`ok`, or `failing` with each thing that is amiss and its remedy. Looks for catalogues that were not built yet."""
    amiss = {}
    for name in sorted({persona.catalogue for persona in desk.personas.values()}):
        try:
            desk.catalogues.get(name)
        except NotReadyError as error:
            amiss[f"catalogue {name}"] = str(error)
    try:
        desk.tastes.read(_NOBODY, _NOBODY)
    except StoreError as error:
        _log.warning("the database did not answer", reason=str(error))  # its own words quote addresses and SQL
        amiss["database"] = "it does not answer; the engine's log has the reason"
    return Health(status="failing" if amiss else "ok", detail=amiss)
