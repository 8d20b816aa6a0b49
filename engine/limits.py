"""Hard limits: which rows a persona may ever show. Everything the engine answers goes through `permitted`."""

from index import Catalogue, Film, RowSet
from persona_configs.schema import Limits
from persona_configs.vocabulary import CERTIFICATIONS

#: Stands for a content note that nobody has made: stricter than the strictest.
_UNKNOWN = 4


def permitted(catalogue: Catalogue, limits: Limits) -> RowSet:
    """The rows within the limits, as a bitmap of the catalogue's size. What is unknown of a film counts against it."""
    return catalogue.where(lambda film: allows(limits, film))


def allows(limits: Limits, film: Film) -> bool:
    """Whether the limits let the film be shown. The one place where a film is held against a persona's limits."""
    return (
        film.movie_id not in limits.banned_movies
        and certified(limits.certification_max, film)
        and not set(limits.banned_genres).intersection(film.genres)
        and not set(limits.banned_themes).intersection(film.themes)
        and all(film.content.get(note, _UNKNOWN) <= most for note, most in limits.content_max.items())
    )


def certified(certification_max: str | None, film: Film) -> bool:
    """Whether the film's US certification is known and no stricter than the given one; None allows every film."""
    if certification_max is None:
        return True
    if film.certification not in CERTIFICATIONS:
        return False
    return CERTIFICATIONS.index(film.certification) <= CERTIFICATIONS.index(certification_max)
