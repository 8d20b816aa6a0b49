"""`matinee index`: build, add, verify and inspect a catalogue's artefact."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from index.artefact import Artefact, current_folder, read_artefact, verify_artefact
from index.build import BuildReport, add, build, gather
from index.encoder import ONNX_MINILM, load_encoder
from index.errors import IndexingError
from index.film import Film
from index.looks.cli import looks, looks_train
from index.ratings.cli import ratings
from index.sources import FilmSource
from index.sources.csv_file import CsvFile
from index.sources.starter import JsonLinesFolder

app = typer.Typer(name="index", help="Build and look into a catalogue's artefact.", no_args_is_help=True)
app.command("looks")(looks)
app.command("looks-train")(looks_train)
app.command("ratings")(ratings)
_errors = Console(stderr=True)

StateDir = Annotated[Path, typer.Option(envvar="MATINEE_STATE_DIR", help="Folder of everything that is built or kept.")]
CatalogueName = Annotated[str, typer.Option("--catalogue", help="Name of the catalogue.")]
EncoderName = Annotated[str, typer.Option(help=f"{ONNX_MINILM}, or a sentence-transformers model by name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


def _source(path: Path) -> FilmSource:
    return JsonLinesFolder(path, name=path.name) if path.is_dir() else CsvFile(path)


def _fail(error: IndexingError) -> typer.Exit:
    _errors.print(str(error), markup=False, highlight=False)
    return typer.Exit(1)


def _build(films: list[Film], *, root: Path, catalogue: str, encoder_name: str, sources: list[str]) -> BuildReport:
    encoder = load_encoder(encoder_name)
    columns = (TextColumn("encoding films"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_errors) as bar:
        task = bar.add_task("films", total=None)
        return build(
            films,
            root=root,
            catalogue=catalogue,
            encoder=encoder,
            sources=sources,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )


def _tell(report: BuildReport, *, as_json: bool) -> None:
    if as_json:
        figures = {"films": report.films, "encoded": report.encoded, "reused": report.reused}
        typer.echo(json.dumps({"artefact": report.folder.name, **figures, "seconds": round(report.seconds, 3)}))
        return
    typer.echo(
        f"{report.films} films ({report.encoded} encoded, {report.reused} unchanged) in {report.seconds:.1f} s: "
        f"artefact {report.folder.name}"
    )


@app.command("build")
def build_command(
    sources: Annotated[
        list[Path] | None, typer.Argument(help="CSV files and folders of .jsonl files; the starter films if none.")
    ] = None,
    *,
    catalogue: CatalogueName = "starter",
    state_dir: StateDir = Path(".matinee"),
    encoder: EncoderName = ONNX_MINILM,
    as_json: AsJson = False,
) -> None:
    """Build a catalogue's artefact from its sources and make it the current one."""
    chosen: list[FilmSource] = [_source(path) for path in sources] if sources else [JsonLinesFolder()]
    try:
        films = gather(chosen)
        names = [source.name for source in chosen]
        report = _build(films, root=state_dir / "index", catalogue=catalogue, encoder_name=encoder, sources=names)
    except IndexingError as error:
        raise _fail(error) from error
    _tell(report, as_json=as_json)


@app.command("add")
def add_command(
    sources: Annotated[list[Path], typer.Argument(help="CSV files and folders of .jsonl files.")],
    *,
    catalogue: CatalogueName = "starter",
    state_dir: StateDir = Path(".matinee"),
    as_json: AsJson = False,
) -> None:
    """Add films to a built catalogue, or replace those whose movie_id it knows."""
    root = state_dir / "index"
    try:
        current = read_artefact(current_folder(root, catalogue))
        chosen = [_source(path) for path in sources]
        films = add(gather(chosen), to=current)
        names = [*current.manifest.sources, *(source.name for source in chosen)]
        report = _build(films, root=root, catalogue=catalogue, encoder_name=current.manifest.encoder, sources=names)
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
        table.add_row(field, ", ".join(f"{word} {count}" for word, count in list(words.items())[:14]))
    Console().print(table)


def _counts(artefact: Artefact) -> dict[str, dict[str, int]]:
    films = artefact.catalogue.films
    decades = Counter(f"{film.year // 10 * 10}s" for film in films if film.year)
    certifications = Counter(film.certification or "unknown" for film in films)
    fields = ("genres", "moods", "themes", "countries", "languages")
    words = {field: Counter(word for film in films for word in getattr(film, field)) for field in fields}
    figures = ("poster_url", "lightness", "sentiment", "popularity", "synopsis")
    known = Counter(name for film in films for name in figures if getattr(film, name) not in (None, ""))
    all_counts = {"decades": decades, "certifications": certifications, **words, "known": known}
    return {field: dict(counter.most_common()) for field, counter in all_counts.items()}
