"""Who is asking: a visitor with a session, a server with a persona's API key, or somebody new."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from bot.gateway.problems import Problem, ProblemKind
from bot.gateway.rates import Rates
from bot.gateway.sessions import Session, SessionError, SessionExpired, Sessions
from persona_configs import Persona

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says about its sender, before any of it is believed."""

    persona: str | None
    user: str | None
    token: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Caller:
    """A person within a persona, known. `new_token` is set where a session was opened just now."""

    persona: Persona
    user: str
    new_token: str | None = None


class Callers:
    """Turns claims into callers. Every method raises a `Problem` where the claim does not hold."""

    def __init__(self, personas: Mapping[str, Persona], sessions: Sessions, rates: Rates) -> None:
        self._personas = personas
        self._sessions = sessions
        self._rates = rates

    def persona(self, name: str) -> Persona:
        try:
            return self._personas[name]
        except KeyError:
            raise Problem(ProblemKind.UNKNOWN_PERSONA, f"There is no persona called {name}.") from None

    async def identify(self, claim: Claim) -> Caller:
        """The caller, with a new anonymous session where the claim carries no credentials."""
        if claim.token is None:
            token, session = await self.open_session(claim)
            return Caller(self.persona(session.persona), session.user, new_token=token)
        return self.known(claim)

    def known(self, claim: Claim) -> Caller:
        """The caller that the credentials prove; a claim without credentials is refused."""
        if claim.token is None:
            raise Problem(ProblemKind.INVALID_CREDENTIALS, headers=_CHALLENGE)
        if claim.persona is not None:
            persona = self.persona(claim.persona)
            if _opens(claim.token, persona):
                return Caller(persona, _named_user(claim))
        session = self._read(claim.token)
        if claim.persona not in (None, session.persona):
            raise Problem(
                ProblemKind.OTHER_PERSONA, f"The session is for {session.persona}, the request for {claim.persona}."
            )
        if claim.user not in (None, session.user):
            raise Problem(ProblemKind.USER_NOT_ALLOWED)
        return Caller(self.persona(session.persona), session.user)

    async def open_session(self, claim: Claim) -> tuple[str, Session]:
        """A new session: of a named user for an API key, else of a new anonymous person."""
        if claim.persona is None:
            raise Problem(ProblemKind.INVALID_REQUEST, "Say which persona: `persona` is missing.")
        persona = self.persona(claim.persona)
        if claim.token is not None:
            if not _opens(claim.token, persona):
                raise Problem(ProblemKind.INVALID_CREDENTIALS, headers=_CHALLENGE)
            return self._sessions.open(persona.name, _named_user(claim))
        if claim.user is not None:
            raise Problem(ProblemKind.USER_NOT_ALLOWED)
        await self._rates.charge_session(persona, claim.address)
        return self._sessions.open(persona.name)

    def _read(self, token: str) -> Session:
        try:
            return self._sessions.read(token)
        except SessionExpired as error:
            raise Problem(ProblemKind.SESSION_EXPIRED, headers=_CHALLENGE) from error
        except SessionError as error:
            raise Problem(ProblemKind.INVALID_CREDENTIALS, headers=_CHALLENGE) from error


def _named_user(claim: Claim) -> str:
    if claim.user is None:
        raise Problem(ProblemKind.INVALID_REQUEST, "With an API key, say who speaks: `user` is missing.")
    return claim.user


def _opens(token: str, persona: Persona) -> bool:
    """Whether the token is one of the persona's API keys. Every hash is compared, in constant time."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    matches = [hmac.compare_digest(digest, known) for known in persona.web.key_hashes]
    return any(matches)
