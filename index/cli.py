"""`matinee index`: build, add, verify and inspect a catalogue's artefact."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from index.artefact import Artefact, current_folder, read_artefact, verify_artefact
from index.build import BuildReport, add, build, gather
from index.deriving import derive
from index.encoder import ONNX_MINILM, load_encoder
from index.enrich import Enriched, enriched
from index.errors import IndexingError
from index.film import Film
from index.looks.cli import looks, looks_train
from index.looks.folder import PostersFolder
from index.parts import seen_rows
from index.ratings.cli import ratings as ratings_command
from index.recipe import Ingredients, Step, brought, fingerprint, steps
from index.reviews.cli import reviews as reviews_command
from index.sources import ToldSource
from index.sources.chosen import source_for
from index.sources.starter import JsonLinesFolder
from index.sources.tmdb.cli import tmdb
from index.topics.show import TOPICS, topics_table

app = typer.Typer(name="index", help="Build and look into a catalogue's artefact.", no_args_is_help=True)
app.command("derive")(derive)
app.command("looks")(looks)
app.command("looks-train")(looks_train)
app.command("ratings")(ratings_command)
app.command("reviews")(reviews_command)
app.command("tmdb")(tmdb)
_errors = Console(stderr=True)

StateDir = Annotated[Path, typer.Option(envvar="MATINEE_STATE_DIR", help="Folder of everything that is built or kept.")]
CatalogueName = Annotated[str, typer.Option("--catalogue", help="Name of the catalogue.")]
EncoderName = Annotated[str, typer.Option(help=f"{ONNX_MINILM}, or a sentence-transformers model by name.")]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="What the columns of a CSV file are; FILE.mapping.yaml beside FILE.csv if none."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


def _chosen(paths: Sequence[Path], mapping: Path | None) -> list[ToldSource]:
    if mapping is not None and len(paths) != 1:
        raise typer.BadParameter("--mapping is for one CSV file: name that file alone, or put a mapping beside each")
    return [source_for(path, mapping) for path in paths]


def _gathered(sources: Sequence[ToldSource]) -> list[Film]:
    try:
        return gather(sources)
    finally:
        for source in sources:
            for note in source.notes:
                _errors.print(note, markup=False, highlight=False)


def _fail(error: IndexingError) -> typer.Exit:
    _errors.print(str(error), markup=False, highlight=False)
    return typer.Exit(1)


def _build(
    known: Enriched,
    measured_by: Sequence[Step],
    *,
    root: Path,
    catalogue: str,
    encoder_name: str,
    sources: list[str],
    recipe: str = "",
) -> BuildReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_errors) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.update(tasks[what], completed=done, total=of)

        known = enriched(known, measured_by, tell=tell)
        report = build(
            known,
            root=root,
            catalogue=catalogue,
            encoder=load_encoder(encoder_name),
            sources=tuple(dict.fromkeys((*sources, *(step.name for step in measured_by)))),
            recipe=recipe,
            progress=lambda done, of: tell("encoding films", done, of),
        )
    for step in measured_by:
        for fault in step.left_out if isinstance(step, PostersFolder) else ():
            _errors.print(f"left out: {fault}", markup=False, highlight=False)
    return report


def _tell(report: BuildReport, *, as_json: bool) -> None:
    if as_json:
        figures = {"films": report.films, "encoded": report.encoded, "reused": report.reused}
        figures |= {"looks": report.looks, "rated": report.rated}
        typer.echo(json.dumps({"artefact": report.folder.name, **figures, "seconds": round(report.seconds, 3)}))
        return
    typer.echo(
        f"{report.films} films ({report.encoded} encoded, {report.reused} unchanged; {report.looks} with looks, "
        f"{report.rated} with ratings) in {report.seconds:.1f} s: artefact {report.folder.name}"
    )


@app.command("build")
def build_command(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(help="CSV files, folders of .jsonl files, MovieLens folders; the starter films if none."),
    ] = None,
    *,
    mapping: MappingFile = None,
    posters: Annotated[
        Path | None, typer.Option(help="Folder of posters, MOVIE_ID.jpg or IMDB_ID.jpg.", file_okay=False, exists=True)
    ] = None,
    ratings: Annotated[
        Path | None, typer.Option(help="CSV userId,movieId,rating, or a MovieLens folder; the source's own if none.")
    ] = None,
    links: Annotated[
        Path | None, typer.Option(help="CSV movieId,imdbId[,tmdbId] where ratings do not name films by movie_id.")
    ] = None,
    reviews: Annotated[
        Path | None, typer.Option(help="CSV or JSON lines of reviews (.gz too); reviews.csv of a folder if none.")
    ] = None,
    topics: Annotated[bool, typer.Option("--topics/--no-topics", help="Learn what plots have in common.")] = True,
    catalogue: CatalogueName = "starter",
    state_dir: StateDir = Path(".matinee"),
    encoder: EncoderName = ONNX_MINILM,
    as_json: AsJson = False,
) -> None:
    """Build a catalogue's artefact from its sources and make it the current one."""
    try:
        chosen = _chosen(sources, mapping) if sources else [JsonLinesFolder()]
        known = brought(_gathered(chosen), chosen)
        wanted = Ingredients(
            posters=posters,
            ratings=ratings,
            links=links,
            reviews=reviews,
            topics=topics,
            known_posters=state_dir / "looks",
        )
        report = _build(
            known,
            steps(chosen, wanted),
            root=state_dir / "index",
            catalogue=catalogue,
            encoder_name=encoder,
            sources=[source.name for source in chosen],
            recipe=fingerprint(known, steps(chosen, Ingredients())),
        )
    except IndexingError as error:
        raise _fail(error) from error
    _tell(report, as_json=as_json)


@app.command("add")
def add_command(
    sources: Annotated[list[Path], typer.Argument(help="CSV files, folders of .jsonl files, MovieLens folders.")],
    *,
    mapping: MappingFile = None,
    catalogue: CatalogueName = "starter",
    state_dir: StateDir = Path(".matinee"),
    as_json: AsJson = False,
) -> None:
    """Add films to a built catalogue, or replace those whose movie_id it knows."""
    root = state_dir / "index"
    try:
        current = read_artefact(current_folder(root, catalogue))
        chosen = _chosen(sources, mapping)
        new = brought(_gathered(chosen), chosen)
        names = [*current.manifest.sources, *(source.name for source in chosen)]
        report = _build(
            add(new, to=current),
            (),
            root=root,
            catalogue=catalogue,
            encoder_name=current.manifest.encoder,
            sources=names,
        )
    except IndexingError as error:
        raise _fail(error) from error
    _tell(report, as_json=as_json)


@app.command()
def verify(*, catalogue: CatalogueName = "starter", state_dir: StateDir = Path(".matinee")) -> None:
    """Check every file of the current artefact against its manifest."""
    try:
        folder = current_folder(state_dir / "index", catalogue)
        manifest = verify_artefact(folder)
    except IndexingError as error:
        raise _fail(error) from error
    typer.echo(f"{catalogue}: artefact {folder.name} is intact ({manifest.films} films, {manifest.encoder})")


@app.command()
def inspect(
    *, catalogue: CatalogueName = "starter", state_dir: StateDir = Path(".matinee"), as_json: AsJson = False
) -> None:
    """Show what a catalogue holds."""
    try:
        artefact = read_artefact(current_folder(state_dir / "index", catalogue))
    except IndexingError as error:
        raise _fail(error) from error
    counts = _counts(artefact)
    if as_json:
        manifest = artefact.manifest.model_dump(mode="json")
        typer.echo(json.dumps({"artefact": artefact.path.name, "manifest": manifest, "counts": counts}))
        return
    table = Table(title=f"{catalogue}: {len(artefact.catalogue)} films, artefact {artefact.path.name}")
    table.add_column("what")
    table.add_column("how many films")
    for field, words in counts.items():
        if field != TOPICS:
            table.add_row(field, ", ".join(f"{word} {count}" for word, count in list(words.items())[:14]))
    Console().print(table)
    if (learned := topics_table(artefact.catalogue.films, artefact.manifest.sources)) is not None:
        Console().print(learned)


def _counts(artefact: Artefact) -> dict[str, dict[str, int]]:
    films = artefact.catalogue.films
    decades = Counter(f"{film.year // 10 * 10}s" for film in films if film.year)
    certifications = Counter(film.certification or "unknown" for film in films)
    fields = ("genres", "moods", "themes", "countries", "languages", TOPICS)
    words = {field: Counter(word for film in films for word in getattr(film, field)) for field in fields}
    figures = ("poster_url", "lightness", "sentiment", "popularity", "synopsis")
    known = Counter(name for film in films for name in figures if getattr(film, name) not in (None, ""))
    known["poster vector"] = len(seen_rows(artefact.looks)) if artefact.looks is not None else 0
    known["ratings"] = int(artefact.items.known.sum()) if artefact.items else 0
    all_counts = {"decades": decades, "certifications": certifications, **words, "known": known}
    return {field: dict(counter.most_common()) for field, counter in all_counts.items()}
