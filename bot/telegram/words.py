"""The labels around what the persona says: on buttons, in the menu of commands, for messages without words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from persona_configs import Persona
from persona_configs.phrases import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's labels. Those of a set mark (`liked`) take the place of the unset one's (`like`)."""

    like: str
    liked: str
    dislike: str
    disliked: str
    seen: str
    was_seen: str
    save: str
    saved: str
    more_like: str
    explain: str
    trailer: str
    hours_minutes: str
    hours: str
    minutes: str
    placeholder: str
    """In the empty field where one types, at most 64 characters."""
    only_words: str
    """Answers a message that has neither words nor emoji."""
    old_button: str
    """Answers a button that means nothing any more."""
    start_command: str
    surprise_command: str
    saved_command: str
    help_command: str
    forget_command: str
    labels: Mapping[str, str]
    """The persona's own labels for what a card shows, by name."""


ENGLISH = Words(
    like="👍 Like",
    liked="✅ Liked",
    dislike="👎 Not for me",
    disliked="✅ Not for me",
    seen="👀 Seen it",
    was_seen="✅ Seen",
    save="🔖 Save",
    saved="✅ Saved",
    more_like="🎬 More like it",
    explain="💡 Why this?",
    trailer="▶️ Trailer",
    hours_minutes="{hours} h {minutes} min",
    hours="{hours} h",
    minutes="{minutes} min",
    placeholder="A mood, a story, a film you love…",
    only_words="I can read words and emoji, but no pictures, sounds or files. Tell me what you feel like watching?",
    old_button="That button is out of date. Ask me again, please.",
    start_command="Say hello and see where to begin",
    surprise_command="Let me choose",
    saved_command="Show the films you saved",
    help_command="What I can do",
    forget_command="Erase what I know of you",
    labels={},
)
_BY_LANGUAGE = {"en": ENGLISH}


def words_of(persona: Persona) -> Words:
    """The labels in the language of the persona's locale ("en-GB"), in English where there are none, with its own."""
    words = _BY_LANGUAGE.get(persona.locale.partition("-")[0], ENGLISH)
    return replace(words, labels=labels(persona))


def runtime(words: Words, minutes: int) -> str:
    """ "1 h 27 min" for 87."""
    hours, rest = divmod(minutes, 60)
    template = words.minutes if not hours else words.hours_minutes if rest else words.hours
    return template.format(hours=hours, minutes=rest)
