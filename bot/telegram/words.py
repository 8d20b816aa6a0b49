"""The labels around what the persona says: on buttons, in the menu of commands, for messages without words."""

from dataclasses import dataclass


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
)
_BY_LANGUAGE = {"en": ENGLISH}


def words_of(locale: str) -> Words:
    """The labels in the language of the locale ("en-GB"), in English where there are none."""
    return _BY_LANGUAGE.get(locale.partition("-")[0], ENGLISH)


def runtime(words: Words, minutes: int) -> str:
    """ "1 h 27 min" for 87."""
    hours, rest = divmod(minutes, 60)
    template = words.minutes if not hours else words.hours_minutes if rest else words.hours
    return template.format(hours=hours, minutes=rest)
