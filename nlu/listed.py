"""Mentions of what the lexicons list: moods, themes, genres, looks, places, awards, audiences, emoji."""

from collections.abc import Iterator

from nlu.files import lexicon_file
from nlu.lexicon import Lexicon
from nlu.near import cues
from nlu.phrases import Hit
from nlu.sense import Kind, Mention, Sense
from nlu.words import Reading, fold

_LEADS = frozenset({"for", "with", "to", "around"})
_OURS = frozenset({"my", "our", "his", "her"})
#: Themes whose words are names of relatives, too.
_KINSHIP = frozenset({"motherhood", "fatherhood", "sisters-and-brothers", "family", "friendship"})
#: What people around do who are spoken of for their taste.
_TASTES = frozenset(
    {"hates", "hate", "loves", "love", "likes", "like", "wants", "want", "doesnt", "dont", "cant", "only", "isnt", "is"}
)
_PLOTS, _THEIRS = frozenset({"about", "who", "whose", "where"}), frozenset({"his", "her", "their"})
_REACH_WORDS = 4
#: "The critics' favourites".
_APOSTROPHES = frozenset("'’")
_FILM_WORDS = frozenset({"film", "films", "movie", "movies", "friendly"})


def listed_mentions(reading: Reading, lexicon: Lexicon) -> Iterator[Mention]:
    """Every listed phrase of the message; mentions may overlap."""
    for hit in lexicon.terms.find(reading.words, over=_APOSTROPHES):
        if _is_no_theme(reading, hit, lexicon) or _is_about_people(reading, hit):
            continue
        yield _mention(reading, hit, "emoji" if _is_face(reading, hit) else "lexicon")
    for at, word in enumerate(reading.words):
        if not word.mark and "\u200d" in word.fold and word.fold not in lexicon.terms:
            yield from _first_part(reading, at, lexicon)
        if word.text == "US" and reading.cased:
            yield Mention(word.start, word.end, (Sense(Kind.COUNTRY, "US"),), "lexicon")
    for hit in lexicon.someone.find(reading.words):
        if (first := _watcher(reading, hit)) is not None:
            start, _ = reading.chars_of(first, hit.last)
            yield Mention(start, reading.words[hit.last - 1].end, hit.payload, "audience")


def _is_no_theme(reading: Reading, hit: Hit[Sense], lexicon: Lexicon) -> bool:
    """Whether a theme's word is only what somebody does ("I love thrillers"), or part of a name ("the Dardenne
    brothers")."""
    word = reading.words[hit.first].fold
    if word in {"brothers", "sisters"} and hit.first and reading.words[hit.first - 1].fold not in lexicon.known:
        return True
    return (
        hit.last - hit.first == 1
        and hit.first > 0
        and (word,) in cues("verbs")
        and (reading.words[hit.first - 1].fold,) in cues("subjects")
    )


def _is_about_people(reading: Reading, hit: Hit[Sense]) -> bool:
    """Whether a word tells of the people around rather than of a film: "my mum hates horror", "he is scared of clowns".
    "About my mum" is a theme."""
    words = reading.words
    if words[hit.first].fold == "scared" and (
        (hit.last < len(words) and words[hit.last].fold == "of")
        or (hit.first and words[hit.first - 1].fold in {"get", "gets", "got", "getting", "easily"})
    ):
        return True
    kin = any(sense.kind is Kind.THEME and sense.value in _KINSHIP for sense in hit.payload)
    if (
        kin
        and hit.last < len(words)
        and words[hit.last].fold in _TASTES
        and (not hit.first or words[hit.first - 1].mark)
    ):
        return True  # "dad hates subtitles"
    ours = hit.first > 0 and words[hit.first - 1].fold in _OURS
    about = hit.first > 1 and words[hit.first - 2].fold in {"about", "on"}
    return ours and not about and kin


def _mention(reading: Reading, hit: Hit[Sense], by: str) -> Mention:
    return Mention(*reading.chars_of(hit.first, hit.last), hit.payload, by)


def _is_face(reading: Reading, hit: Hit[Sense]) -> bool:
    return reading.words[hit.first].picture


def _first_part(reading: Reading, at: int, lexicon: Lexicon) -> Iterator[Mention]:
    """A joined emoji that no list has means what the first of its parts means."""
    word = reading.words[at]
    if senses := lexicon.terms.of((fold(word.fold.split("\u200d")[0]),)):
        yield Mention(word.start, word.end, senses, "emoji")


def _watcher(reading: Reading, hit: Hit[Sense]) -> int | None:
    """The word of "for" or "with" from which on someone watches; None where the person is the film's subject."""
    if hit.last < len(reading.words) and reading.words[hit.last].fold in _FILM_WORDS:
        return None
    if any(word.fold in _PLOTS for word in reading.words[: hit.first]) and reading.words[hit.first - 1].fold in _THEIRS:
        return None  # "about a dad who has no time for his son"
    between = lexicon_file("audiences")["between"]
    for at in range(hit.first - 1, max(-1, hit.first - 1 - _REACH_WORDS), -1):
        fold_ = reading.words[at].fold
        if fold_ in _LEADS:
            own = any(word.fold in {"my", "our", "the", "his", "her", "your"} for word in reading.words[at : hit.first])
            # "with kids" is as often what a film shows as who sees it; "with my kids" is not.
            return at if fold_ == "for" or own else None
        if fold_ not in between:
            return None
    return None
