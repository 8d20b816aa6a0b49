"""From a frame to bitmaps: what must hold, and the wishes that give way when too little fits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain

import numpy as np
import numpy.typing as npt
import pycountry

from engine.kinds import is_kind, keyword_rows, shown_rows
from engine.reasons import ReasonCode
from engine.signals import BLACK_AND_WHITE
from index import Catalogue, Film, RowSet
from nlu.frame import Frame, Range, Role
from persona_configs.phrases import Phrase
from persona_configs.vocabulary import CERTIFICATIONS

#: The kinds of wish in the order in which they give way, first to last: a comparison with what was shown or named
#: before all that was asked outright. Limits and avoidances never do.
GIVING_WAY = ("movement", "runtime", "year", "awards", "countries", "languages", "kinds", "genres", "roles", "people")
#: Years by which an era is widened in words: a wish for 1990-1999 is said as "the 1990s".
_DECADE = 10
#: What stands between the words of a wish that any of several will meet.
_OR = " or "


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish that a film either meets or not: `words` say it to a person, `rows` meet it."""

    kind: str
    words: str
    rows: RowSet

    @property
    def yields(self) -> int:
        """When it gives way: wishes of a lower number go first."""
        return GIVING_WAY.index(self.kind)

    def reason_for(self, film: Film) -> ReasonCode | None:
        """The reason that meeting this wish gives a film; None where the fact is told anyway, or is unknown."""
        said = _REASONS.get(self.kind)
        return said(self.words, film) if said else None


#: Who avoids a language means films in it, not films in which a sentence of it is spoken.
_AVOIDED_AS = {"languages": "main_language"}


def musts(frame: Frame, catalogue: Catalogue) -> RowSet:
    """The rows that what the person will not have leaves over: avoided words, films and a certification."""
    avoided = [
        catalogue.having(_AVOIDED_AS.get(field, field), word)
        for field in ("genres", "moods", "themes", "countries", "languages", "awards")
        for word in getattr(frame.avoids, field)
    ]
    avoided += [keyword_rows(catalogue, word) for word in frame.avoids.keywords]
    avoided += [shown_rows(catalogue, theme) for theme in frame.avoids.themes]
    avoided += [catalogue.having(_field_of(frame, name), name) for name in frame.avoids.people]
    # A film of unknown year may be of a year that is refused.
    avoided += [RowSet(~((catalogue.years < first) | (catalogue.years > last))) for first, last in frame.not_years]
    if BLACK_AND_WHITE in frame.avoids.visual:
        avoided.append(catalogue.having("keywords", BLACK_AND_WHITE.replace("-", " ")))
    films = catalogue.rows_of((*frame.unlike, *frame.like))
    return _certified_up_to(frame.certification_max, catalogue) - reduce(RowSet.__or__, avoided, films)


def _certified_up_to(limit: str | None, catalogue: Catalogue) -> RowSet:
    if limit is None:
        return RowSet.everything(len(catalogue))
    # A limit that we cannot read is still a limit: it may have been meant for a child.
    return catalogue.certified_up_to(limit) if limit in CERTIFICATIONS else RowSet.nothing(len(catalogue))


def wishes(frame: Frame, catalogue: Catalogue) -> tuple[Wish, ...]:
    """The wishes of a frame that filter, in the order in which they give way."""
    wants = frame.wants
    found = chain(
        _between("runtime", frame.runtime_min, catalogue.runtimes_min, say_runtime),
        _between("year", frame.year, catalogue.years, say_years),
        (
            _having(catalogue, "awards", (word,), words="award-winning" if word == "any" else word)
            for word in wants.awards
        ),
        _any_of(catalogue, "countries", wants.countries, say_country),
        _spoken(catalogue, wants.languages),
        (Wish("kinds", word, keyword_rows(catalogue, word)) for word in wants.keywords if is_kind(word)),
        (_having(catalogue, "genres", (word,), words=word.lower()) for word in wants.genres),
        (_role(catalogue, name, frame.roles[name]) for name in wants.people if name in frame.roles),
        (_having(catalogue, "people", (word,), words=word) for word in wants.people),
    )
    return tuple(found)


#: Where a catalogue keeps those who do it; nobody keeps who wrote a film, so that this wish gives way and says so.
_ROLE_FIELDS = {Role.DIRECTOR: "directors", Role.CAST: "cast"}
_ROLE_WORDS = {Role.DIRECTOR: "directed by", Role.CAST: "with", Role.WRITER: "written by"}


def _field_of(frame: Frame, name: str) -> str:
    role = frame.roles.get(name)
    return _ROLE_FIELDS.get(role, "people") if role else "people"


def _role(catalogue: Catalogue, name: str, role: Role) -> Wish:
    field = _ROLE_FIELDS.get(role)
    rows = catalogue.having(field, name) if field else RowSet.nothing(len(catalogue))
    return Wish("roles", f"{_ROLE_WORDS[role]} {name}", rows)


def _having(catalogue: Catalogue, field: str, any_of: tuple[str, ...], *, words: str) -> Wish:
    rows = reduce(RowSet.__or__, (catalogue.having(field, word) for word in any_of))
    return Wish(field, words, rows)


def _any_of(catalogue: Catalogue, field: str, codes: tuple[str, ...], say: Callable[[str], str]) -> Iterable[Wish]:
    if codes:
        yield _having(catalogue, field, codes, words=_OR.join(map(say, codes)))


def _spoken(catalogue: Catalogue, codes: tuple[str, ...]) -> Iterable[Wish]:
    """Films mainly in the languages; those in which they are heard at all where no film is mainly in one."""
    for wish in _any_of(catalogue, "languages", codes, say_language):
        mainly = reduce(RowSet.__or__, (catalogue.having("main_language", code) for code in codes))
        yield replace(wish, rows=mainly) if len(mainly) else wish


def unmet_themes(frame: Frame, films: Iterable[Film]) -> tuple[str, ...]:
    """The wanted themes that none of the films has, in words; () where there are no films or nothing is known of the
    themes of one of them."""
    known = [film.themes for film in films]
    if not known or not all(known):
        return ()
    return tuple(theme.replace("-", " ") for theme in frame.wants.themes if not any(theme in held for held in known))


def _between(kind: str, bounds: Range, figures: npt.NDArray[np.float32], say: Callable[[Range], str]) -> Iterable[Wish]:
    low, high = bounds
    if low is None and high is None:
        return
    met = ~np.isnan(figures)
    if low is not None:
        met &= figures >= low
    if high is not None:
        met &= figures <= high
    yield Wish(kind, say(bounds), RowSet(met))


def _fact(phrase: Phrase, placeholder: str) -> Callable[[str], ReasonCode]:
    return lambda said: ReasonCode(phrase, "facts", 0.0, {placeholder: said})


def _award(words: str, film: Film) -> ReasonCode:
    asked = words.lower()
    # Any award may have been asked for; then the first one is as good as another.
    named = (award for award in film.awards if asked in award.lower())
    return _fact(Phrase.REASON_AWARD, "award")(next(named, film.awards[0]))


def _asked_countries(words: str, film: Film) -> ReasonCode:
    asked = words.split(_OR)
    return _fact(Phrase.REASON_COUNTRY, "names")(
        " and ".join(name for name in map(say_country, film.countries) if name in asked)
    )


def _own_countries(_words: str, film: Film) -> ReasonCode | None:
    said = " and ".join(say_country(code) for code in film.countries[:2])
    return _fact(Phrase.REASON_COUNTRY, "names")(said) if said else None


_REASONS: dict[str, Callable[[str, Film], ReasonCode | None]] = {
    "people": lambda words, _film: _fact(Phrase.REASON_PEOPLE, "names")(words),
    "countries": _asked_countries,
    "languages": _own_countries,
    "awards": _award,
    "year": lambda _words, film: _fact(Phrase.REASON_ERA, "year")(str(film.year)),
    "runtime": lambda _words, film: _fact(Phrase.REASON_RUNTIME, "minutes")(str(film.runtime_min)),
}


def say_runtime(bounds: Range) -> str:
    """The range in words: "under 120 minutes", "over 150 minutes"."""
    low, high = bounds
    if low is None:
        return f"under {high} minutes"
    return f"over {low} minutes" if high is None else f"{low} to {high} minutes"


def say_years(bounds: Range) -> str:
    """The range in words: "from the 1990s", "before 1970", "from 2015 on"."""
    low, high = bounds
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"from {low} on"
    if low % _DECADE == 0 and high == low + _DECADE - 1:
        return f"from the {low}s"
    return f"from {low}" if low == high else f"from {low} to {high}"


def say_country(code: str) -> str:
    """A country's common name by its ISO 3166-1 code; the code itself where it has none."""
    country = pycountry.countries.get(alpha_2=code)
    return str(getattr(country, "common_name", None) or country.name) if country else code


def say_language(code: str) -> str:
    """A language's English name by its ISO 639-1 code; the code itself where it has none."""
    language = pycountry.languages.get(alpha_2=code)
    return f"{language.name}-language" if language else code
