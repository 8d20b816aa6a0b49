"""What goes into a catalogue: what sources bring, what options name, and when the starter catalogue is built anew."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index import CatalogueError, Film, build, current_folder, read_artefact
from index import prepare as prepare_module
from index.cli import app
from index.enrich import Enriched, Tell, enriched
from index.looks.folder import PostersFolder
from index.prepare import STARTER, prepare_catalogues
from index.ratings import RatingsError
from index.ratings.file import RatingsFile
from index.recipe import Ingredients, brought, fingerprint, steps
from index.reviews import ReviewsFile
from index.sources.movielens import MovieLensFolder
from index.sources.starter import JsonLinesFolder
from tests.index.films import film, small_catalogue
from tests.index.hash_encoder import HashEncoder
from tests.index.parts import items_of, known_of, looks_of

NO_TOPICS = Ingredients(topics=False)


def silent(_what: str, _done: int, _of: int) -> None:
    """Hears nothing."""


def folder_of(path: Path, rows: list[dict]) -> Path:
    path.mkdir(parents=True)
    (path / "films.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def movielens(path: Path) -> Path:
    """Forty people in two camps, each with its ten films."""
    path.mkdir(parents=True)
    titles = [f"{number},Film {number} (19{60 + number}),Drama" for number in range(20)]
    (path / "movies.csv").write_text("movieId,title,genres\n" + "\n".join(titles) + "\n")
    links = [f"{number},{number:07d},{100 + number}" for number in range(20)]
    (path / "links.csv").write_text("movieId,imdbId,tmdbId\n" + "\n".join(links) + "\n")
    rows = [f"{person},{own},4.0,1" for person in range(40) for own in range(person % 2, 20, 2) if own != person % 20]
    (path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(rows) + "\n")
    return path


class Renaming:
    """An enrichment that does what none may."""

    name = "renaming"

    def enrich(self, films: list[Film], *, tell: Tell) -> list[Film]:  # noqa: ARG002 - as the protocol has it
        return films[:1]


def test_a_step_that_loses_films_is_stopped() -> None:
    with pytest.raises(CatalogueError, match="renaming: returned other films"):
        enriched(Enriched(small_catalogue()), [Renaming()], tell=silent)


def test_later_looks_join_earlier_ones_and_later_ratings_replace_them() -> None:
    films = small_catalogue()

    class Brings:
        name = "brings"

        def __init__(self, known: Enriched) -> None:
            self.known = known

        def measure(self, films: list[Film], *, tell: Tell) -> Enriched:  # noqa: ARG002 - as the protocol has it
            return self.known

    first = Enriched(films, looks=looks_of(("farm-pig", "mild-ghost")), items=items_of(("farm-pig",)))
    second = Enriched(films, looks=looks_of(("quiet-monk",)), items=items_of(("quiet-monk",)))
    known = enriched(Enriched(films), [Brings(first), Brings(second)], tell=silent)
    assert known.looks is not None
    assert known.items is not None
    assert set(known.looks.movie_ids) == {"farm-pig", "mild-ghost", "quiet-monk"}
    assert known.items.movie_ids == ("quiet-monk",)
    kept = enriched(known, [Brings(Enriched(films))], tell=silent)
    assert (kept.looks, kept.items) == (known.looks, known.items)


def test_the_starter_films_bring_their_looks_and_item_vectors() -> None:
    source = JsonLinesFolder()
    known = brought(list(source.films()), [source])
    assert known.looks is not None
    assert known.items is not None
    assert len(known.looks.movie_ids) >= 150
    assert known.items.ratings > 100_000


def test_a_folder_of_films_brings_its_reviews_and_movielens_its_ratings(tmp_path: Path) -> None:
    films = JsonLinesFolder(folder_of(tmp_path / "films", [{"movie_id": "a", "title": "A"}]))
    assert steps([films], NO_TOPICS) == []
    (tmp_path / "films" / "reviews.csv").write_text("movie_id,text\na,Lovely.\n")
    (reviews,) = steps([films], NO_TOPICS)
    assert isinstance(reviews, ReviewsFile)
    assert reviews.path == tmp_path / "films" / "reviews.csv"
    (ratings,) = steps([MovieLensFolder(movielens(tmp_path / "ml"))], NO_TOPICS)
    assert isinstance(ratings, RatingsFile)
    assert ratings.name == "ml"


def test_options_go_before_what_sources_bring(tmp_path: Path) -> None:
    source = MovieLensFolder(movielens(tmp_path / "ml"))
    wanted = Ingredients(
        posters=tmp_path, ratings=tmp_path / "own.csv", reviews=tmp_path / "reviews.jsonl", topics=False
    )
    posters, ratings, reviews = steps([source], wanted)
    assert isinstance(posters, PostersFolder)
    assert isinstance(ratings, RatingsFile)
    assert isinstance(reviews, ReviewsFile)
    assert (ratings.path, ratings.links, reviews.path) == (wanted.ratings, None, wanted.reviews)


def test_two_sources_with_ratings_ask_which_count(tmp_path: Path) -> None:
    sources = [MovieLensFolder(movielens(tmp_path / name)) for name in ("a", "b")]
    with pytest.raises(CatalogueError, match="--ratings"):
        steps(sources, NO_TOPICS)
    (chosen,) = steps(sources, Ingredients(ratings=tmp_path / "a", topics=False))
    assert isinstance(chosen, RatingsFile)
    assert chosen.links == tmp_path / "a" / "links.csv"


def test_ratings_become_popularity_and_vectors_of_the_films_that_were_rated(tmp_path: Path) -> None:
    source = MovieLensFolder(movielens(tmp_path / "ml"))
    films = [*source.films(), film("unrated")]
    told: list[tuple[str, int, int]] = []
    known = RatingsFile(tmp_path / "ml" / "ratings.csv").measure(films, tell=lambda *heard: told.append(heard))
    assert [each.popularity is None for each in known.films] == [False] * 20 + [True]
    assert known.items is not None
    items = known.items.aligned([each.movie_id for each in films])
    assert items.known.tolist() == [True] * 20 + [False]
    likeness = items.vectors @ items.vectors.T
    assert likeness[0, 2] > likeness[0, 1]
    assert told[-1][1:] == (3, 3)


def test_ratings_by_other_ids_are_found_through_links(tmp_path: Path) -> None:
    folder = movielens(tmp_path / "ml")
    films = [film("mine", imdb_id="tt0000004"), film("other", tmdb_id=107)]
    with pytest.raises(RatingsError, match="links"):
        RatingsFile(folder / "ratings.csv").measure(films, tell=silent)
    known = RatingsFile(folder / "ratings.csv", links=folder / "links.csv").measure(films, tell=silent)
    assert known.items is not None
    assert known.items.movie_ids == ("mine", "other")


def test_the_fingerprint_hangs_on_films_and_vectors() -> None:
    films = small_catalogue()
    known = [known_of(films), known_of(films[:5]), Enriched(films), Enriched(films, looks=looks_of(("farm-pig",)))]
    marks = [fingerprint(each, []) for each in known]
    assert len(set(marks)) == 4
    assert fingerprint(known_of(films), []) == marks[0]
    assert fingerprint(known_of(films), [ReviewsFile(Path("r.csv"))]) != marks[0]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter catalogue encoded by word hashes."""
    monkeypatch.setattr(prepare_module, "load_encoder", HashEncoder)


@pytest.mark.usefixtures("quick")
def test_the_starter_catalogue_is_built_once_and_again_when_damaged_or_of_another_format(tmp_path: Path) -> None:
    said: list[str] = []
    prepare_catalogues(tmp_path, {STARTER}, say=said.append)
    artefact = read_artefact(current_folder(tmp_path, STARTER))
    assert artefact.looks is not None
    assert artefact.items is not None
    assert any(each.topics for each in artefact.catalogue.films)
    assert said[0].startswith("building the starter catalogue")
    first = len(said)
    prepare_catalogues(tmp_path, {STARTER}, say=said.append)
    assert len(said) == first
    manifest = artefact.path / "manifest.json"
    sound = manifest.read_text()
    for damaged in (sound.replace('"format": 2', '"format": 1'), sound[:50], sound.replace("recipe", "recipes")):
        manifest.write_text(damaged)
        prepare_catalogues(tmp_path, {STARTER}, say=said.append)
        assert read_artefact(current_folder(tmp_path, STARTER)).manifest.content_id == artefact.manifest.content_id
    assert len(said) == 4 * first
    build(small_catalogue(), root=tmp_path, catalogue=STARTER, encoder=HashEncoder(), sources=["another"])
    prepare_catalogues(tmp_path, {STARTER}, say=said.append)
    assert current_folder(tmp_path, STARTER).name == artefact.path.name


def run(*arguments: str, state: Path) -> dict:
    done = CliRunner().invoke(app, [*arguments, "--state-dir", str(state), "--catalogue", "mine", "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_command_builds_with_ratings_and_reviews_and_tells_what_it_has(tmp_path: Path) -> None:
    folder, state = movielens(tmp_path / "ml"), tmp_path / "state"
    first = run("build", str(folder), state=state)
    assert (first["films"], first["encoded"], first["rated"], first["looks"]) == (20, 20, 20, 0)
    (tmp_path / "reviews.csv").write_text("movieId,text\n3,A wonderful and touching film.\n3,I loved it.\n")
    (tmp_path / "few.csv").write_text("userId,movieId,rating\n1,3,4\n1,5,4\n2,3,5\n2,5,1\n")
    again = run(
        "build", str(folder), "--ratings", str(tmp_path / "few.csv"), "--reviews", str(tmp_path / "reviews.csv"),
        state=state,
    )  # fmt: skip
    assert (again["encoded"], again["reused"], again["rated"]) == (0, 20, 2)
    artefact = read_artefact(current_folder(state / "index", "mine"))
    row = artefact.catalogue.row_of("3")
    assert row is not None
    assert artefact.catalogue.films[row].reviews == 2
    counts = run("inspect", state=state)["counts"]["known"]
    assert (counts["ratings"], counts["popularity"], counts["sentiment"]) == (2, 2, 1)


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [("--ratings", "a,b\n1,2\n", "columns are missing"),
     ("--ratings", "userId,movieId,rating\n1,zzz,4\n", "none of 20"), ("--reviews", "x,y\n1,2\n", "reviews.csv")],
)  # fmt: skip
def test_the_command_says_what_is_wrong_and_builds_nothing(
    tmp_path: Path, option: str, content: str, said: str
) -> None:
    folder = movielens(tmp_path / "ml")
    path = tmp_path / ("ratings-own.csv" if option == "--ratings" else "reviews.csv")
    path.write_text(content)
    arguments = ["build", str(folder), option, str(path), "--state-dir", str(tmp_path / "state")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1
    assert said in " ".join(done.output.split())
    assert not (tmp_path / "state" / "index").exists()


def test_posters_that_are_of_no_film_are_told(tmp_path: Path) -> None:
    (tmp_path / "stranger.jpg").write_bytes(b"")
    done = CliRunner().invoke(
        app, ["build", "--posters", str(tmp_path), "--no-topics", "--state-dir", str(tmp_path / "state")]
    )
    assert done.exit_code == 1
    assert "MOVIE_ID.jpg" in " ".join(done.output.split())


def test_without_torch_posters_name_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "torch", None)
    (tmp_path / "farm-pig.jpg").write_bytes(b"any file: torch is looked for first")
    step = PostersFolder(tmp_path, known=tmp_path / "known")
    with pytest.raises(Exception, match="make env-build"):
        step.measure(small_catalogue(), tell=silent)
