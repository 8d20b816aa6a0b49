"""What travels between the engine and those who call it: the contract of its HTTP service."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from nlu.frame import Frame, Parse
from persona_configs.schema import Slug

Source = Literal["plot", "poster", "ratings", "reviews", "facts", "tone", "persona", "taste"]
#: A person within a persona: an opaque id that the gateway gives, 1-128 characters of a safe alphabet.
UserId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:@-]{1,128}$")]
#: Longest message that is read; the gateway refuses longer ones with a reply, not with silence.
TEXT_MAX_CHARS = 4000


class Wire(BaseModel):
    """A message of the contract: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Wire):
    """What spoke for a pick: the source, its words or figures, and its share of the score, 0-1."""

    source: Source
    detail: str
    weight: float


class QuickReply(Wire):
    """A reply offered for tapping: `title` is shown, `payload` is sent as the next message."""

    title: str
    payload: str


class Pick(Wire):
    """A film with its score in [0, 1], the persona's sentence for it, and the evidence behind it, heaviest first."""

    movie_id: str
    score: float
    reason: str
    evidence: tuple[Evidence, ...]


class Card(Wire):
    """What a channel shows of a film. Unknown facts are None.

    From `lightness` to `bright_colourful` figures of the poster, 0-1; `sentiment` of `reviews` texts, -1 to 1.
    `poster_credit` is who asks to be named where the poster is shown.
    """

    movie_id: str
    title: str
    year: int | None
    genres: tuple[str, ...]
    certification: str | None
    runtime_min: int | None
    directors: tuple[str, ...]
    cast: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    moods: tuple[str, ...]
    themes: tuple[str, ...]
    awards: tuple[str, ...]
    tone: dict[str, float]
    lightness: float | None
    colourfulness: float | None
    vintage: float | None
    warmth: float | None = None
    dark_moody: float | None = None
    bright_colourful: float | None = None
    sentiment: float | None
    reviews: int | None = None
    synopsis: str
    poster_url: str | None
    poster_credit: str | None = None
    trailer_url: str | None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class Asker(Wire):
    """Who asks, of which persona, in which turn. A turn id makes a repeated call harmless."""

    persona: Slug
    user: UserId
    turn_id: Annotated[str, Field(max_length=64)] = ""


class ParseRequest(Wire):
    """POST /v1/parse → `nlu.frame.Parse`; with `meaning` also an `engine.heard.Meaning` under that name."""

    persona: Slug
    text: Annotated[str, Field(max_length=TEXT_MAX_CHARS)]
    meaning: bool = False


class Mode(StrEnum):
    """How a request stands to the one before it."""

    FRESH = "fresh"  # a new wish: forget the standing frame
    REFINE = "refine"  # changes the standing frame
    MORE = "more"  # the same wish again, other films
    LIKE = "like"  # films like `anchors`
    SURPRISE = "surprise"  # the engine chooses, from what it knows of the person


class PicksRequest(Asker):
    """POST /v1/picks → `Reply`. `standing` is the frame in force, `anchors` the films that "like this" points at.

    `again` is the id of an earlier turn of this person whose films are to be shown again, as far as they may be.
    """

    mode: Mode
    parse: Parse
    standing: Frame | None = None
    anchors: tuple[str, ...] = ()
    again: Annotated[str, Field(max_length=64)] = ""


class Kind(StrEnum):
    """What a person says about a film."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    REJECT = "reject"
    SAVE = "save"
    UNSAVE = "unsave"
    UNLIKE = "unlike"  # as the next two: was not meant, and is as if it had not been said
    UNDISLIKE = "undislike"
    UNSEEN = "unseen"


class FeedbackRequest(Asker):
    """POST /v1/feedback → `Reply`."""

    kind: Kind
    movie_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)]


class AboutRequest(Asker):
    """POST /v1/explain and /v1/details → `Reply`: about one film, given the frame that it was picked for."""

    movie_id: str
    frame: Frame | None = None


class CardsRequest(Wire):
    """POST /v1/cards → list of `Card`, in the order asked. Films beyond the persona's limits are left out."""

    persona: Slug
    movie_ids: Annotated[tuple[str, ...], Field(max_length=50)]


class SayRequest(Wire):
    """POST /v1/say → `Reply`: the persona's words for a phrase key, with values for its placeholders. `chips` are the
    phrase keys of the quick replies, where those that belong to the phrase will not do."""

    persona: Slug
    phrase: str
    values: dict[str, str] = {}
    chips: tuple[str, ...] = ()
    turn_id: str = ""


class Reply(Wire):
    """What the engine answers a turn with, and what an action passes on as its one `custom` payload.

    `frame` is the frame now in force (None: unchanged). `relaxed` says which wishes gave way, in words.
    """

    replies: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    relaxed: tuple[str, ...] = ()
    frame: Frame | None = None
    engine_ms: float = 0.0


class TasteReply(Wire):
    """GET /v1/taste/{persona}/{user}: all that is kept of a person. DELETE erases it."""

    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    seen: tuple[str, ...]
    saved: tuple[str, ...]
    shown: tuple[str, ...]
    summary: str = ""


class Theme(Wire):
    """GET /v1/personas: the public face of a persona, for channels.

    `look` is for the widget; `strings` are the persona's labels for what a card shows, by name, with placeholders in
    braces for the channel to fill.
    """

    name: str
    display_name: str
    tagline: str
    about: str
    locale: str
    starters: tuple[str, ...]
    welcome: str
    look: dict[str, object]
    strings: dict[str, str] = {}


class Health(Wire):
    """GET /livez and /readyz."""

    status: Literal["ok", "starting", "failing"]
    detail: dict[str, str] = {}


class Intent(Wire):
    """What the dialogue layer took a message for."""

    name: str
    confidence: float


class TurnPayload(Reply):
    """The one `custom` payload of a turn: a reply with what the dialogue layer knows of the turn.

    Actions and the NLG service write it, the gateway reads it; nothing else travels through the dialogue server.
    `forgotten` tells the dialogue server to erase what it keeps of the conversation before it answers.
    """

    intent: Intent | None = None
    forgotten: bool = False
    parse_ms: float = 0.0
