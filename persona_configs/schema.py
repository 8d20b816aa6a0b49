"""The persona: everything that makes one client's bot, as one YAML file describes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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
            raise ValueError(f"{word!r} is not a {kind}; one of: {', '.join(closed)}")
        return word

    return AfterValidator(check)


Theme = Annotated[str, _one_of("theme", tuple(themes()))]
Mood = Annotated[str, _one_of("mood", tuple(moods()))]
Genre = Annotated[str, _one_of("genre", tuple(genres()))]
Certification = Annotated[str, _one_of("certification", CERTIFICATIONS)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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
    """How the persona talks. `phrases` maps a phrase key to its variants; keys not given come from `base_voice.yaml`."""

    phrases: dict[str, tuple[Annotated[str, Field(min_length=1, max_length=1000)], ...]] = {}


class Palette(_Part):
    """Colours of one scheme. Text on its background must reach contrast 4.5 to 1 (WCAG AA)."""

    background: HexColour
    surface: HexColour
    text: HexColour
    muted: HexColour
    primary: HexColour
    on_primary: HexColour
    accent: HexColour


class Look(_Part):
    """How the persona looks in the widget."""

    light: Palette
    dark: Palette
    font: Annotated[str, Field(max_length=200)] = "system-ui, sans-serif"
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
    starters: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=60)], ...], Field(max_length=6)] = ()
    """Requests offered as chips when a conversation opens."""
    limits: Limits = Limits()
    leaning: Leaning = Leaning()
    voice: Voice = Voice()
    look: Look
    web: Web = Web()
    telegram: Telegram | None = None
