"""Every fault of a request, wherever it arises, leaves the gateway as one problem."""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.gateway.problems import MEDIA_TYPE, Problem, ProblemKind

_LOG = structlog.get_logger("gateway")
_BY_STATUS = {
    401: ProblemKind.INVALID_CREDENTIALS,
    404: ProblemKind.NOT_FOUND,
    405: ProblemKind.WRONG_METHOD,
    413: ProblemKind.TOO_LARGE,
    503: ProblemKind.UNAVAILABLE,
}
#: FastAPI answers a body that is not UTF-8, or nested beyond Python's stack, with a plain 400.
_UNREADABLE_BODY = 400


def answer_with_problems(app: FastAPI) -> None:
    """Registers the handlers: ours, validation, Starlette's own refusals."""
    app.add_exception_handler(Problem, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)


def problem_response(request: Request, problem: Problem, *, status: int | None = None) -> JSONResponse:
    """The problem as a response, logged with the id that its body carries."""
    body = problem.body(request_id=request_id(request), status=status)
    request.app.state.services.metrics.problem(problem.kind.type)
    _LOG.info("refused", problem=problem.kind.type, status=body["status"], path=request.url.path)
    return JSONResponse(body, status_code=body["status"], headers=dict(problem.headers), media_type=MEDIA_TYPE)


def request_id(request: Request) -> str:
    """16 hex digits that name this request in the log and in problems."""
    return str(request.state.request_id)


async def _own(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - registered for Problem alone
    return problem_response(request, error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type alone
    return problem_response(request, problem_of_faults(error.errors()))


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type alone
    if error.status_code == _UNREADABLE_BODY:
        return problem_response(request, Problem(ProblemKind.INVALID_JSON))
    kind = _BY_STATUS.get(error.status_code, ProblemKind.REFUSED)
    problem = Problem(kind, headers=dict(error.headers or {}))
    return problem_response(request, problem, status=error.status_code)


def problem_of_faults(faults: Sequence[Any]) -> Problem:
    """The problem that pydantic's faults amount to, without echoing what was sent."""
    kinds = {fault["type"] for fault in faults}
    if "json_invalid" in kinds:
        return Problem(ProblemKind.INVALID_JSON)
    if "string_unicode" in kinds:
        return Problem(ProblemKind.INVALID_TEXT)
    if "model_attributes_type" in kinds:
        return Problem(ProblemKind.INVALID_REQUEST, "Send a JSON object, with Content-Type: application/json.")
    errors = [
        {"field": ".".join(str(part) for part in fault["loc"]) or "body", "message": fault["msg"]} for fault in faults
    ]
    named = ", ".join(error["field"] for error in errors[:5])
    return Problem(ProblemKind.INVALID_REQUEST, f"Check {named}.", members={"errors": errors})
