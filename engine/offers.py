"""Which quick replies make sense: under films, and under words that ask for the next step. Pure."""

from engine.wire import QuickReply
from nlu.frame import Frame
from persona_configs.phrases import Phrase, base_phrases, say
from persona_configs.schema import Persona

#: More chips than this wrap on a small screen.
CHIPS_MAX = 4
#: A film may take this long before "shorter" is worth offering again, in minutes.
_SHORT_MIN = 95
#: Requests that end before this year are offered newer films, those that begin after `_RECENT` older ones.
_CLASSIC, _RECENT = 1985, 2010
#: Moods, themes and genres that ask for fright: only then is "less scary" an offer.
_FRIGHT = frozenset(
    {"scary", "eerie", "tense", "dark", "Horror", "Thriller", "ghosts", "monsters", "occult", "zombies", "vampires"}
)

_START_AGAIN = frozenset(
    {
        Phrase.GREET,
        Phrase.WELCOME,
        Phrase.HELP,
        Phrase.BOT_CHALLENGE,
        Phrase.OUT_OF_SCOPE,
        Phrase.AFFIRM,
        Phrase.DENY,
        Phrase.FALLBACK,
        Phrase.FALLBACK_AGAIN,
        Phrase.OTHER_LANGUAGE,
        Phrase.RESTARTED,
        Phrase.EMPTY,
        Phrase.SAVED_NONE,
        Phrase.TASTE_EMPTY,
        Phrase.NOTHING_SHOWN,
        Phrase.UNDO_NOTHING,
        Phrase.FORGET_DONE,
    }
)
_GO_ON = frozenset(
    {
        Phrase.LIKED,
        Phrase.DISLIKED,
        Phrase.SEEN,
        Phrase.REJECTED,
        Phrase.TAKEN_BACK,
        Phrase.EXPLAIN,
        Phrase.DETAILS,
        Phrase.SAVED_LIST,
    }
)
_TO_THE_LIST = frozenset({Phrase.SAVED, Phrase.SAVED_ALREADY})


def chip(persona: Persona, phrase: Phrase, *, seed: str) -> QuickReply:
    """A chip in the persona's words. What is sent is the base voice's, which the dialogue is known to understand."""
    return QuickReply(title=say(persona, phrase, seed=seed), payload=base_phrases()[phrase][0])


def starters(persona: Persona) -> tuple[QuickReply, ...]:
    """The persona's starters as chips, or the surprise when it has none."""
    if not persona.starters:
        return (chip(persona, Phrase.CHIP_SURPRISE, seed=""),)
    return tuple(QuickReply(title=words, payload=words) for words in persona.starters)


def offers(persona: Persona, phrase: Phrase, *, seed: str) -> tuple[QuickReply, ...]:
    """The chips under a phrase that is said on its own; none where the conversation needs none."""
    if phrase in _START_AGAIN:
        return starters(persona)
    if phrase is Phrase.FORGET_ASK:
        return _chips(persona, (Phrase.CHIP_YES, Phrase.CHIP_NO), seed=seed)
    if phrase in _TO_THE_LIST:
        return _chips(persona, (Phrase.CHIP_MORE, Phrase.CHIP_SAVED), seed=seed)
    if phrase in _GO_ON:
        return _chips(persona, (Phrase.CHIP_MORE, Phrase.CHIP_SURPRISE), seed=seed)
    if phrase is Phrase.PICKS_NONE:
        return _chips(persona, (Phrase.CHIP_SURPRISE,), seed=seed)
    return ()


def chips(
    persona: Persona, frame: Frame, *, seed: str, films_count: int, saved_count: int = 0
) -> tuple[QuickReply, ...]:
    """At most four chips under films that answer `frame`: other films, why, and the changes not yet asked for."""
    if films_count <= 0:
        return offers(persona, Phrase.PICKS_NONE, seed=seed)
    wanted = [Phrase.CHIP_MORE, *_changes(frame)[: CHIPS_MAX - 2]]
    wanted += [Phrase.CHIP_SAVED] if saved_count else []
    wanted += [Phrase.CHIP_WHY]
    return _chips(persona, tuple(wanted)[:CHIPS_MAX], seed=seed)


def _changes(frame: Frame) -> list[Phrase]:
    """The changes that the frame leaves open, the likeliest first."""
    wants, tone = frame.wants, frame.tone
    asked = {*wants.moods, *wants.themes, *wants.genres}
    changes: list[Phrase] = []
    scary = tone.get("scary")
    if (scary is None and asked & _FRIGHT) or (scary is not None and scary.direction > 0):
        changes.append(Phrase.CHIP_LESS_SCARY)
    if not {"bright", "dark"} & {*wants.visual, *frame.avoids.visual}:
        changes.append(Phrase.CHIP_BRIGHTER)
    if "funny" not in tone and not asked & {"hilarious", "Comedy", "tearjerker"}:
        changes.append(Phrase.CHIP_FUNNIER)
    earliest, latest = frame.year
    if latest is not None and latest < _CLASSIC:
        changes.append(Phrase.CHIP_NEWER)
    elif earliest >= _RECENT if earliest is not None else latest is None:
        changes.append(Phrase.CHIP_OLDER)
    longest_min = frame.runtime_min[1]
    if longest_min is None or longest_min > _SHORT_MIN:
        changes.append(Phrase.CHIP_SHORTER)
    return changes


def _chips(persona: Persona, phrases: tuple[Phrase, ...], *, seed: str) -> tuple[QuickReply, ...]:
    return tuple(chip(persona, phrase, seed=seed) for phrase in phrases)
