"""Making sure that the catalogues which personas answer from are built and current."""

from collections.abc import Callable, Collection
from pathlib import Path

from index.artefact import current_folder, read_artefact
from index.build import build, gather
from index.encoder import load_encoder
from index.enrich import enriched
from index.errors import ArtefactError
from index.recipe import Ingredients, brought, fingerprint, steps
from index.sources.starter import JsonLinesFolder

#: The catalogue that ships with the project.
STARTER = "starter"


def prepare_catalogues(root: Path, names: Collection[str], *, say: Callable[[str], None]) -> None:
    """Builds the starter catalogue where what it is made of changed or its artefact is damaged, and checks the others.

    Raises `IndexingError`, saying what to run, for a catalogue that is not built, damaged or faulty.
    """
    for name in sorted(names):
        if name == STARTER:
            _prepare_starter(root, say)
        else:
            read_artefact(current_folder(root, name))


def _prepare_starter(root: Path, say: Callable[[str], None]) -> None:
    source = JsonLinesFolder()
    known = brought(gather([source]), [source])
    wanted = steps([source], Ingredients())
    recipe = fingerprint(known, wanted)
    if _recipe_in_force(root) == recipe:
        return
    say(f"building the starter catalogue ({len(known.films)} films)")
    known = enriched(known, wanted, tell=lambda what, done, of: say(what) if done == 0 and of else None)
    report = build(
        known,
        root=root,
        catalogue=STARTER,
        encoder=load_encoder(),
        sources=[source.name, *(step.name for step in wanted)],
        recipe=recipe,
    )
    say(f"{report.encoded} films encoded, {report.reused} unchanged, in {report.seconds:.1f} s")


def _recipe_in_force(root: Path) -> str | None:
    try:
        return read_artefact(current_folder(root, STARTER)).manifest.recipe
    except ArtefactError:
        return None  # not built yet, damaged or of another format: built anew
