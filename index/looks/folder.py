"""A folder of posters as a measurement: each film's figures of its look, and its vector."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.enrich import Enriched, Tell
from index.film import Film
from index.looks.errors import LooksError
from index.looks.kept import KeptVectors, figures_of
from index.looks.measuring import KnownPosters, measure_posters
from index.looks.network import LITE0, load_network
from index.looks.styles import SHIPPED, read_styles
from index.sources.derived import with_figures

#: What poster files end in.
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


class PostersFolder:
    """The posters of a folder, named by movie_id or IMDb id; a measurement (`index.enrich`).

    `known` is where measured posters are remembered by what their files hold, so that none is measured twice. After
    measuring, `left_out` says of which files no picture could be read. Needs the build group (torch).
    """

    def __init__(self, path: Path, *, known: Path, network: str = LITE0, styles: Path = SHIPPED) -> None:
        self.path, self.name = path, path.name
        self.left_out: tuple[str, ...] = ()
        self._known, self._network, self._styles = known, network, styles

    def measure(self, films: Sequence[Film], *, tell: Tell) -> Enriched:
        """The films with their looks. Raises `LooksError` when the folder holds no poster of any film, or torch or the
        network's weights are missing."""
        posters = dict(self._files(films))
        if not posters:
            raise LooksError(
                f"{self.path} holds no poster of these {len(films)} films; files are named MOVIE_ID.jpg or IMDB_ID.jpg"
            )
        styles = read_styles(self._styles, network=self._network)
        known = KnownPosters.read(self._known, self._network)
        measured = measure_posters(
            posters,
            network=load_network(self._network),
            known=known,
            progress=lambda done, of: tell("measuring posters", done, of),
        )
        known.write()
        self.left_out = measured.faults
        looks = KeptVectors(measured.ids, styles.reduce(measured.vectors)) if measured.ids else None
        return Enriched(tuple(with_figures(films, figures_of(measured, styles))), looks=looks)

    def _files(self, films: Iterable[Film]) -> Iterator[tuple[str, Path]]:
        try:
            files = {path.stem: path for path in sorted(self.path.iterdir()) if path.suffix.lower() in _ENDINGS}
        except OSError as error:
            raise LooksError(f"{self.path} cannot be read ({error.strerror}); name a folder of posters") from error
        for film in films:
            path = files.get(film.movie_id) or files.get(film.imdb_id or "")
            if path is not None:
                yield film.movie_id, path
