"""A folder of JSON-lines files, one film a line; the starter catalogue that ships with the project is one."""

from collections.abc import Iterator
from pathlib import Path

from index.errors import CatalogueError
from index.film import Film, read_films

STARTER_FOLDER = Path(__file__).parents[1] / "starter" / "films"


class JsonLinesFolder:
    """The films of every `*.jsonl` file in a folder, files in order of their names."""

    def __init__(self, folder: Path = STARTER_FOLDER, *, name: str = "starter") -> None:
        self.folder, self.name = folder, name

    def films(self) -> Iterator[Film]:
        paths = sorted(self.folder.glob("*.jsonl"))
        if not paths:
            raise CatalogueError(f"{self.folder} holds no .jsonl file")
        faults = []
        for path in paths:
            try:
                yield from read_films(path)
            except CatalogueError as error:
                faults.append(str(error))
        if faults:
            raise CatalogueError("\n".join(faults))
