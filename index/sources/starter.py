"""A folder of JSON-lines files, one film a line; the starter catalogue that ships with the project is one."""

from collections.abc import Iterator
from pathlib import Path

from index.errors import CatalogueError
from index.film import Film, read_films
from index.posters import FOLDER as POSTERS
from index.posters import read_addresses, with_addresses
from index.sources.derived import read_figures, with_figures

STARTER_FOLDER = Path(__file__).parents[1] / "starter" / "films"
#: Figures measured of the starter films.
DERIVED_FOLDER = STARTER_FOLDER.parent / "derived"


class JsonLinesFolder:
    """The films of every `*.jsonl` file in a folder, files in order of their names, with the figures that a folder
    `derived` beside it holds, and the addresses of posters that a folder `posters` does."""

    #: A folder of films brings no ratings, and leaves nothing out.
    ratings_file: Path | None = None
    notes: tuple[str, ...] = ()

    def __init__(self, folder: Path = STARTER_FOLDER, *, name: str = "starter") -> None:
        self.folder, self.name = folder, name

    def films(self) -> Iterator[Film]:
        paths = sorted(self.folder.glob("*.jsonl"))
        if not paths:
            raise CatalogueError(f"{self.folder} holds no .jsonl file")
        figures = read_figures(self.folder.parent / DERIVED_FOLDER.name)
        posters = read_addresses(self.folder.parent / POSTERS)
        faults = []
        for path in paths:
            try:
                yield from with_addresses(with_figures(read_films(path), figures), posters)
            except CatalogueError as error:
                faults.append(str(error))
        if faults:
            raise CatalogueError("\n".join(faults))
