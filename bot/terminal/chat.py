"""`matinee chat`: who speaks, to which gateway, and in which form."""

import sys
from collections.abc import Iterator
from typing import TextIO
from urllib.parse import urlsplit

from bot.gateway.sessions import SecretError, Sessions, kept_secret
from bot.gateway.turn import FAULT, Latency, Turn
from bot.settings import Settings
from bot.terminal.conversation import Conversation
from bot.terminal.gateway_line import GatewayLine, GatewayRefused, LineError
from engine.wire import Intent
from nlu.frame import Frame

_OK, _FAILED = 0, 1
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def run_chat(
    *,
    persona: str,
    user: str | None = None,
    url: str | None = None,
    json_lines: bool = False,
    stdin: TextIO = sys.stdin,
    stdout: TextIO = sys.stdout,
    stderr: TextIO = sys.stderr,
    settings: Settings | None = None,
) -> int:
    """Chats until the input ends. Returns 0 then, 1 where the gateway is not there or refuses the persona.

    With `json_lines`, each line of input is one message and each line of output one turn (DESIGN §4), flushed, and
    nothing else is written to `stdout`. `user` speaks by MATINEE_API_KEY, or by this machine's own secret where the
    gateway runs here; without a `user` somebody new speaks.
    """
    settings = settings or Settings()
    line = _line(persona=persona, user=user, url=url or _own_url(settings), settings=settings, stderr=stderr)
    with line:
        try:
            theme = line.open()
            if json_lines:
                _converse_in_lines(line, stdin=stdin, stdout=stdout)
            else:
                Conversation(line, theme, stdin=stdin, stdout=stdout).run()
        except LineError as error:
            stderr.write(f"matinee chat: {error}\n{_remedy(error)}")
            return _FAILED
        except KeyboardInterrupt:
            stdout.flush()
    return _OK


def _converse_in_lines(line: GatewayLine, *, stdin: TextIO, stdout: TextIO) -> None:
    for text in _lines(stdin):
        try:
            turn = line.say(text)
        except GatewayRefused as refusal:
            # One line in is one line out, also where the gateway would not have it.
            turn = _refused(line, text, refusal)
        stdout.write(f"{turn.model_dump_json()}\n")
        stdout.flush()


def _lines(stdin: TextIO) -> Iterator[str]:
    """The lines of the input without their ends; bytes that are not UTF-8 become replacement characters."""
    raw = getattr(stdin, "buffer", None)
    lines = stdin if raw is None else (line.decode("utf-8", "replace") for line in raw)
    for line in lines:
        yield line.rstrip("\r\n")


def _refused(line: GatewayLine, text: str, refusal: GatewayRefused) -> Turn:
    return Turn(
        persona=line.persona,
        user=line.user,
        text=text,
        intent=Intent(name=FAULT, confidence=0.0),
        frame=Frame(),
        replies=(refusal.detail,),
        cards=(),
        quick_replies=(),
        relaxed=(),
        latency_ms=Latency(),
    )


def _line(*, persona: str, user: str | None, url: str, settings: Settings, stderr: TextIO) -> GatewayLine:
    if user is None:
        return GatewayLine(url, persona=persona)
    if settings.api_key is not None:
        return GatewayLine(url, persona=persona, user=user, api_key=settings.api_key.get_secret_value())
    if urlsplit(url).hostname in _THIS_MACHINE and (secret := _own_secret(settings, stderr)) is not None:
        session, _ = Sessions(secret, max_age_s=settings.session_max_age_s).open(persona, user)
        return GatewayLine(url, persona=persona, user=user, session=session)
    stderr.write(f"matinee chat: cannot speak as {user} without MATINEE_API_KEY; speaking as somebody new\n")
    return GatewayLine(url, persona=persona)


def _own_secret(settings: Settings, stderr: TextIO) -> str | None:
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    try:
        return kept_secret(settings.secret_file)
    except SecretError as error:
        stderr.write(f"matinee chat: {error}\n")
        return None


def _own_url(settings: Settings) -> str:
    return f"http://{settings.gateway_host}:{settings.gateway_port}"


def _remedy(error: LineError) -> str:
    if isinstance(error, GatewayRefused):
        return "Check --persona and --user.\n"
    return "Start it with `make run`, or name another with --url.\n"
