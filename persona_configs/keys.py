"""The closed set of phrase keys: what a persona can say, when it says it, and the placeholders it may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Phrase(StrEnum):
    """One thing to say, in the words of whichever persona says it."""

    GREET = "greet"
    WELCOME = "welcome"
    GOODBYE = "goodbye"
    THANK = "thank"
    HELP = "help"
    BOT_CHALLENGE = "bot_challenge"
    OUT_OF_SCOPE = "out_of_scope"
    AFFIRM = "affirm"
    DENY = "deny"
    FALLBACK = "fallback"
    FALLBACK_AGAIN = "fallback_again"
    FALLBACK_CHOICE = "fallback_choice"
    OTHER_LANGUAGE = "other_language"
    RESTARTED = "restarted"
    APOLOGY = "apology"
    APOLOGY_BUSY = "apology_busy"
    SLOW_DOWN = "slow_down"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    UNDONE = "undone"
    UNDO_NOTHING = "undo_nothing"
    FORGET_ASK = "forget_ask"
    FORGET_DONE = "forget_done"
    FORGET_KEPT = "forget_kept"
    SAVED = "saved"
    SAVED_ALREADY = "saved_already"
    UNSAVED = "unsaved"
    SAVED_LIST = "saved_list"
    SAVED_NONE = "saved_none"
    LIKED = "liked"
    DISLIKED = "disliked"
    SEEN = "seen"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"
    WHICH_ONE = "which_one"
    NO_SUCH_PICK = "no_such_pick"
    NOTHING_SHOWN = "nothing_shown"
    PICKS_INTRO = "picks_intro"
    PICKS_INTRO_REFINED = "picks_intro_refined"
    PICKS_INTRO_MORE = "picks_intro_more"
    PICKS_INTRO_LIKE = "picks_intro_like"
    PICKS_INTRO_ONE = "picks_intro_one"
    PICKS_INTRO_SURPRISE = "picks_intro_surprise"
    PICKS_FEW = "picks_few"
    PICKS_NONE = "picks_none"
    RELAXED = "relaxed"
    LIMIT_CERTIFICATION = "limit_certification"
    LIMIT_THEME = "limit_theme"
    LIMIT_FILM = "limit_film"
    FILM_UNKNOWN = "film_unknown"
    ASSUMED = "assumed"
    UNHELD = "unheld"
    EXPLAIN = "explain"
    EXPLAIN_UNKNOWN = "explain_unknown"
    DETAILS = "details"
    TASTE_SUMMARY = "taste_summary"
    TASTE_EMPTY = "taste_empty"
    REASON_MOOD = "reason_mood"
    REASON_THEME = "reason_theme"
    REASON_GENRE = "reason_genre"
    REASON_PEOPLE = "reason_people"
    REASON_PLOT = "reason_plot"
    REASON_TONE_MORE = "reason_tone_more"
    REASON_TONE_LESS = "reason_tone_less"
    REASON_TONE_HIGH = "reason_tone_high"
    REASON_TONE_LOW = "reason_tone_low"
    REASON_AWARD = "reason_award"
    REASON_ERA = "reason_era"
    REASON_RUNTIME = "reason_runtime"
    REASON_CERTIFICATION = "reason_certification"
    REASON_COUNTRY = "reason_country"
    REASON_LIKE = "reason_like"
    REASON_TASTE = "reason_taste"
    REASON_PERSONA = "reason_persona"
    REASON_VISUAL = "reason_visual"
    REASON_LOOKS = "reason_looks"
    REASON_RATINGS = "reason_ratings"
    REASON_REVIEWS = "reason_reviews"
    REASON_ACCLAIM = "reason_acclaim"
    REASON_SURPRISE = "reason_surprise"
    REASON_AVOIDED = "reason_avoided"
    CHIP_MORE = "chip_more"
    CHIP_SURPRISE = "chip_surprise"
    CHIP_WHY = "chip_why"
    CHIP_BRIGHTER = "chip_brighter"
    CHIP_FUNNIER = "chip_funnier"
    CHIP_OLDER = "chip_older"
    CHIP_NEWER = "chip_newer"
    CHIP_SAVED = "chip_saved"
    CHIP_LESS_SCARY = "chip_less_scary"
    CHIP_SHORTER = "chip_shorter"
    CHIP_YES = "chip_yes"
    CHIP_NO = "chip_no"
    CHIP_TRY_AGAIN = "chip_try_again"
    CHIP_MEANT_LIKE = "chip_meant_like"
    CHIP_MEANT_DISLIKE = "chip_meant_dislike"
    CHIP_MEANT_SEEN = "chip_meant_seen"
    CHIP_MEANT_MORE_LIKE = "chip_meant_more_like"
    CHIP_MEANT_DETAILS = "chip_meant_details"
    CHIP_MEANT_SAVE = "chip_meant_save"
    CHIP_MEANT_UNSAVE = "chip_meant_unsave"
    CHIP_MEANT_UNDO = "chip_meant_undo"
    CHIP_MEANT_RESTART = "chip_meant_restart"
    CHIP_MEANT_TASTE = "chip_meant_taste"
    CHIP_MEANT_HELP = "chip_meant_help"
    LABEL_WHY = "label_why"
    LABEL_SOURCE_PLOT = "label_source_plot"
    LABEL_SOURCE_POSTER = "label_source_poster"
    LABEL_SOURCE_RATINGS = "label_source_ratings"
    LABEL_SOURCE_REVIEWS = "label_source_reviews"
    LABEL_SOURCE_FACTS = "label_source_facts"
    LABEL_SOURCE_TONE = "label_source_tone"
    LABEL_SOURCE_PERSONA = "label_source_persona"
    LABEL_SOURCE_TASTE = "label_source_taste"
    LABEL_LOOK = "label_look"
    LABEL_LOOK_BRIGHT = "label_look_bright"
    LABEL_LOOK_DARK = "label_look_dark"
    LABEL_LOOK_COLOURFUL = "label_look_colourful"
    LABEL_LOOK_MUTED = "label_look_muted"
    LABEL_LOOK_WARM = "label_look_warm"
    LABEL_LOOK_COOL = "label_look_cool"
    LABEL_LOOK_MOODY = "label_look_moody"
    LABEL_LOOK_EVEN = "label_look_even"
    LABEL_POSTER_CREDIT = "label_poster_credit"
    LABEL_VIEWERS = "label_viewers"
    LABEL_VIEWERS_WARM = "label_viewers_warm"
    LABEL_VIEWERS_MIXED = "label_viewers_mixed"
    LABEL_VIEWERS_COOL = "label_viewers_cool"


@dataclass(frozen=True, slots=True)
class Usage:
    """When a phrase is said, the placeholders it may use, and those without which it would say nothing."""

    when: str
    may: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()


def _use(when: str, may: str = "", *, must: str = "") -> Usage:
    required = frozenset(must.split())
    return Usage(when, frozenset(may.split()) | required, required)


#: Reasons are clauses without capital and full stop; they are joined into one sentence. {axis} is a comparative
#: ("funnier", "less scary"), lists are spelled out ("cosy, witty and serene"), {award} reads "the Palme d'Or at Cannes
#: (2019)".
USAGE: Mapping[Phrase, Usage] = MappingProxyType(
    {
        Phrase.GREET: _use("someone says hello"),
        Phrase.WELCOME: _use("a conversation opens, above the starters"),
        Phrase.GOODBYE: _use("someone leaves"),
        Phrase.THANK: _use("someone says thank you"),
        Phrase.HELP: _use("someone asks what the bot can do"),
        Phrase.BOT_CHALLENGE: _use("someone asks whether this is a machine"),
        Phrase.OUT_OF_SCOPE: _use("a request that is not about films"),
        Phrase.AFFIRM: _use("a yes with no question before it"),
        Phrase.DENY: _use("a no with no question before it"),
        Phrase.FALLBACK: _use("a message that was not understood"),
        Phrase.FALLBACK_AGAIN: _use("not understood twice in a row"),
        Phrase.FALLBACK_CHOICE: _use("two things may have been meant; a chip for each follows"),
        Phrase.OTHER_LANGUAGE: _use("written in another language than English", "greeting"),
        Phrase.RESTARTED: _use("the conversation starts over; taste is kept"),
        Phrase.APOLOGY: _use("something broke; the id is also in the log", must="id"),
        Phrase.APOLOGY_BUSY: _use("too much is going on at once"),
        Phrase.SLOW_DOWN: _use("one person sends too fast", "seconds"),
        Phrase.TOO_LONG: _use("a message over the limit of characters", "limit"),
        Phrase.EMPTY: _use("a message without a word in it"),
        Phrase.UNDONE: _use("the last change of the request was taken back"),
        Phrase.UNDO_NOTHING: _use("nothing to take back"),
        Phrase.FORGET_ASK: _use("before everything about a person is erased"),
        Phrase.FORGET_DONE: _use("everything about a person was erased"),
        Phrase.FORGET_KEPT: _use("the person decided against it"),
        Phrase.SAVED: _use("a film was saved", "title"),
        Phrase.SAVED_ALREADY: _use("the film was on the list already", "title"),
        Phrase.UNSAVED: _use("a film was taken off the list", "title"),
        Phrase.SAVED_LIST: _use("above the list of saved films", "count"),
        Phrase.SAVED_NONE: _use("the list is empty"),
        Phrase.LIKED: _use("a film was liked", "title"),
        Phrase.DISLIKED: _use("a film was disliked", "title"),
        Phrase.SEEN: _use("a film was marked as seen", "title"),
        Phrase.REJECTED: _use("a film was turned down without a verdict", "title"),
        Phrase.TAKEN_BACK: _use("a like, a dislike or a film seen was taken back", "title"),
        Phrase.WHICH_ONE: _use("it is not clear which film is meant"),
        Phrase.NO_SUCH_PICK: _use("the fourth of three films is meant", "count"),
        Phrase.NOTHING_SHOWN: _use("no film was shown yet"),
        Phrase.PICKS_INTRO: _use("above the films for a fresh request"),
        Phrase.PICKS_INTRO_REFINED: _use("above the films after a change of the request"),
        Phrase.PICKS_INTRO_MORE: _use("above other films for the same request"),
        Phrase.PICKS_INTRO_LIKE: _use("above films that are like another", "title"),
        Phrase.PICKS_INTRO_ONE: _use("above the one film that was asked for"),
        Phrase.PICKS_INTRO_SURPRISE: _use("above films nobody asked for"),
        Phrase.PICKS_FEW: _use("fewer films fit than usual", "count"),
        Phrase.PICKS_NONE: _use("no film fits"),
        Phrase.RELAXED: _use("some wishes gave way", must="wishes"),
        Phrase.LIMIT_CERTIFICATION: _use("asked for films above the persona's limit", "limit"),
        Phrase.LIMIT_THEME: _use("asked for what the persona never shows", "wish"),
        Phrase.LIMIT_FILM: _use("named a film that the persona never shows", "title"),
        Phrase.FILM_UNKNOWN: _use("named a film that the catalogue does not hold", "title"),
        Phrase.ASSUMED: _use("words that leave open which years they mean were taken for some", "said", must="meant"),
        Phrase.UNHELD: _use("asked for what no catalogue tells of a film, such as a dubbed version", must="wish"),
        Phrase.EXPLAIN: _use("why a film was picked; reasons are whole sentences", "title", must="reasons"),
        Phrase.EXPLAIN_UNKNOWN: _use("no reason is known", "title"),
        Phrase.DETAILS: _use("more about a film", "title synopsis", must="facts"),
        Phrase.TASTE_SUMMARY: _use("what is known of a person's taste", must="summary"),
        Phrase.TASTE_EMPTY: _use("nothing is known of a person's taste"),
        Phrase.REASON_MOOD: _use("reason: moods asked for", must="words"),
        Phrase.REASON_THEME: _use("reason: themes asked for", must="words"),
        Phrase.REASON_GENRE: _use("reason: genres asked for", must="words"),
        Phrase.REASON_PEOPLE: _use("reason: people asked for", must="names"),
        Phrase.REASON_PLOT: _use("reason: the story matches the words", must="words"),
        Phrase.REASON_TONE_MORE: _use("reason: more of a tone than the films compared with", must="axis"),
        Phrase.REASON_TONE_LESS: _use("reason: less of a tone than those", must="axis"),
        Phrase.REASON_TONE_HIGH: _use("reason: much of a tone that was asked for", must="axis"),
        Phrase.REASON_TONE_LOW: _use("reason: little of a tone", must="axis"),
        Phrase.REASON_AWARD: _use("reason: an award", must="award"),
        Phrase.REASON_ERA: _use("reason: the years asked for", must="year"),
        Phrase.REASON_RUNTIME: _use("reason: the length asked for", must="minutes"),
        Phrase.REASON_CERTIFICATION: _use("reason: the certification asked for", must="certification"),
        Phrase.REASON_COUNTRY: _use("reason: countries asked for", must="names"),
        Phrase.REASON_LIKE: _use("reason: like a film that was named", must="title"),
        Phrase.REASON_TASTE: _use("reason: like a film the person liked", must="title"),
        Phrase.REASON_PERSONA: _use("reason: close to the persona's heart", must="words"),
        Phrase.REASON_VISUAL: _use("reason: the look of its poster", must="words"),
        Phrase.REASON_LOOKS: _use("reason: its poster looks like that of a film that was named", must="title"),
        Phrase.REASON_RATINGS: _use("reason: viewers who like what the person liked", must="title"),
        Phrase.REASON_REVIEWS: _use("reason: warm reviews, a few or more", "count"),
        Phrase.REASON_ACCLAIM: _use("reason: the warm reviews that were asked for", "count"),
        Phrase.REASON_SURPRISE: _use("reason: for the sake of surprise"),
        Phrase.REASON_AVOIDED: _use("reason: free of what is to be avoided", must="words"),
        Phrase.CHIP_MORE: _use("chip: other films for the same request"),
        Phrase.CHIP_SURPRISE: _use("chip: a surprise"),
        Phrase.CHIP_WHY: _use("chip: why the first film"),
        Phrase.CHIP_BRIGHTER: _use("chip: a brighter look"),
        Phrase.CHIP_FUNNIER: _use("chip: funnier"),
        Phrase.CHIP_OLDER: _use("chip: older films"),
        Phrase.CHIP_NEWER: _use("chip: newer films"),
        Phrase.CHIP_SAVED: _use("chip: the saved films"),
        Phrase.CHIP_LESS_SCARY: _use("chip: less scary"),
        Phrase.CHIP_SHORTER: _use("chip: shorter"),
        Phrase.CHIP_YES: _use("chip: yes, to a question"),
        Phrase.CHIP_NO: _use("chip: no, to a question"),
        Phrase.CHIP_TRY_AGAIN: _use("chip: the same message once more, under an apology"),
        Phrase.CHIP_MEANT_LIKE: _use("chip: that a film was liked may have been meant"),
        Phrase.CHIP_MEANT_DISLIKE: _use("chip: that a film was not liked may have been meant"),
        Phrase.CHIP_MEANT_SEEN: _use("chip: that a film was seen may have been meant"),
        Phrase.CHIP_MEANT_MORE_LIKE: _use("chip: films like one that was shown may have been meant"),
        Phrase.CHIP_MEANT_DETAILS: _use("chip: more about a film may have been meant"),
        Phrase.CHIP_MEANT_SAVE: _use("chip: a film for the list may have been meant"),
        Phrase.CHIP_MEANT_UNSAVE: _use("chip: a film off the list may have been meant"),
        Phrase.CHIP_MEANT_UNDO: _use("chip: the step before may have been meant"),
        Phrase.CHIP_MEANT_RESTART: _use("chip: a new start may have been meant"),
        Phrase.CHIP_MEANT_TASTE: _use("chip: what is known of the taste may have been meant"),
        Phrase.CHIP_MEANT_HELP: _use("chip: what can be asked may have been meant"),
        Phrase.LABEL_WHY: _use("above the sources that spoke for a film"),
        Phrase.LABEL_SOURCE_PLOT: _use("source of evidence: the story"),
        Phrase.LABEL_SOURCE_POSTER: _use("source of evidence: the poster"),
        Phrase.LABEL_SOURCE_RATINGS: _use("source of evidence: ratings of other viewers"),
        Phrase.LABEL_SOURCE_REVIEWS: _use("source of evidence: reviews"),
        Phrase.LABEL_SOURCE_FACTS: _use("source of evidence: facts, moods and themes"),
        Phrase.LABEL_SOURCE_TONE: _use("source of evidence: the tone"),
        Phrase.LABEL_SOURCE_PERSONA: _use("source of evidence: the persona's own leaning"),
        Phrase.LABEL_SOURCE_TASTE: _use("source of evidence: what the person liked before"),
        Phrase.LABEL_LOOK: _use("the look of a poster, in words", must="words"),
        Phrase.LABEL_LOOK_BRIGHT: _use("look: bright"),
        Phrase.LABEL_LOOK_DARK: _use("look: dark"),
        Phrase.LABEL_LOOK_COLOURFUL: _use("look: colourful"),
        Phrase.LABEL_LOOK_MUTED: _use("look: muted"),
        Phrase.LABEL_LOOK_WARM: _use("look: warm colours"),
        Phrase.LABEL_LOOK_COOL: _use("look: cool colours"),
        Phrase.LABEL_LOOK_MOODY: _use("look: dark and moody, beside its other words"),
        Phrase.LABEL_LOOK_EVEN: _use("look: nothing stands out"),
        Phrase.LABEL_POSTER_CREDIT: _use("with a poster whose owner asks to be named", must="owner"),
        Phrase.LABEL_VIEWERS: _use("how reviews speak of a film", must="verdict count"),
        Phrase.LABEL_VIEWERS_WARM: _use("verdict of reviews: good"),
        Phrase.LABEL_VIEWERS_MIXED: _use("verdict of reviews: neither"),
        Phrase.LABEL_VIEWERS_COOL: _use("verdict of reviews: bad"),
    }
)
