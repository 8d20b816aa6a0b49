"""Secrets and names: a bot's token, its webhook's secret, and a person's id within a persona."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from persona_configs import Persona

#: Digits of the bot's own id, a colon, and the secret part.
_TOKEN = re.compile(r"^([0-9]{1,20}):[A-Za-z0-9_-]{20,}$")
_DIGEST_CHARS = 24


class TokenUnusable(Exception):
    """A persona names a Telegram token that is not there or is not one. The text never holds the token."""


def token_of(persona: Persona, environment: Mapping[str, str]) -> str | None:
    """The token that the persona's file refers to; None for a persona without Telegram. Raises `TokenUnusable`."""
    if persona.telegram is None:
        return None
    variable = persona.telegram.token.removeprefix("env:")
    token = environment.get(variable, "").strip()
    if not token:
        raise TokenUnusable(f"{variable} is not set; put the token that @BotFather gave you into it")
    if not _TOKEN.match(token):
        raise TokenUnusable(f"{variable} does not hold a token (DIGITS:LETTERS); copy it from @BotFather again")
    return token


def webhook_secret(signing_secret: str, persona: Persona) -> str:
    """What Telegram must send with each update: the same for all gateways that share the signing secret."""
    return hmac.new(signing_secret.encode(), f"telegram webhook\0{persona.name}".encode(), hashlib.sha256).hexdigest()


def person_of(bot_id: int, telegram_user: int) -> str:
    """A person's id within the bot's persona: the same after a new token, another in every other bot.

    It keeps Telegram's number out of logs and stores; whoever has both numbers can compute it again.
    """
    digest = hashlib.sha256(f"{bot_id}:{telegram_user}".encode()).hexdigest()
    return f"tg-{digest[:_DIGEST_CHARS]}"


def turn_id_of(persona: Persona, update_id: int) -> str:
    """16 hex digits, the same for a repeated update, so that the engine too does its work once."""
    return hashlib.sha256(f"telegram\0{persona.name}\0{update_id}".encode()).hexdigest()[:16]
