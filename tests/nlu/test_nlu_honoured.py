"""From a message to films: what was understood holds for every film of the starter catalogue that is recommended."""

from collections.abc import Callable

import pytest

from engine.catalogues import gazetteer_of
from engine.kinds import keyword_rows
from engine.recommend import Ranking, Recommender, Request
from index import Film, gather
from index.sources.starter import JsonLinesFolder
from nlu import Gazetteer, Parser
from persona_configs.vocabulary import film_kinds
from tests.engine.stage import persona, recommender_of

Holds = Callable[[Film], bool]


@pytest.fixture(scope="module")
def recommender() -> Recommender:
    return recommender_of(gather([JsonLinesFolder()]))


@pytest.fixture(scope="module")
def names(recommender: Recommender) -> Gazetteer:
    return gazetteer_of(recommender.catalogue.films)


def answered(parser: Parser, names: Gazetteer, recommender: Recommender, text: str) -> tuple[Ranking, list[Film]]:
    parse = parser.parse(text, names)
    ranking = recommender.recommend(Request(frame=parse.frame, persona=persona(), n=parse.number or 6))
    return ranking, [recommender.catalogue.films[each.row] for each in ranking.films]


def has(*keywords: str) -> Holds:
    return lambda film: bool({*keywords} & {*film.keywords, *film.lead})


def won(words: str) -> Holds:
    return lambda film: any(words in award for award in film.awards)


def years(first: int, last: int) -> Holds:
    return lambda film: film.year is not None and first <= film.year <= last


def noted(note: str, most: int) -> Holds:
    return lambda film: film.content.get(note, 0) <= most


MET: dict[str, Holds] = {
    "nothing from the 80s": lambda film: film.year is not None and not 1980 <= film.year <= 1989,
    "comedies, but no 90s films": lambda film: "Comedy" in film.genres and not 1990 <= (film.year or 1990) <= 1999,
    "thrillers from the 70s or the 90s": lambda film: (film.year or 0) // 10 in {197, 199},
    "a musical from when my parents were young": years(1970, 1990),
    "something from '94": years(1994, 1994),
    "a drama from between the wars": years(1919, 1939),
    "twenty years ago": years(2004, 2008),
    "directed by Clint Eastwood": lambda film: "Clint Eastwood" in film.directors,
    "a film with Clint Eastwood": lambda film: "Clint Eastwood" in film.cast,
    "a western not directed by Clint Eastwood": lambda film: "Clint Eastwood" not in film.directors,
    "a drama without Tom Hanks": lambda film: "Tom Hanks" not in film.cast,
    "with a female lead": has("female lead"),
    "science fiction with a strong woman in the lead": has("female lead"),
    "child protagonist": has("child lead"),
    "a dog as the main character": has("animal lead"),
    "an older lead": has("elderly lead"),
    "ensemble cast": has("ensemble"),
    "directed by a woman": has("female director"),
    "based on a play": has("based on a play", "based on a stage musical", "shakespeare"),
    "a comic book adaptation": has(*film_kinds()["based on a comic"].keywords),
    "a slasher": has("slasher", "masked killer", "final girl", "slasher spoof"),
    "no slashers, a horror film": lambda film: not has("slasher", "masked killer", "final girl")(film),
    "a heist film": lambda film: "heist" in film.themes or has(*film_kinds()["heist film"].keywords)(film),
    "a time loop": has("time loop"),
    "found footage": has("found footage"),
    "a mockumentary": has("mockumentary", "mock documentary", "mock documentary narration"),
    "screwball comedy": has("screwball comedy", "screwball"),
    "no sequels, an action film": lambda film: not has("sequel", "sequel to a series")(film),
    "no swearing": noted("language", 1),
    "no sex scenes": noted("sex", 1),
    "won something in Venice": won("Venice"),
    "best picture winners": won("Best Picture"),
    "a César winner": won("César"),
    "latin american films": lambda film: bool({"MX", "AR", "BR", "CL", "CO", "PE", "CU", "UY"} & {*film.countries}),
    "eastern european": lambda film: bool(
        {"PL", "CZ", "SK", "HU", "RO", "BG", "RS", "UA", "RU", "EE", "LV", "LT"} & {*film.countries}
    ),
    "something asian": lambda film: bool({"JP", "KR", "CN", "HK", "TW", "IN", "TH", "VN", "MN"} & {*film.countries}),
    "not in English": lambda film: film.languages[:1] != ("en",),
    "FSK 12": lambda film: film.certification in {"G", "PG", "PG-13"},
    "for my kids, 9 and 4": lambda film: film.certification == "G",
    "1:45 max": lambda film: film.runtime_min is not None and film.runtime_min <= 105,
    "a quick one before bed": lambda film: film.runtime_min is not None and film.runtime_min <= 95,
    "no three hour films": lambda film: film.runtime_min is not None and film.runtime_min < 180,
}


@pytest.mark.parametrize("text", MET)
def test_every_film_is_as_asked(parser: Parser, names: Gazetteer, recommender: Recommender, text: str) -> None:
    ranking, films = answered(parser, names, recommender, text)
    assert films
    assert not ranking.relaxed
    assert [film.title for film in films if not MET[text](film)] == []


@pytest.mark.parametrize(
    ("text", "gave_way"),
    [
        ("mumblecore from the 90s", "mumblecore"),
        ("a comedy written by Greta Gerwig", "written by Greta Gerwig"),
        ("a western directed by Greta Gerwig", "western"),
    ],
)
def test_what_no_film_meets_gives_way_alone_and_is_said(
    parser: Parser, names: Gazetteer, recommender: Recommender, text: str, gave_way: str
) -> None:
    ranking, films = answered(parser, names, recommender, text)
    assert films
    assert ranking.relaxed == (gave_way,)


ORDERED: dict[str, Callable[[Film], float]] = {
    "comedies, newest first": lambda film: -(film.year or 0),
    "comedies, oldest first": lambda film: film.year or 0,
    "thrillers, shortest first": lambda film: film.runtime_min or 0,
    "dramas, longest first": lambda film: -(film.runtime_min or 0),
    "the most popular animated films": lambda film: -(film.popularity or 0),
    "obscure french films": lambda film: film.popularity or 1,
}


@pytest.mark.parametrize("text", ORDERED)
def test_the_asked_order_is_kept_and_chooses(
    parser: Parser, names: Gazetteer, recommender: Recommender, text: str
) -> None:
    _, films = answered(parser, names, recommender, text)
    figures = [ORDERED[text](film) for film in films]
    assert figures == sorted(figures)
    parse = parser.parse(text, names)
    (genre_or_country,) = (*parse.frame.wants.genres, *parse.frame.wants.countries)
    field = "genres" if parse.frame.wants.genres else "countries"
    fitting = sorted(
        ORDERED[text](film) for film in recommender.catalogue.films if genre_or_country in getattr(film, field)
    )
    # The order outweighs all else: every film comes from the first fifth of those that fit.
    assert max(figures) <= fitting[len(fitting) // 5]


@pytest.mark.parametrize(("text", "count"), [("just one", 1), ("a couple of comedies", 2), ("double feature", 2)])
def test_as_many_films_as_asked(
    parser: Parser, names: Gazetteer, recommender: Recommender, text: str, count: int
) -> None:
    _, films = answered(parser, names, recommender, text)
    assert len(films) == count


#: Kinds that no starter film is known for: asking for them gives way and says so.
UNKNOWN_HERE = {"mumblecore", "giallo", "home invasion", "based on a video game", "psychological thriller"}


def test_kinds_find_films(recommender: Recommender) -> None:
    empty = {name for name in film_kinds() if not len(keyword_rows(recommender.catalogue, name))}
    assert empty <= UNKNOWN_HERE
