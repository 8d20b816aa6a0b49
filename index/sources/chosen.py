"""Which kind of source a path is."""

from pathlib import Path

from index.errors import CatalogueError
from index.sources import ToldSource
from index.sources.csv_file import CsvFile
from index.sources.mapping import mapping_beside
from index.sources.movielens import MovieLensFolder, is_movielens
from index.sources.starter import JsonLinesFolder


def source_for(path: Path, mapping: Path | None = None) -> ToldSource:
    """The source at a path: a MovieLens folder, a folder of .jsonl files or a CSV file.

    `mapping` is for a CSV file; without one, `films.mapping.yaml` beside `films.csv` counts. Raises `CatalogueError`
    for a path that is none of these, and for a mapping with a folder.
    """
    if path.suffix in {".jsonl", ".json"} and path.is_file():
        raise CatalogueError(f"{path} is no CSV file; name the folder that holds it, every .jsonl file there is read")
    if not path.is_dir():
        return CsvFile(path, mapping or mapping_beside(path))
    if mapping is not None:
        raise CatalogueError(f"{path} is a folder, and a mapping is for a CSV file; leave --mapping out")
    if is_movielens(path):
        return MovieLensFolder(path)
    if any(path.glob("*.jsonl")):
        return JsonLinesFolder(path, name=path.absolute().name)
    raise CatalogueError(f"{path} holds no films: {_expected(path)}")


def films_or_starter(path: Path | None) -> ToldSource:
    """The source at a path, the starter films if None. Raises `CatalogueError` as `source_for` does."""
    return JsonLinesFolder() if path is None else source_for(path)


def _expected(path: Path) -> str:
    if (path / "answers").is_dir():
        return "fetching them was interrupted; run the same `matinee index tmdb` again, it goes on where it stopped"
    return "a folder of films has .jsonl files, or movies.csv as MovieLens writes it; name a CSV file itself"
