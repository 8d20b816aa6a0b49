"""What every answer needs: the persona, its catalogue, and what is known of the person."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.catalogues import Catalogues, Loaded
from engine.errors import UnknownFilmError, UnknownPersonaError
from engine.limits import allows
from engine.poster_credit import poster_credit
from engine.store import TasteStore
from engine.voice import Voice
from engine.wire import Card
from index import Film, RowSet
from persona_configs.schema import Persona


@dataclass(frozen=True, slots=True)
class Desk:
    """The engine's parts, as answers use them."""

    personas: Mapping[str, Persona]
    catalogues: Catalogues
    tastes: TasteStore

    def persona(self, name: str) -> Persona:
        """The persona of that name. Raises `UnknownPersonaError`."""
        try:
            return self.personas[name]
        except KeyError as error:
            raise UnknownPersonaError(f"no persona {name!r}; there are: {', '.join(self.personas)}") from error

    def voice(self, name: str) -> Voice:
        return Voice(self.persona(name))

    def catalogue(self, persona: Persona) -> Loaded:
        return self.catalogues.get(persona.catalogue)

    def film(self, persona: Persona, movie_id: str) -> Film:
        """A film that the persona may show. Raises `UnknownFilmError`, the same for unknown and forbidden films."""
        film = self.catalogue(persona).film(movie_id)
        if film is None or not allows(persona.limits, film):
            raise UnknownFilmError(f"{persona.name} has no film {movie_id!r}")
        return film

    def shown_rows(self, persona: Persona, movie_ids: tuple[str, ...]) -> RowSet:
        """The rows of those films that the persona may show."""
        recommender = self.catalogue(persona).recommender
        return recommender.catalogue.rows_of(movie_ids) & recommender.permitted(persona)


def card_of(film: Film, *, posters: bool = True) -> Card:
    """What channels show of a film, before any reason; with the poster's address only if `posters`."""
    poster_url = film.poster_url if posters else None
    return Card(
        movie_id=film.movie_id,
        title=film.title,
        year=film.year,
        genres=film.genres,
        certification=film.certification,
        runtime_min=film.runtime_min,
        directors=film.directors,
        cast=film.cast,
        countries=film.countries,
        languages=film.languages,
        moods=film.moods,
        themes=film.themes,
        awards=film.awards,
        tone=film.tone,
        lightness=film.lightness,
        colourfulness=film.colourfulness,
        vintage=film.vintage,
        warmth=film.warmth,
        dark_moody=film.dark_moody,
        bright_colourful=film.bright_colourful,
        sentiment=film.sentiment,
        reviews=film.reviews,
        synopsis=film.synopsis,
        poster_url=poster_url,
        poster_credit=poster_credit(poster_url),
        trailer_url=film.trailer_url,
    )
