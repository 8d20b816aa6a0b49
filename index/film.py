"""What a film knows: the record that sources fill, the artefact keeps and the engine reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NewType

from annotated_types import Ge, Le, Len
from pydantic import AfterValidator, TypeAdapter, ValidationError

from index.errors import CatalogueError
from persona_configs.vocabulary import CERTIFICATIONS, CONTENT_NOTES, NOT_RATED, axes, genres, moods, themes

MovieId = NewType("MovieId", str)
UnitInterval = Annotated[float, Ge(0.0), Le(1.0)]
Intensity = Annotated[int, Ge(0), Le(3)]


def _within(name: str, closed: Iterable[str]) -> AfterValidator:
    allowed = frozenset(closed)

    def check(words: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [word for word in words if word not in allowed]:
            raise ValueError(f"not in the closed set of {name}: {', '.join(unknown)}")
        return words

    return AfterValidator(check)


def _keys_within(name: str, closed: Iterable[str]) -> AfterValidator:
    allowed = frozenset(closed)

    def check(figures: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(figures) - allowed):
            raise ValueError(f"not in the closed set of {name}: {', '.join(unknown)}")
        return figures

    return AfterValidator(check)


def _certification(value: str | None) -> str | None:
    if value is not None and value not in (*CERTIFICATIONS, NOT_RATED):
        raise ValueError(f"{value!r} is not a US certification: {', '.join((*CERTIFICATIONS, NOT_RATED))}")
    return value


Words = tuple[str, ...]
Genres = Annotated[Words, _within("genres", genres())]
Moods = Annotated[Words, _within("moods", moods())]
Themes = Annotated[Words, _within("themes", themes())]
Tone = Annotated[dict[str, UnitInterval], _keys_within("tone axes", axes())]
ContentNotes = Annotated[dict[str, Intensity], _keys_within("content notes", CONTENT_NOTES)]
#: A topic's readable name to its share of the plot.
Topics = dict[str, UnitInterval]
Certification = Annotated[str | None, AfterValidator(_certification)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film. Unknown facts are None or empty, never guessed.

    `alternative_titles` are other names it goes by. `countries` are ISO 3166-1 alpha-2, `languages` ISO 639-1 (the main
    one first), `awards` read "Event Year: Award". `tone` maps each axis to 0-1, `content` each kind of note to 0-3.
    Poster figures, review figures (`sentiment` shrunk towards the catalogue's mean, of `reviews` texts), topics and
    popularity come from the index build and are None or empty where there is no source.
    """

    movie_id: MovieId
    title: Annotated[str, Len(1, 300)]
    year: Annotated[int, Ge(1880), Le(2100)] | None = None
    original_title: str | None = None
    alternative_titles: Words = ()
    directors: Words = ()
    cast: Words = ()
    genres: Genres = ()
    countries: Words = ()
    languages: Words = ()
    runtime_min: Annotated[int, Ge(1), Le(2000)] | None = None
    certification: Certification = None
    certification_original: str | None = None
    awards: Words = ()
    imdb_id: str | None = None
    tmdb_id: int | None = None
    keywords: Words = ()
    moods: Moods = ()
    themes: Themes = ()
    tone: Tone = field(default_factory=dict)
    lead: Words = ()
    content: ContentNotes = field(default_factory=dict)
    synopsis: str = ""
    poster_url: str | None = None
    trailer_url: str | None = None
    lightness: UnitInterval | None = None
    colourfulness: UnitInterval | None = None
    warmth: UnitInterval | None = None
    vintage: UnitInterval | None = None
    dark_moody: UnitInterval | None = None
    bright_colourful: UnitInterval | None = None
    sentiment: Annotated[float, Ge(-1.0), Le(1.0)] | None = None
    reviews: Annotated[int, Ge(0)] | None = None
    topics: Topics = field(default_factory=dict)
    popularity: UnitInterval | None = None

    def text(self) -> str:
        """What the text encoder reads: title, synopsis, keywords, themes and moods, in this order."""
        parts = (self.title, self.synopsis, ", ".join(self.keywords), ", ".join(self.themes), ", ".join(self.moods))
        return ". ".join(part for part in parts if part)


_FILM = TypeAdapter(Film)


def parse_film(row: dict[str, Any]) -> Film:
    """The film that a plain mapping describes. Raises `pydantic.ValidationError` with every fault."""
    return _FILM.validate_python(row)


def film_row(film: Film) -> dict[str, Any]:
    """The plain mapping of a film, without what is unknown or empty; `parse_film` reads it back."""
    row = _FILM.dump_python(film, mode="json")
    return {name: value for name, value in row.items() if value not in (None, "", [], {})}


def read_films(path: Path) -> Iterator[Film]:
    """The films of one JSON-lines file. Raises `CatalogueError` with every faulty line of the file."""
    faults: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                film = _FILM.validate_json(line)
            except ValidationError as error:
                faults += [
                    f"{path.name}:{number}: {'.'.join(map(str, fault['loc'])) or 'line'}: {fault['msg']}"
                    for fault in error.errors()
                ]
            else:
                yield film
    if faults:
        raise CatalogueError("\n".join(faults))
