"""The errors of `engine`. Each knows the problem that its service answers with (RFC 9457).

EngineFaultError
├── UnknownPersonaError    404  no persona of that name is loaded
├── UnknownFilmError       404  the persona's catalogue does not hold the film, or may not show it
├── NotReadyError          503  models or catalogue are not loaded yet, or could not be
└── StoreError             503  the database did not take or give what a person told us
"""


class EngineFaultError(Exception):
    """Anything that the engine cannot answer. `status` and `kind` are those of its problem."""

    status = 500
    kind = "/problems/engine-fault"
    title = "The engine could not answer"


class UnknownPersonaError(EngineFaultError):
    """No persona of that name is loaded."""

    status, kind, title = 404, "/problems/unknown-persona", "No such persona"


class UnknownFilmError(EngineFaultError):
    """The persona's catalogue does not hold the film, or its limits forbid it: the two are not told apart."""

    status, kind, title = 404, "/problems/unknown-film", "No such film here"


class NotReadyError(EngineFaultError):
    """Models or catalogue are not loaded; the message says what to run."""

    status, kind, title = 503, "/problems/not-ready", "The engine is not ready"


class StoreError(EngineFaultError):
    """The database did not take or give what a person told us."""

    status, kind, title = 503, "/problems/store", "The database did not answer"
