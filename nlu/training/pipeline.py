"""Training the spaCy pipeline and writing it as a folder that says what it was made from."""

import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import Any

import spacy
import spacy.tokens
import yaml
from spacy.language import Language
from spacy.training import Example as SpacyExample
from thinc.util import fix_random_seed

from nlu.tagger import LABELS, doc_of
from nlu.training.generate import GENERATED, Names, generated
from nlu.training.marked import Example, examples
from nlu.words import read

MANIFEST = "manifest.json"
SEED = 7
BATCH = 32
#: One change here means that a pipeline of before no longer fits the code that reads it.
FORMAT = 1
_INPUTS = (
    "training/names.yaml",
    "training/templates.yaml",
    "training/utterances.txt",
    "training/generate.py",
    "training/pipeline.py",
    "words.py",
)
_VOCABULARIES = ("moods.yaml", "themes.yaml", "genres.yaml")


class TrainingError(Exception):
    """The inputs cannot be trained on; the message says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the component is trained. The defaults take about half a minute on two cores."""

    epochs: int = 7
    """Passes over all examples, 1-50."""
    width: int = 64
    """Width of the token vectors, 32-128."""
    depth: int = 3
    """Convolutions, each seeing one token further to both sides, 1-6."""
    dropout: float = 0.2
    """Share of activations left out while training, 0-0.6."""
    repeat: int = 3
    """How many times each hand-written request counts against the made ones, 1-20."""
    seed: int = SEED
    """Everything random hangs on it."""


def inputs_hash(names: Path | None = None, *, settings: Settings | None = None) -> str:
    """SHA-256 over everything that a pipeline is made from: it is up to date where its manifest holds the same."""
    digest = hashlib.sha256(f"{FORMAT} {version('spacy')} {settings or Settings()}".encode())
    for part in _INPUTS:
        digest.update(files("nlu").joinpath(part).read_bytes())
    for part in _VOCABULARIES:
        digest.update(files("persona_configs.vocabulary").joinpath(part).read_bytes())
    if names:
        digest.update(names.read_bytes())
    return digest.hexdigest()


def is_current(out: Path, names: Path | None = None) -> bool:
    """Whether the folder holds a pipeline made from the inputs as they are now."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("inputs") == inputs_hash(names)


def train(out: Path, names: Path | None = None, *, settings: Settings | None = None) -> dict[str, Any]:
    """Trains and writes the pipeline to `out`, whole or not at all; returns its manifest. Same inputs, same weights.

    `names` is a file of JSON lines, {"title": …} or {"person": …} each. Raises `TrainingError`, `MarkError`.
    """
    settings = settings or Settings()
    started = perf_counter()
    fix_random_seed(settings.seed)
    random_ = random.Random(settings.seed)  # noqa: S311
    rows = _rows(names, random_, settings)
    nlp = _blank(settings)
    docs = [_pair(nlp, row) for row in rows]
    loss = _fit(nlp, docs, random_, settings)
    manifest = {
        "format": FORMAT,
        "inputs": inputs_hash(names, settings=settings),
        "spacy": version("spacy"),
        "examples": len(rows),
        "loss": round(loss, 4),
        "seconds": round(perf_counter() - started, 1),
    }
    _write(nlp, out, manifest)
    return manifest


def _rows(names: Path | None, random_: random.Random, settings: Settings) -> list[Example]:
    training = files("nlu").joinpath("training")
    pool = yaml.safe_load(training.joinpath("names.yaml").read_text(encoding="utf-8"))
    titles, people = list(map(str, pool["titles"])), list(map(str, pool["people"]))
    for line in names.read_text(encoding="utf-8").splitlines() if names else ():
        row = _json(line, names)
        if isinstance(row.get("title"), str):
            titles.append(row["title"])
        if isinstance(row.get("person"), str):
            people.append(row["person"])
    # A bracket would read as a mark of our own format.
    titles, people = ([name for name in pool_ if not set(name) & set("[]()")] for pool_ in (titles, people))
    templates = yaml.safe_load(training.joinpath("templates.yaml").read_text(encoding="utf-8"))["templates"]
    source = training.joinpath("utterances.txt").read_text(encoding="utf-8")
    written = list(examples(source, labels=frozenset(LABELS), name="utterances.txt"))
    made = generated(Names(titles, people, list(map(str, pool["keywords"]))), templates, random_, count=GENERATED)
    return [*made, *written * settings.repeat]


def _json(line: str, source: Path | None) -> dict[str, Any]:
    try:
        row = json.loads(line) if line.strip() else {}
    except ValueError as error:
        raise TrainingError(f"{source}: {line[:80]!r} is no JSON; write one object a line") from error
    if not isinstance(row, dict):
        raise TrainingError(f'{source}: {line[:80]!r} is no object; write {{"title": …}} or {{"person": …}}')
    return row


def _blank(settings: Settings) -> Language:
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": settings.width,
        "depth": settings.depth,
        "embed_size": 1500,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 48,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }
    ner = nlp.add_pipe("ner", config={"model": model})
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    return nlp


def _pair(nlp: Language, row: Example) -> SpacyExample:
    reading = read(row.text)
    doc = doc_of(nlp, reading.words)
    gold = doc.copy()
    spans = [(*reading.words_in(start, end), label) for start, end, label in row.spans]
    gold.ents = tuple(spacy.tokens.Span(gold, first, last, label=label) for first, last, label in spans if last > first)
    return SpacyExample(doc, gold)


def _fit(nlp: Language, docs: Sequence[SpacyExample], random_: random.Random, settings: Settings) -> float:
    """Trains in place; returns the loss of the last pass per example."""
    order = list(docs)
    optimizer = nlp.initialize(lambda: order)
    loss = 0.0
    for _ in range(settings.epochs):
        random_.shuffle(order)
        losses: dict[str, float] = {}
        for first in range(0, len(order), BATCH):
            nlp.update(order[first : first + BATCH], sgd=optimizer, drop=settings.dropout, losses=losses)
        loss = float(losses["ner"]) / len(order)
    return loss


def _write(nlp: Language, out: Path, manifest: dict[str, Any]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        nlp.to_disk(made)
        sums = {
            str(path.relative_to(made)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(made.rglob("*"))
            if path.is_file()
        }
        (made / MANIFEST).write_text(json.dumps({**manifest, "files": sums}, indent=1), encoding="utf-8")
        made.chmod(0o755)
        if out.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
            out.rename(old / "was")
            made.rename(out)
            shutil.rmtree(old)
        else:
            made.rename(out)
    finally:
        shutil.rmtree(made, ignore_errors=True)
