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
from spacy.language import Language
from spacy.training import Example as SpacyExample
from thinc.util import fix_random_seed

from nlu.tagger import LABELS, Tagger, doc_of
from nlu.training.fillers import PARTS, VOCABULARIES, fillers, part
from nlu.training.generate import generated
from nlu.training.marked import Example
from nlu.training.score import span_f1
from nlu.training.written import sources, written
from nlu.words import read

MANIFEST = "manifest.json"
SEED = 7
#: One change here means that a pipeline of before no longer fits the code that reads it.
FORMAT = 2
_CODE = ("fillers.py", "generate.py", "marked.py", "pipeline.py", "spelling.py", "written.py")


class TrainingError(Exception):
    """The inputs cannot be trained on; the message says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the component is trained. The defaults take about a minute on two cores."""

    epochs: int = 8
    """Passes over all examples, 1-50."""
    width: int = 64
    """Width of the token vectors, 32-128."""
    depth: int = 3
    """Convolutions, each seeing one token further to both sides, 1-6."""
    dropout: float = 0.35
    """Share of activations left out while training, 0-0.6."""
    repeat: int = 3
    """How many times each hand-written request counts against the made ones, 1-20."""
    made: int = 5000
    """Requests made from templates, 0-20,000."""
    rows: int = 5000
    """Rows of the table of words, 500-10,000; those of their beginnings and ends are half as many."""
    batch: int = 64
    """Requests a step, 8-256."""
    seed: int = SEED
    """Everything random hangs on it."""


def inputs_hash(names: Path | None = None, *, settings: Settings | None = None) -> str:
    """SHA-256 over everything that a pipeline is made from: it is up to date where its manifest holds the same."""
    digest = hashlib.sha256(f"{FORMAT} {version('spacy')} {settings or Settings()}".encode())
    nlu = files("nlu")
    inputs = [
        nlu.joinpath("words.py"),
        nlu.joinpath("tagger.py"),
        *(nlu.joinpath("training", name) for name in (*_CODE, *PARTS)),
        *sources(),
    ]
    # All of them: how well they know a word is a feature (nlu.tagger.familiarity).
    inputs += sorted(
        (part for part in nlu.joinpath("lexicons").iterdir() if part.name.endswith(".yaml")), key=lambda part: part.name
    )
    inputs += [files("persona_configs.vocabulary").joinpath(name) for name in VOCABULARIES]
    for source in inputs:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
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
    texts = written()
    rows = [*_made(names, random_, settings), *texts.learned * settings.repeat]
    nlp = _blank(settings)
    docs = [_pair(nlp, row) for row in rows]
    loss = _fit(nlp, docs, random_, settings)
    manifest = {
        "format": FORMAT,
        "inputs": inputs_hash(names, settings=settings),
        "spacy": version("spacy"),
        "examples": len(rows),
        "loss": round(loss, 4),
        "written": len(texts.learned),
        "held_out": len(texts.held_out),
        "f1": span_f1(Tagger(nlp), texts.held_out),
        "seconds": round(perf_counter() - started, 1),
    }
    _write(nlp, out, manifest)
    return manifest


def _made(names: Path | None, random_: random.Random, settings: Settings) -> list[Example]:
    rows = [_json(line, names) for line in names.read_text(encoding="utf-8").splitlines()] if names else []
    titles, people = ([row[key] for row in rows if isinstance(row.get(key), str)] for key in ("title", "person"))
    templates = part("templates.yaml")["templates"]
    return list(generated(fillers(titles=titles, people=people), templates, random_, count=settings.made))


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
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": settings.width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "TAG"],
            "rows": [settings.rows, settings.rows // 2, settings.rows // 2, settings.rows // 4, 100],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": settings.width,
            "depth": settings.depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
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
        for first in range(0, len(order), settings.batch):
            nlp.update(order[first : first + settings.batch], sgd=optimizer, drop=settings.dropout, losses=losses)
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
