"""Anonymous sessions: a signed token says which person of which persona is speaking, and nothing is stored.

SessionError
 ├─ SessionInvalid   not ours, or changed
 └─ SessionExpired   ours, but too old
SecretError          the signing secret cannot be read or made
"""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from bot.settings import Settings

_SALT = "matinee.session.1"
_SECRET_CHARS_MIN = 32


class SecretError(Exception):
    """The signing secret cannot be used; the message names the remedy."""


class SessionError(Exception):
    """A token that opens nothing."""


class SessionInvalid(SessionError):
    """Not signed by us, or changed since."""


class SessionExpired(SessionError):
    """Signed by us, too long ago."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who speaks: a person within a persona."""

    persona: str
    user: str


class _Signer(TimestampSigner):
    """A timed signer whose clock is given."""

    def __init__(self, *args: Any, clock: Callable[[], float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clock = clock

    def get_timestamp(self) -> int:
        return int(self._clock())


class Sessions:
    """Opens and reads session tokens. The same secret on every gateway makes them valid on all."""

    def __init__(self, secret: str, *, max_age_s: int, clock: Callable[[], float] = time.time) -> None:
        self.max_age_s = max_age_s
        self._serializer = URLSafeTimedSerializer(
            secret,
            salt=_SALT,
            signer=_Signer,
            signer_kwargs={"clock": clock, "digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def open(self, persona: str, user: str | None = None) -> tuple[str, Session]:
        """A new token and what it says. Without `user` the person is a new, anonymous one."""
        session = Session(persona, user or f"anon-{secrets.token_hex(12)}")
        token = self._serializer.dumps([session.persona, session.user])
        return (token.decode() if isinstance(token, bytes) else token), session

    def read(self, token: str) -> Session:
        """Who the token speaks for. Raises `SessionInvalid` or `SessionExpired`."""
        try:
            match self._serializer.loads(token, max_age=self.max_age_s):
                case [str(persona), str(user)]:
                    return Session(persona, user)
                case _:
                    raise SessionInvalid("signed, but not a session")
        except SignatureExpired as error:
            raise SessionExpired("too old") from error
        except (BadData, ValueError) as error:
            raise SessionInvalid("not signed by us") from error


def signing_secret(settings: Settings) -> str:
    """The secret in force: MATINEE_SECRET, or the state folder's, made there on first need. Raises `SecretError`."""
    if settings.secret:
        return _checked(settings.secret.get_secret_value(), "MATINEE_SECRET")
    return kept_secret(settings.secret_file) or _make_secret(settings.secret_file)


def kept_secret(path: Path) -> str | None:
    """The secret that a gateway of this machine keeps, or None where there is none yet. Raises `SecretError`."""
    try:
        return _checked(path.read_text(encoding="ascii").strip(), str(path))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{path} cannot be read ({error}); make it readable for this user or delete it") from error


def _checked(secret: str, where: str) -> str:
    if len(secret) < _SECRET_CHARS_MIN:
        raise SecretError(f"{where} is shorter than {_SECRET_CHARS_MIN} characters; use e.g. `openssl rand -hex 32`")
    return secret


def _make_secret(path: Path) -> str:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
            # A link fails where the file exists, so of two gateways that start at once the first one's secret stays.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        finally:
            draft.unlink()
    except OSError as error:
        raise SecretError(f"cannot make {path} ({error}); set MATINEE_SECRET or MATINEE_STATE_DIR") from error
    if (secret := kept_secret(path)) is None:
        raise SecretError(f"{path} vanished while it was made; set MATINEE_SECRET")
    return secret
