"""A golden conversation: who speaks to which persona, what they say turn by turn, and what each answer must keep to."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.evaluation.films import CardWish, Movement
from bot.evaluation.frames import FrameWish
from bot.evaluation.values import Certification, Count, Genres, Moods, Part, Pattern, Patterns, Themes, Words
from bot.gateway.turn import ActionKind
from persona_configs.schema import Slug

#: Names under which a conversation remembers a film, and writes it as {name} in what is said.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
#: The places of the cards last shown, as people say them.
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}
_BRACED = "{%s}"


def _quoted(value: Any) -> Any:
    # YAML reads a bare yes, no or 42 as something else than the word.
    if value is not None and not isinstance(value, str):
        raise ValueError('put what is said in quotes, as in say: "no"')
    return value


Said = Annotated[str, BeforeValidator(_quoted)]


class Never(Part):
    """What no answer of the conversation may show."""

    certification_above: Certification | None = None
    """No film above it; films that are not rated count as above."""
    genres: Genres = ()
    moods: Moods = ()
    themes: Themes = ()
    titles: Words = ()
    replies: Patterns = ()
    """Patterns that no reply may hold."""


class Expect(Part):
    """What one answer must keep to. What is not given is not looked at."""

    intent: Words = ()
    """One of these intents."""
    cards: Count | None = None
    """How many films."""
    every_card: CardWish | None = None
    some_card: CardWish | None = None
    first_card: CardWish | None = None
    no_card: CardWish | None = None
    """No card keeps to all of this."""
    frame: FrameWish = Field(default_factory=dict)
    """What the request in force must hold: words among its words, ranges and single values as they are."""
    frame_without: FrameWish = Field(default_factory=dict)
    """Words that the request in force must not hold."""
    replies_match: Patterns = ()
    """Patterns that the replies, taken together, must hold; {name} is the title of a remembered film."""
    replies_without: Patterns = ()
    relaxed: Literal["none", "some"] | Pattern | None = None
    """Whether wishes gave way; a pattern must occur in what is said of them."""
    reason_each: bool = False
    """Each card has a reason and evidence."""
    no_repeats: bool = False
    """None of the cards was shown earlier in the conversation."""
    than_before: Movement = Field(default_factory=dict)
    """How the cards' mean figures must have moved against the cards shown before."""
    shows: Words = ()
    """These films are among the cards: remembered names, or titles."""
    shows_not: Words = ()
    """These films are not among the cards: remembered names, or titles."""
    quick_replies: Literal["none", "some"] | Pattern | None = None
    """Whether replies are offered for tapping; a pattern must occur in one of them."""


class Press(Part):
    """A button pressed on a card."""

    kind: ActionKind
    movie: str | int
    """The card: "first", "last", its number from 1, a remembered name or a title."""


class Step(Part):
    """One turn: something said or pressed, and what is expected of the answer."""

    say: Said | None = None
    """The person's words; {name} is replaced by the title of a remembered film."""
    do: Press | None = None
    to: Slug | None = None
    """The persona spoken to, where it is another one than the conversation's."""
    expect: Expect = Expect()
    remember: dict[Name, str | int] = Field(default_factory=dict)
    """Films of the answer to be remembered, by name: {favourite: first}."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.say is None) == (self.do is None):
            raise ValueError("give either `say` or `do`")
        return self

    @property
    def words(self) -> str:
        """What the person does, for a report."""
        return f"[{self.do.kind}: {self.do.movie}]" if self.do is not None else self.say or ""


class Conversation(Part):
    """One conversation, by somebody new, with one persona."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    persona: Slug
    why: Annotated[str, Field(min_length=1)]
    """What would be lost if this conversation went wrong."""
    never: Never = Never()
    turns: Annotated[tuple[Step, ...], Field(min_length=1)]


def names_unknown(conversation: Conversation) -> Iterator[tuple[int, str]]:
    """The turns (from 0) that use a {name} which no turn before them has remembered, each with the name."""
    known: set[str] = set()
    for at, step in enumerate(conversation.turns):
        for words in (step.say or "", *step.expect.replies_match, *step.expect.replies_without):
            yield from ((at, name) for name in _braced(words) if name not in known)
        known |= set(step.remember)


def filled(text: str, titles: Mapping[str, str]) -> str:
    """The text with {name} replaced by its title."""
    for name, title in titles.items():
        text = text.replace(_BRACED % name, title)
    return text


def _braced(text: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(r"\{([a-z][a-z0-9_]*)\}", text))
