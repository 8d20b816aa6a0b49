"""What can be wrong with a request, as RFC 9457 problem details.

Problem                 one occurrence: its kind, its detail, what else the client may need
 └─ kind: ProblemKind   the stable part: type URI, title, status, remedy
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class _About:
    slug: str
    status: HTTPStatus
    title: str
    remedy: str


class ProblemKind(Enum):
    """The closed set of problems. `type` never changes once published; `GET /problems` lists them."""

    INVALID_JSON = _About(
        "invalid-json", HTTPStatus.BAD_REQUEST, "The body is not JSON", "Send a JSON object in UTF-8."
    )
    INVALID_TEXT = _About(
        "invalid-text",
        HTTPStatus.BAD_REQUEST,
        "The text is not text",
        "Send Unicode text; half surrogates and binary data are refused.",
    )
    INVALID_REQUEST = _About(
        "invalid-request",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "A field is missing or wrong",
        "See `errors` for each field; /openapi.json describes them.",
    )
    KEY_REUSED = _About(
        "idempotency-key-reused",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "This Idempotency-Key came with another message",
        "Use a new key for a new message.",
    )
    INVALID_CREDENTIALS = _About(
        "invalid-credentials",
        HTTPStatus.UNAUTHORIZED,
        "The session or key is not valid",
        "Get a session with POST /v1/sessions, or check the API key.",
    )
    SESSION_EXPIRED = _About(
        "session-expired", HTTPStatus.UNAUTHORIZED, "The session has expired", "Get a new one with POST /v1/sessions."
    )
    OTHER_PERSONA = _About(
        "other-persona",
        HTTPStatus.FORBIDDEN,
        "The session belongs to another persona",
        "Open a session for this persona.",
    )
    USER_NOT_ALLOWED = _About(
        "user-not-allowed",
        HTTPStatus.FORBIDDEN,
        "Only an API key may name a user",
        "Leave `user` out, or authenticate with the persona's API key.",
    )
    ORIGIN_REFUSED = _About(
        "origin-refused",
        HTTPStatus.FORBIDDEN,
        "This page may not talk to this persona",
        "Add the page's origin to `web.origins` of the persona.",
    )
    UNKNOWN_PERSONA = _About(
        "unknown-persona", HTTPStatus.NOT_FOUND, "There is no such persona", "GET /v1/personas lists them."
    )
    NOT_FOUND = _About("not-found", HTTPStatus.NOT_FOUND, "There is nothing here", "See /openapi.json.")
    WRONG_METHOD = _About(
        "wrong-method", HTTPStatus.METHOD_NOT_ALLOWED, "Not with this method", "See the Allow header."
    )
    TOO_LARGE = _About(
        "too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large", "Send at most 64 KiB."
    )
    RATE_LIMITED = _About(
        "rate-limited", HTTPStatus.TOO_MANY_REQUESTS, "Too many turns", "Wait as long as Retry-After says."
    )
    UNAVAILABLE = _About(
        "unavailable",
        HTTPStatus.SERVICE_UNAVAILABLE,
        "A part of the service does not answer",
        "Try again shortly; the id is in our log.",
    )
    REFUSED = _About("refused", HTTPStatus.BAD_REQUEST, "The request was refused", "See `status` and /openapi.json.")
    INTERNAL = _About(
        "internal", HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here", "Give us the id; it is in our log."
    )

    @property
    def type(self) -> str:
        return f"/problems/{self.value.slug}"

    @property
    def status(self) -> int:
        return int(self.value.status)

    @property
    def title(self) -> str:
        return self.value.title

    @property
    def remedy(self) -> str:
        return self.value.remedy


@dataclass(eq=False)
class Problem(Exception):
    """One occurrence of a problem. `detail` is for people, `members` go into the body, `headers` into the head."""

    kind: ProblemKind
    detail: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, *, request_id: str, status: int | None = None) -> dict[str, Any]:
        """The problem as JSON members; `request_id` is also in the log."""
        return {
            "type": self.kind.type,
            "title": self.kind.title,
            "status": status or self.kind.status,
            "detail": self.detail or self.kind.remedy,
            "instance": f"urn:matinee:request:{request_id}",
            "id": request_id,
            **self.members,
        }
