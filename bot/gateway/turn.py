"""One turn as channels see it: the JSON of `POST /v1/chat`, of the stream's last event and of `matinee chat --json`."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.wire import Card, Intent, QuickReply, UserId, Wire
from nlu.frame import Frame
from persona_configs.schema import Slug

#: A movie_id that can travel in a button: short, and without a character that JSON or a URL would have to escape.
MovieIdText = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PydanticCustomError("string_unicode", "half of a surrogate pair is not text") from error
    return text


#: JSON can spell half of a surrogate pair, which no encoding can carry on.
UnicodeText = Annotated[str, AfterValidator(_encodable)]

#: The name of the intent where the turn could not be answered and the replies are an apology.
FAULT = "fault"


class ActionKind(StrEnum):
    """What a card's buttons ask for. Each is also the name of a dialogue intent, but for those that take a mark back:
    they change nothing in the conversation."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    SAVE = "save"
    UNSAVE = "unsave"
    UNLIKE = "unlike"
    UNDISLIKE = "undislike"
    UNSEEN = "unseen"
    MORE_LIKE = "more_like"
    EXPLAIN = "explain"
    DETAILS = "details"


class CardAction(Wire):
    """A button pressed on a card."""

    kind: ActionKind
    movie_id: MovieIdText


class ChatRequest(Wire):
    """What a person said, or which button they pressed: one of the two. Only an API key names a `user`."""

    persona: Slug
    text: UnicodeText | None = None
    action: CardAction | None = None
    user: UserId | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.text is None) == (self.action is None):
            raise ValueError("give either text or action")
        return self


class Latency(Wire):
    """Where a turn's time went, in milliseconds.

    `total` is the whole turn in the gateway, waiting included; `parse` and `engine` are what the engine took to
    understand and to answer; `dialogue` is the rest of the dialogue server's and the actions' time.
    """

    total: float = 0.0
    parse: float = 0.0
    dialogue: float = 0.0
    engine: float = 0.0


class Turn(Wire):
    """One answered turn. `frame` is the request in force, and asks for nothing where the turn was not about films."""

    persona: str
    user: str
    text: str
    intent: Intent
    frame: Frame
    replies: tuple[str, ...]
    cards: tuple[Card, ...]
    quick_replies: tuple[QuickReply, ...]
    relaxed: tuple[str, ...]
    latency_ms: Latency
