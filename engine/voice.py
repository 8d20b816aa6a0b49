"""The persona's words for what the engine found: reasons, intros, refusals, facts, taste. Pure, decided by a seed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine import wording
from engine.offers import chips, offers, starters
from engine.reasons import ReasonCode
from engine.wire import Card, Mode, QuickReply, Reply
from engine.wording import listed, part
from nlu.frame import Frame
from persona_configs.phrases import Phrase, say
from persona_configs.schema import Persona

#: More clauses than this and nobody reads the sentence.
CLAUSES_MAX = 3
#: An explanation may say more than a card.
CLAUSES_EXPLAINED_MAX = 5
#: Names in a list of cast or taste.
NAMES_MAX = 4
#: Reasons that answer nothing a person asked: they come after those that do, whatever their weight.
_UNASKED = frozenset(
    {
        Phrase.REASON_PERSONA,
        Phrase.REASON_RATINGS,
        Phrase.REASON_REVIEWS,
        Phrase.REASON_SURPRISE,
        Phrase.REASON_TASTE,
    }
)
#: The placeholders that hold lists: reasons of one phrase are joined in them.
_LISTS = ("words", "names", "axis", "title")

_INTROS = {
    Mode.FRESH: Phrase.PICKS_INTRO,
    Mode.REFINE: Phrase.PICKS_INTRO_REFINED,
    Mode.MORE: Phrase.PICKS_INTRO_MORE,
    Mode.LIKE: Phrase.PICKS_INTRO_LIKE,
    Mode.SURPRISE: Phrase.PICKS_INTRO_SURPRISE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TasteSketch:
    """What a person's taste comes down to, strongest first: words of the vocabularies, names and titles."""

    moods: Sequence[str] = ()
    themes: Sequence[str] = ()
    genres: Sequence[str] = ()
    people: Sequence[str] = ()
    liked: Sequence[str] = ()
    disliked: Sequence[str] = ()
    seen_count: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """One persona speaking. Every method is total: with nothing to say it says the nearest true thing.

    `seed` decides which variant is used; a turn's id is a good one. `nth` tells apart several uses in one reply.
    """

    persona: Persona

    def say(self, phrase: Phrase, /, *, seed: str, nth: int = 0, **values: object) -> str:
        """The persona's words for a phrase."""
        return say(self.persona, phrase, seed=seed, nth=nth, **values)

    def reply(self, phrase: Phrase, /, *, seed: str, **values: object) -> Reply:
        """The persona's words with the chips that belong to them."""
        return Reply(
            replies=(self.say(phrase, seed=seed, nth=0, **values),), quick_replies=self.offers(phrase, seed=seed)
        )

    def reason(self, codes: Iterable[ReasonCode], *, seed: str, nth: int = 0, clauses_max: int = CLAUSES_MAX) -> str:
        """One sentence for a film from its reason codes: what was asked first, heaviest first, like codes joined.

        At most `clauses_max` clauses; without any code it says that the film is a suggestion.
        """
        clauses = [
            say(self.persona, phrase, seed=seed, nth=nth, **values)
            for phrase, values in _merged(sorted(codes, key=lambda code: (code.phrase in _UNASKED, -code.weight)))
        ][:clauses_max]
        voice = self.persona.voice
        sentence = voice.joint.join(clauses or [self.say(Phrase.REASON_SURPRISE, seed=seed, nth=nth)])
        return (wording.opened(sentence) if voice.casing == "sentence" else sentence) + voice.ending

    def reasons(self, films: Sequence[Iterable[ReasonCode]], *, seed: str) -> tuple[str, ...]:
        """A sentence for each film of one reply; neighbours say the same thing in different words where they can."""
        return tuple(self.reason(codes, seed=seed, nth=nth) for nth, codes in enumerate(films))

    def intro(self, mode: Mode, *, seed: str, count: int, wanted: int, title: str = "") -> str:
        """The line above `count` films, where `wanted` were looked for. `title` is the film that they are like."""
        if count <= 0:
            return self.say(Phrase.PICKS_NONE, seed=seed)
        if count < wanted:
            return self.say(Phrase.PICKS_FEW, seed=seed, count=wording.counted(count))
        if count == 1:
            return self.say(Phrase.PICKS_INTRO_ONE, seed=seed)
        if mode is Mode.LIKE and title:
            return self.say(Phrase.PICKS_INTRO_LIKE, seed=seed, title=title)
        return self.say(Phrase.PICKS_INTRO if mode is Mode.LIKE else _INTROS[mode], seed=seed)

    def relaxed(self, wishes: Iterable[str], *, seed: str) -> str:
        """Which wishes gave way, in one sentence; empty when none did."""
        # In quotes, because a wish may be a noun ("comedy") or not ("from the 1990s").
        said = listed(part("wish", words=wording.spelled(wish)) for wish in wishes)
        return self.say(Phrase.RELAXED, seed=seed, wishes=said) if said else ""

    def refused_certification(self, *, seed: str) -> str:
        """That films above the persona's certification are not shown here; empty where it has no such limit."""
        limit = self.persona.limits.certification_max
        return self.say(Phrase.LIMIT_CERTIFICATION, seed=seed, limit=limit) if limit else ""

    def refused_wishes(self, names: Iterable[str], *, seed: str) -> str:
        """That these themes or genres are never shown here; empty when none is named."""
        said = listed((wording.spelled(name) for name in names), joint="or")
        return self.say(Phrase.LIMIT_THEME, seed=seed, wish=said) if said else ""

    def refused_titles(self, titles: Iterable[str], *, seed: str) -> str:
        """That these films are not shown here; empty when none is named."""
        said = listed(titles)
        return self.say(Phrase.LIMIT_FILM, seed=seed, title=said) if said else ""

    def unknown_titles(self, titles: Iterable[str], *, seed: str) -> str:
        """That the catalogue does not hold these films; empty when none is named."""
        said = listed(titles)
        return self.say(Phrase.FILM_UNKNOWN, seed=seed, title=said) if said else ""

    def assumed(self, guesses: Iterable[tuple[str, str]], *, seed: str) -> str:
        """What words that leave open what they mean were taken for, (said, meant); empty when nothing was guessed."""
        said = [self.say(Phrase.ASSUMED, seed=seed, said=words, meant=meant) for words, meant in guesses]
        return " ".join(said)

    def unheld(self, wishes: Iterable[str], *, seed: str) -> str:
        """That no catalogue tells whether a film meets these wishes; empty when none was asked."""
        said = listed(wishes, joint="or")
        return self.say(Phrase.UNHELD, seed=seed, wish=said) if said else ""

    def explain(self, title: str, codes: Iterable[ReasonCode], *, seed: str) -> str:
        """Why a film was picked, with more reasons than its card has room for."""
        known = tuple(codes)
        if not known:
            return self.say(Phrase.EXPLAIN_UNKNOWN, seed=seed, title=title)
        reasons = self.reason(known, seed=seed, nth=1, clauses_max=CLAUSES_EXPLAINED_MAX)
        return self.say(Phrase.EXPLAIN, seed=seed, title=title, reasons=reasons)

    def details(self, card: Card, *, seed: str) -> str:
        """The facts of a film and its story. Unknown facts are left out, never guessed."""
        facts = ", ".join(_facts(card)) or "–"
        return self.say(Phrase.DETAILS, seed=seed, title=card.title, facts=facts, synopsis=card.synopsis).strip()

    def taste(self, sketch: TasteSketch, *, seed: str) -> str:
        """What is known of a person's taste, in one sentence."""
        summary = "; ".join(_traits(sketch))
        if not summary:
            return self.say(Phrase.TASTE_EMPTY, seed=seed)
        return self.say(Phrase.TASTE_SUMMARY, seed=seed, summary=f"{summary}{self.persona.voice.ending}")

    def chips(self, frame: Frame, *, seed: str, films_count: int, saved_count: int = 0) -> tuple[QuickReply, ...]:
        """What to offer under films that answer `frame`."""
        return chips(self.persona, frame, seed=seed, films_count=films_count, saved_count=saved_count)

    def offers(self, phrase: Phrase, *, seed: str) -> tuple[QuickReply, ...]:
        """What to offer under a phrase that is said on its own."""
        return offers(self.persona, phrase, seed=seed)

    def starters(self) -> tuple[QuickReply, ...]:
        """The persona's starters as chips."""
        return starters(self.persona)


def _merged(codes: Iterable[ReasonCode]) -> list[tuple[Phrase, Mapping[str, str]]]:
    """The codes in their order with those of one phrase joined into the place of the first: its lists grow."""
    found: dict[tuple[object, ...], tuple[Phrase, dict[str, list[str]]]] = {}
    for code in codes:
        fixed = tuple(sorted((name, value) for name, value in code.values.items() if name not in _LISTS))
        _phrase, values = found.setdefault((code.phrase, fixed), (code.phrase, {}))
        for name, value in code.values.items():
            said = values.setdefault(name, [])
            if (word := _spelled(code.phrase, name, value)) not in said:
                said.append(word)
    return [
        (phrase, {name: listed(said[:NAMES_MAX]) for name, said in values.items()}) for phrase, values in found.values()
    ]


def _spelled(phrase: Phrase, name: str, value: str) -> str:
    match name:
        case "words" if phrase in wording.NAMED:
            return wording.spelled(value, nouns=phrase is Phrase.REASON_PERSONA)
        case "axis":
            return wording.tone(value, phrase)
        case "award":
            return wording.award(value)
        case "names" if phrase is Phrase.REASON_COUNTRY:
            return listed(wording.country(piece) for piece in value.split(" and "))
        case _:
            return value


def _facts(card: Card) -> list[str]:
    return [
        *([str(card.year)] if card.year else []),
        *([card.certification] if card.certification else []),
        *([part("minutes", minutes=card.runtime_min)] if card.runtime_min else []),
        *([listed(wording.spelled(genre) for genre in card.genres)] if card.genres else []),
        *([part("directed", names=listed(card.directors[:NAMES_MAX]))] if card.directors else []),
        *([part("cast", names=listed(card.cast[:NAMES_MAX]))] if card.cast else []),
        *([part("won", award=wording.award(card.awards[0]))] if card.awards else []),
    ]


def _traits(sketch: TasteSketch) -> list[str]:
    named = {
        "taste_moods": ("words", [wording.spelled(word) for word in sketch.moods]),
        "taste_themes": ("words", [wording.spelled(word) for word in sketch.themes]),
        "taste_genres": ("words", [wording.spelled(word) for word in sketch.genres]),
        "taste_people": ("names", sketch.people),
        "taste_liked": ("names", sketch.liked),
        "taste_disliked": ("names", sketch.disliked),
    }
    traits = [part(name, **{key: listed(words[:NAMES_MAX])}) for name, (key, words) in named.items() if words]
    return traits + ([part("taste_seen", count=sketch.seen_count)] if sketch.seen_count else [])
