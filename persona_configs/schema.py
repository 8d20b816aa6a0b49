"""The persona: everything that makes one client's bot, as one YAML file describes it."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from persona_configs.checks import Flaw, contrast_flaws, phrase_flaws
from persona_configs.keys import Phrase
from persona_configs.vocabulary import CERTIFICATIONS, genres, moods, themes

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,31}$")]
HexColour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Sha256Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
SecretReference = Annotated[str, Field(pattern=r"^env:[A-Z][A-Z0-9_]*$")]
Weight = Annotated[float, Field(ge=-1.0, le=1.0)]
#: How far a persona may move the weight of a source of evidence from what was learned.
SourceWeight = Annotated[float, Field(ge=0.5, le=2.0)]
Source = Literal["plot", "poster", "ratings", "reviews", "facts", "tone", "persona", "taste"]


def _one_of(kind: str, closed: tuple[str, ...]) -> AfterValidator:
    def check(word: str) -> str:
        if word not in closed:
            raise PydanticCustomError(
                "unknown_name", "'{word}' is not a {kind}", {"word": word, "kind": kind, "closed": closed}
            )
        return word

    return AfterValidator(check)


def _names(closed: tuple[str, ...]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(closed)})


_THEMES, _MOODS, _GENRES = tuple(themes()), tuple(moods()), tuple(genres())
Theme = Annotated[str, _one_of("theme", _THEMES), _names(_THEMES)]
Mood = Annotated[str, _one_of("mood", _MOODS), _names(_MOODS)]
Genre = Annotated[str, _one_of("genre", _GENRES), _names(_GENRES)]
Certification = Annotated[str, _one_of("certification", CERTIFICATIONS), _names(CERTIFICATIONS)]
Variant = Annotated[str, Field(min_length=1, max_length=1000)]


def _refuse(where: str, flaws: Iterable[Flaw]) -> None:
    """Raises one error with every flaw at its own place; nothing when there is none."""
    # The message goes in as a value: pydantic reads braces in a template as its own.
    details = [
        InitErrorDetails(type=PydanticCustomError("flaw", "{message}", {"message": message}), loc=place, input=None)
        for place, message in flaws
    ]
    if details:
        raise ValidationError.from_exception_data(where, details, hide_input=True)


class _Part(BaseModel):
    # Inputs stay out of messages, because one of them may be a token written where a reference belongs.
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True, allow_inf_nan=False
    )


class Limits(_Part):
    """What this persona never shows. Enforced before ranking, on every way to a film."""

    certification_max: Certification | None = None
    """The most restricted US certification shown; unrated and unknown films are then not shown at all."""
    banned_themes: tuple[Theme, ...] = ()
    banned_genres: tuple[Genre, ...] = ()
    banned_movies: tuple[str, ...] = ()
    """movie_ids that are never shown, whatever their labels say."""
    content_max: dict[Literal["violence", "fear", "sex", "language"], Annotated[int, Field(ge=0, le=3)]] = {}
    """The strongest content note shown by kind, 0 none to 3 strong; a film without that note is not shown."""


class Leaning(_Part):
    """What this persona prefers among films that fit, from -1 (rather not) to 1 (gladly). Never a filter."""

    moods: dict[Mood, Weight] = {}
    themes: dict[Theme, Weight] = {}
    genres: dict[Genre, Weight] = {}
    awards: Weight = 0.0
    """Films with an award that counts."""
    sources: dict[Source, SourceWeight] = {}
    """Factors on the learned weights of evidence."""


class Voice(_Part):
    """How the persona talks."""

    phrases: dict[Phrase, Annotated[tuple[Variant, ...], Field(min_length=1, max_length=20)]] = {}
    """Variants by phrase key; one is chosen each time. Keys not given come from the base voice."""
    casing: Literal["sentence", "as-written"] = "sentence"
    """Whether a reason starts with a capital letter, or stays as the clauses are written."""
    joint: Annotated[str, Field(min_length=1, max_length=5)] = "; "
    """What stands between two clauses of a reason."""
    ending: Annotated[str, Field(max_length=3)] = "."
    """What ends a reason."""

    @field_validator("phrases")
    @classmethod
    def _fillable(cls, phrases: dict[Phrase, tuple[str, ...]]) -> dict[Phrase, tuple[str, ...]]:
        _refuse("phrases", phrase_flaws(phrases))
        return phrases


class Palette(_Part):
    """Colours of one scheme. Text on its background must reach contrast 4.5 to 1 (WCAG AA)."""

    background: HexColour
    """The page behind the conversation."""
    surface: HexColour
    """Cards and the bot's messages."""
    text: HexColour
    muted: HexColour
    """Secondary text: years, facts, hints."""
    primary: HexColour
    """The fill of buttons and of the person's own messages."""
    on_primary: HexColour
    """Text on `primary`."""
    accent: HexColour
    """Marks, focus rings and small signs; never text."""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        _refuse("palette", contrast_flaws(dict(self)))
        return self


class Look(_Part):
    """How the persona looks in the widget."""

    light: Palette
    dark: Palette
    font: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9 ,'_-]+$")] = "system-ui, sans-serif"
    """Families in the order of preference, as CSS writes them, with single quotes."""
    radius_px: Annotated[int, Field(ge=0, le=32)] = 14
    avatar: Annotated[str, Field(max_length=8)] = "🎬"
    """One emoji or up to two letters, drawn in a circle."""


class Web(_Part):
    """Who may talk to the persona over HTTP, and how much."""

    origins: tuple[Annotated[str, Field(pattern=r"^(\*|https?://[^/\s]+)$")], ...] = ("*",)
    """Origins of the pages that may embed the widget; "*" for any."""
    key_hashes: tuple[Sha256Hex, ...] = ()
    """SHA-256 of API keys for servers that speak for their own users (`matinee persona key` makes one)."""
    turns_per_minute: Annotated[int, Field(ge=1, le=6000)] = 30
    """Turns of one person a minute."""
    turns_per_minute_total: Annotated[int, Field(ge=1, le=1_000_000)] = 3000
    """Turns of all persons a minute."""


class Telegram(_Part):
    """The persona's Telegram bot."""

    token: SecretReference
    """Where the token is found, as env:NAME; never the token itself."""


class Persona(_Part):
    """One client's bot."""

    name: Slug
    display_name: Annotated[str, Field(min_length=1, max_length=60)]
    tagline: Annotated[str, Field(min_length=1, max_length=120)]
    about: Annotated[str, Field(min_length=1, max_length=600)]
    """Who this bot is for, in a sentence or two; shown where a visitor chooses."""
    locale: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
    catalogue: Slug = "starter"
    """Which catalogue's artefact the persona answers from."""
    picks: Annotated[int, Field(ge=1, le=6)] = 3
    posters: bool = True
    """Whether cards show posters, which browsers and Telegram load from their hosts; else title cards are drawn."""
    starters: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=6)] = ()
    """Requests offered as chips when a conversation opens."""
    limits: Limits = Limits()
    leaning: Leaning = Leaning()
    voice: Voice = Voice()
    look: Look
    web: Web = Web()
    telegram: Telegram | None = None
