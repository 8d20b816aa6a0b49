"""The answers of the API, as far as we use them. Fields that TMDB leaves empty are empty here.

developer.themoviedb.org/reference: movie details with appended credits, keywords, release_dates, reviews, images and
videos; discover; find; genre list; configuration.
"""

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

T = TypeVar("T")


def _empty_for_null(written: object) -> object:
    return "" if written is None else written


def _none_for_null(written: object) -> object:
    return tuple(written or ()) if isinstance(written, list | None) else written


Text = Annotated[str, BeforeValidator(_empty_for_null)]
Several = Annotated[tuple[T, ...], BeforeValidator(_none_for_null)]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class ImageSettings(_Answer):
    """How addresses of pictures are made: base, size, path."""

    secure_base_url: str
    poster_sizes: tuple[str, ...]


class Configuration(_Answer):
    """What the API says of itself."""

    images: ImageSettings


class Named(_Answer):
    """A genre or keyword of a film."""

    name: Text = ""


class Genre(_Answer):
    """A genre that films can be listed by."""

    id: int
    name: str


class GenreList(_Answer):
    """All of them."""

    genres: tuple[Genre, ...]


class Hit(_Answer):
    """A film in a list; its details are asked for on their own."""

    id: int


class Page(_Answer):
    """A page of discover. `total_pages` may exceed the 500 that can be asked for."""

    page: int
    results: tuple[Hit, ...]
    total_pages: int


class Found(_Answer):
    """What an IMDb id is."""

    movie_results: tuple[Hit, ...]


class Country(_Answer):
    """A country of production."""

    iso_3166_1: Text = ""


class Language(_Answer):
    """A language that is spoken in a film."""

    iso_639_1: Text = ""


class CastMember(_Answer):
    """A person on screen; `order` is the place in the billing, from 0."""

    name: Text = ""
    order: int = 1_000


class CrewMember(_Answer):
    """A person behind the camera."""

    name: Text = ""
    job: Text = ""


class Credits(_Answer):
    """Who made a film."""

    cast: Several[CastMember] = ()
    crew: Several[CrewMember] = ()


class Keywords(_Answer):
    """What a film is filed under."""

    keywords: Several[Named] = ()


class Release(_Answer):
    """One release in a country. `type`: 1 premiere, 2 limited, 3 theatrical, 4 digital, 5 physical, 6 television."""

    certification: Text = ""
    type: int = 0


class CountryReleases(_Answer):
    """The releases in one country."""

    iso_3166_1: Text = ""
    release_dates: Several[Release] = ()


class ReleaseDates(_Answer):
    """The releases in all countries."""

    results: Several[CountryReleases] = ()


class Review(_Answer):
    """A viewer's review, in Markdown or plain text."""

    id: Text = ""
    content: Text = ""


class Reviews(_Answer):
    """The first page of reviews, 20 at most."""

    results: Several[Review] = ()


class Poster(_Answer):
    """A poster in one language, or in none."""

    file_path: Text = ""
    iso_639_1: Text = ""


class Images(_Answer):
    """A film's posters, the best liked first."""

    posters: Several[Poster] = ()


class Video(_Answer):
    """A trailer, teaser or clip; `key` is its id at the site."""

    key: Text = ""
    site: Text = ""
    type: Text = ""
    official: bool | None = None


class Videos(_Answer):
    """A film's videos."""

    results: Several[Video] = ()


class MovieDetails(_Answer):
    """A film with what was appended."""

    id: int
    title: str
    original_title: Text = ""
    original_language: Text = ""
    overview: Text = ""
    release_date: Text = ""
    runtime: int | None = None
    imdb_id: Text = ""
    adult: bool = False
    poster_path: Text = ""
    vote_count: int = 0
    genres: Several[Named] = ()
    origin_country: Several[str] = ()
    production_countries: Several[Country] = ()
    spoken_languages: Several[Language] = ()
    credits: Credits = Credits()
    keywords: Keywords = Keywords()
    release_dates: ReleaseDates = ReleaseDates()
    reviews: Reviews = Reviews()
    images: Images = Images()
    videos: Videos = Videos()
