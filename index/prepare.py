"""Making sure that the catalogues which personas answer from are built and current."""

from collections.abc import Callable, Collection
from pathlib import Path

from index.artefact import current_folder, read_artefact
from index.build import build, gather
from index.encoder import load_encoder
from index.errors import ArtefactError
from index.sources.starter import JsonLinesFolder

#: The catalogue that ships with the project.
STARTER = "starter"


def prepare_catalogues(root: Path, names: Collection[str], *, say: Callable[[str], None]) -> None:
    """Builds the starter catalogue where its films changed or its artefact is damaged, and checks the others.

    Raises `IndexingError`, saying what to run, for a catalogue that is not built, damaged or faulty.
    """
    for name in sorted(names):
        if name == STARTER:
            _prepare_starter(root, say)
        else:
            read_artefact(current_folder(root, name))


def _prepare_starter(root: Path, say: Callable[[str], None]) -> None:
    source = JsonLinesFolder()
    films = gather([source])
    try:
        if list(read_artefact(current_folder(root, STARTER)).catalogue.films) == films:
            return
    except ArtefactError:
        pass  # not built yet, or damaged: built below
    say(f"building the starter catalogue ({len(films)} films)")
    report = build(films, root=root, catalogue=STARTER, encoder=load_encoder(), sources=[source.name])
    say(f"{report.encoded} films encoded, {report.reused} unchanged, in {report.seconds:.1f} s")
