"""`matinee index looks` and `looks-train`: from posters to figures and vectors, and from labels to styles."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.errors import CatalogueError, IndexingError
from index.film import Film
from index.looks.addresses import download_posters
from index.looks.kept import write_looks
from index.looks.labels import SCORED, TRAINING, read_labels
from index.looks.measuring import KnownPosters, Measured, measure_posters
from index.looks.names import named_files
from index.looks.network import LITE0, load_network
from index.looks.styles import SHIPPED, read_styles, write_styles
from index.looks.training import train
from index.sources.chosen import source_for
from index.sources.starter import DERIVED_FOLDER, STARTER_FOLDER

_errors = Console(stderr=True)

StateDir = Annotated[Path, typer.Option(envvar="MATINEE_STATE_DIR", help="Folder of everything that is built or kept.")]
NetworkName = Annotated[
    str, typer.Option(help=f"{LITE0}, or torchvision weights by name such as ResNet50_Weights (downloaded once).")
]


def looks(
    posters: Annotated[
        Path | None, typer.Argument(help="Folder of poster files, MOVIE_ID.jpg.", file_okay=False, exists=True)
    ] = None,
    *,
    films: Annotated[Path, typer.Option(help="The films: a CSV file or a folder of .jsonl files.")] = STARTER_FOLDER,
    names: Annotated[
        Path | None,
        typer.Option(help="CSV movie_id,file, or with columns file and imdb_id, where files are named otherwise."),
    ] = None,
    download: Annotated[
        bool, typer.Option("--download", help="Fetch the posters of films that have no file but a poster_url.")
    ] = False,
    network: NetworkName = LITE0,
    styles: Annotated[Path, typer.Option(help="Folder of the trained styles.")] = SHIPPED,
    out: Annotated[Path, typer.Option(help="Folder to write the looks to.")] = DERIVED_FOLDER,
    state_dir: StateDir = Path(".matinee"),
) -> None:
    """Measure posters: lightness, colourfulness, warmth, styles and vectors. Known files are not measured again."""
    if posters is None and not download:
        raise typer.BadParameter("name a folder of posters, or --download those that the films link to")
    try:
        catalogue = list(source_for(films).films())
        trained = read_styles(styles, network=network)
        files = dict(_files(catalogue, posters, names)) if posters else {}
        if download:
            files |= _downloaded([film for film in catalogue if film.movie_id not in files], state_dir / "posters")
        measured = _measured(files, network, state_dir)
        write_looks(out, measured, trained)
    except (IndexingError, OSError, ValueError) as error:
        raise _fail(error) from error
    typer.echo(
        f"{len(measured.ids)} of {len(catalogue)} films have looks now "
        f"({len(measured.ids) - measured.reused} posters measured, {measured.reused} unchanged)"
    )


def looks_train(
    posters: Annotated[Path, typer.Argument(help="Folder of poster files, movieId.jpg.", file_okay=False, exists=True)],
    *,
    titles: Annotated[Path, typer.Option(help="CSV file with movieId and a year, or a title that ends in (YEAR).")],
    labels: Annotated[Path, typer.Option(help="Labels by eye to train on.")] = TRAINING,
    held_out: Annotated[Path, typer.Option(help="Labels whose posters take part in nothing.")] = SCORED,
    network: NetworkName = LITE0,
    out: Annotated[Path, typer.Option(help="Folder to write the styles to.")] = SHIPPED,
    state_dir: StateDir = Path(".matinee"),
) -> None:
    """Train the styles on a folder of posters, with labels given by eye and release years."""
    try:
        files = {path.stem: path for path in sorted(posters.glob("*.jpg"))}
        measured = _measured(files, network, state_dir)
        trained = train(
            measured,
            network=network,
            labels=read_labels(labels),
            years=_years(titles),
            held_out=frozenset(read_labels(held_out)),
        )
        write_styles(trained, out)
    except (IndexingError, OSError, ValueError) as error:
        raise _fail(error) from error
    for style, counts in trained.provenance.labelled.items():
        typer.echo(f"{style}: {counts['for']} posters for it, {counts['against']} against")


def _fail(error: Exception) -> typer.Exit:
    _errors.print(str(error), markup=False, highlight=False)
    return typer.Exit(1)


def _bar(what: str) -> Progress:
    return Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=_errors)


def _measured(files: dict[str, Path], network: str, state_dir: Path) -> Measured:
    known = KnownPosters.read(state_dir / "looks", network)
    with _bar("measuring posters") as bar:
        task = bar.add_task("posters", total=None)
        measured = measure_posters(
            files,
            network=load_network(network),
            known=known,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
    known.write()
    _tell_left_out(measured.faults)
    return measured


def _downloaded(films: Iterable[Film], folder: Path) -> dict[str, Path]:
    addresses = {str(film.movie_id): film.poster_url for film in films if film.poster_url}
    with _bar("fetching posters") as bar, httpx.Client() as client:
        task = bar.add_task("posters", total=len(addresses))
        files, faults = download_posters(
            addresses, folder, client=client, progress=lambda done, _of: bar.update(task, completed=done)
        )
    _tell_left_out(faults)
    return files


def _tell_left_out(faults: Iterable[str]) -> None:
    for fault in faults:
        _errors.print(f"left out: {fault}", markup=False, highlight=False)


def _files(films: Sequence[Film], posters: Path, names: Path | None) -> Iterable[tuple[str, Path]]:
    named = named_files(names, films) if names else {}
    for film in films:
        path = posters / named.get(film.movie_id, f"{film.movie_id}.jpg")
        if path.is_file():
            yield film.movie_id, path


def _years(path: Path) -> dict[str, int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if "movieId" not in (columns := rows.fieldnames or ()) or not {"year", "title"} & set(columns):
            raise CatalogueError(f"{path.name}:1: no column movieId, or neither year nor title")
        found = {row["movieId"]: row.get("year") or _year_in(row.get("title") or "") for row in rows}
    return {movie_id: int(year) for movie_id, year in found.items() if year and year.isdigit()}


def _year_in(title: str) -> str:
    ending = re.search(r"\((\d{4})\)\s*$", title)
    return ending[1] if ending else ""
