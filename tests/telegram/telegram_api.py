"""A Bot API server of our own: the official request and error shapes, kept limits, and faults on demand."""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response

BOT = {"id": 123456, "is_bot": True, "first_name": "Usher", "username": "usher_bot"}
TOKEN = f"{BOT['id']}:AAF-local_test_token_of_no_real_bot"
_ALLOWED_TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}
_HANG_S = 30.0


class Refusal(Exception):
    """An error as Telegram answers it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> str:
        extra = {"parameters": self.parameters} if self.parameters else {}
        return json.dumps({"ok": False, "error_code": self.code, "description": self.description, **extra})


def flood(retry_after_s: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)


BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
INTERNAL = Refusal(500, "Internal Server Error")
NOT_A_PICTURE = Refusal(400, "Bad Request: wrong type of the web page content")
#: Answers outside the Bot API: not JSON, cut off, and none at all.
GARBAGE, HANG = "<html>gateway</html>", "hang"


@dataclass(frozen=True)
class Call:
    """One call as it came: parameters decoded, uploaded files apart."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes]
    at_s: float


@dataclass
class BotApi:
    """One bot at a small Telegram. `faults[method]` holds what the next calls are answered with instead."""

    calls: list[Call] = field(default_factory=list)
    faults: dict[str, deque[Refusal | str]] = field(default_factory=lambda: defaultdict(deque))
    pending: list[dict[str, Any]] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    markups: dict[tuple[int, int], Any] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)
    polls: int = 0
    ids: int = 100

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods that were taken, in order."""
        return [call for call in self.calls if call.method in methods]

    @property
    def messages(self) -> list[Call]:
        return self.of("sendMessage", "sendPhoto")

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/bot{token}/{method}")
        async def call(token: str, method: str, request: Request) -> Response:
            if token != TOKEN:
                # A malformed token is a path that does not exist; a well-formed one is a stranger.
                refusal = Refusal(401, "Unauthorized") if ":" in token else Refusal(404, "Not Found")
                return Response(refusal.body(), refusal.code, media_type="application/json")
            params, files = await _decoded(request)
            if self.faults[method]:
                fault = self.faults[method].popleft()
                if fault == HANG:
                    await asyncio.sleep(_HANG_S)
                if isinstance(fault, str):
                    return Response(fault, 200, media_type="text/html")
                return Response(fault.body(), fault.code, media_type="application/json")
            try:
                handler: Callable[..., Any] = getattr(self, f"_{method}")
                result = handler(params, files)
                result = await result if asyncio.iscoroutine(result) else result
            except Refusal as refusal:
                return Response(refusal.body(), refusal.code, media_type="application/json")
            if method != "getUpdates":
                self.calls.append(Call(method, params, files, time.monotonic()))
            return Response(json.dumps({"ok": True, "result": result}), media_type="application/json")

        return app

    def _getMe(self, _params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _getUpdates(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        if self.webhook.get("url"):
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )
        self.polls += 1
        mine = self.polls
        offset = int(params.get("offset", 0))
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        until_s = time.monotonic() + min(float(params.get("timeout", 0)), 10.0)
        while not (waiting := [one for one in self.pending if one["update_id"] >= offset]):
            if time.monotonic() > until_s:
                return []
            await asyncio.sleep(0.01)
            if mine != self.polls:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return waiting

    def _setWebhook(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        if not str(params.get("url", "")).startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = params
        return True

    def _deleteWebhook(self, _params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    def _setMyCommands(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        for command in params["commands"]:
            if not (1 <= len(command["command"]) <= 32 and 1 <= len(command["description"]) <= 256):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    def _sendChatAction(self, _params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        return True

    def _answerCallbackQuery(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        if params["callback_query_id"] not in self.queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if _units(params.get("text", "")) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self.queries.discard(params["callback_query_id"])
        return True

    def _sendMessage(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        text = _visible(params["text"], params.get("parse_mode"))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if _units(text) > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        return self._sent(params, text=text)

    def _sendPhoto(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        caption = _visible(params.get("caption", ""), params.get("parse_mode"))
        if _units(caption) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        photo = params.get("photo", "")
        if files:
            [content] = files.values()
            if not content.startswith((b"\x89PNG", b"\xff\xd8")):
                raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
            file_id = f"file-{len(self.files)}"
            self.files[file_id] = content
        elif photo.startswith("https://"):
            file_id = f"file-{len(self.files)}"
            self.files[file_id] = photo.encode()
        elif photo in self.files:
            file_id = photo
        else:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        size = {"file_id": file_id, "file_unique_id": f"u-{file_id}", "width": 960, "height": 540, "file_size": 1000}
        return self._sent(params, caption=caption, photo=[size])

    def _editMessageReplyMarkup(self, params: dict[str, Any], _files: dict[str, bytes]) -> Any:  # noqa: N802
        place = (int(params["chat_id"]), int(params["message_id"]))
        if place not in self.markups:
            raise Refusal(400, "Bad Request: message to edit not found")
        if self.markups[place] == params["reply_markup"]:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        _check_markup(params["reply_markup"])
        self.markups[place] = params["reply_markup"]
        chat = {"id": place[0], "type": "private", "first_name": "P"}
        return {"message_id": place[1], "chat": chat, "date": 1, "reply_markup": params["reply_markup"]}

    def _sent(self, params: dict[str, Any], **content: Any) -> dict[str, Any]:
        chat_id = int(params["chat_id"])
        message_id = self.next_id()
        markup = params.get("reply_markup") or {}
        _check_markup(markup)
        kind = {"type": "private", "first_name": "P"} if chat_id > 0 else {"type": "supergroup", "title": "Film club"}
        message = {"message_id": message_id, "from": BOT, "chat": {"id": chat_id, **kind}, "date": 1, **content}
        if "inline_keyboard" in markup:
            message["reply_markup"] = markup
            self.markups[chat_id, message_id] = markup
        return message


def _check_markup(markup: dict[str, Any]) -> None:
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            if not button["text"]:
                raise Refusal(400, "Bad Request: inline keyboard button text is empty")
            if "url" not in button and not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


async def _decoded(request: Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters and uploads of a form, urlencoded or multipart; nested parameters are JSON, as the Bot API has it."""
    kind, body = request.headers.get("content-type", ""), await request.body()
    plain: dict[str, str] = {}
    files: dict[str, bytes] = {}
    if kind.startswith("multipart/form-data"):
        whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        for part in whole.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if part.get_filename():
                files[name] = content
            else:
                plain[name] = content.decode()
    else:
        plain = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return {name: _value(text) for name, text in plain.items()}, files


def _value(text: str) -> Any:
    if text[:1] not in "{[":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the reader's contract
        if tag not in _ALLOWED_TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 0")

    def handle_data(self, data: str) -> None:
        self.text += data


def _visible(text: str, parse_mode: str | None) -> str:
    if parse_mode != "HTML":
        return text
    reader = _Visible()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise Refusal(400, "Bad Request: can't parse entities: Can't find end tag")
    return reader.text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
