"""`matinee bench intents`: macro F1 on utterances kept out of training, against DIET alone and a bag of words."""

import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from scipy.sparse import hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bot.bench.figures import Figures, Row
from bot.bench.reliability import Judged, expected_error, reliability, written
from bot.settings import Settings
from bot.setup.environments import DIALOGUE, ROOT, SetupError
from bot.setup.examples import examples
from bot.setup.training import PROJECT, dialogue_model, hear, hear_examples, heard_file, train_parser

#: Utterances that nobody trains on or tunes by.
HELDOUT = ROOT / "tests" / "dialogue" / "heldout.yml"
PEER = ROOT / "bot" / "bench" / "diet_alone" / "config.yml"
TIMEOUT_S = 900
_console = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Told:
    """What a model made of the utterances: (intent, confidence) of each, and the seconds that its training took."""

    model: str
    best: Sequence[tuple[str, float]]
    train_s: float | None = None


def heldout(path: Path) -> tuple[tuple[str, str], ...]:
    """(text, intent) of each utterance of a file {intents: {intent: [text]}}. Raises `SetupError` for another form."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["intents"].items()
        found = tuple((str(text), str(intent)) for intent, texts in rows for text in texts)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(f"{path} holds no utterances; it is `intents: {{INTENT: [TEXT, …]}}`: {error}") from error
    if not found:
        raise SetupError(f"{path} holds no utterances")
    return found


def measure(path: Path, state_dir: Path) -> tuple[Figures, list[Told], list[Judged]]:
    """Trains ours and the peers on the same examples and scores them on a file of utterances. Raises `SetupError`."""
    gold = heldout(path)
    train_parser(state_dir, say=_console.print)
    hear_examples(state_dir, say=_console.print)
    learned = examples(PROJECT / "data" / "nlu")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        ours, ours_s = _trained(made, config=PROJECT / "config.yml", heard=heard_file(state_dir))
        diet, diet_s = _trained(made, config=PEER, heard=None)
        texts = [text for text, _ in gold]
        answers = hear(texts, state_dir, made / "heldout.json")
        told = [
            Told("matinee", read(ours, texts, answers), ours_s),
            Told("matinee, engine down", read(ours, texts, {})),
            Told("diet alone", read(diet, texts, {}), diet_s),
            bag_of_words(learned, texts),
        ]
    data: dict[str, str | float] = {"file": path.name, "utterances": len(gold), "examples": len(learned)}
    return Figures("intents", data, _rows(gold, told)), told, judged(gold, told[0].best)


def of_the_trained(path: Path, state_dir: Path) -> tuple[float, float]:
    """Macro F1 and expected calibration error of the model that is trained already. Raises `SetupError`."""
    gold = heldout(path)
    texts = [text for text, _ in gold]
    with tempfile.TemporaryDirectory() as folder:
        best = read(dialogue_model(state_dir), texts, hear(texts, state_dir, Path(folder) / "heldout.json"))
    return macro_f1(gold, best), expected_error(judged(gold, best))


def macro_f1(gold: Sequence[tuple[str, str]], best: Sequence[tuple[str, float]]) -> float:
    """The mean of the intents' F1."""
    return float(f1_score([intent for _, intent in gold], [name for name, _ in best], average="macro"))


def judged(gold: Sequence[tuple[str, str]], best: Sequence[tuple[str, float]]) -> list[Judged]:
    """Each confidence with whether it was right."""
    return [Judged(sure, name == intent) for (_, intent), (name, sure) in zip(gold, best, strict=True)]


def bag_of_words(learned: Sequence[tuple[str, str]], texts: Sequence[str]) -> Told:
    """The sparse peer: counts of words and of up to four letters, and a logistic regression."""
    started = time.perf_counter()
    counters = (CountVectorizer(), CountVectorizer(analyzer="char_wb", ngram_range=(1, 4)))
    known = hstack([counter.fit_transform([text for text, _ in learned]) for counter in counters])
    model = LogisticRegression(C=10, max_iter=200).fit(known, [intent for _, intent in learned])
    took = time.perf_counter() - started
    chances = model.predict_proba(hstack([counter.transform(texts) for counter in counters]))
    best = [(str(model.classes_[row.argmax()]), float(row.max())) for row in chances]
    return Told("bag of words", best, took)


def read(model: Path, texts: Sequence[str], answers: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The likeliest intent of each text and its confidence, by a trained model; fallback left out."""
    with tempfile.TemporaryDirectory() as folder:
        said, out = Path(folder) / "said.json", Path(folder) / "told.json"
        said.write_text(json.dumps({"texts": list(texts), "answers": dict(answers)}), encoding="utf-8")
        _dialogue("reading.py", "--model", str(model.resolve()), "--messages", str(said), "--out", str(out))
        return [(row[0][0], float(row[0][1])) for row in json.loads(out.read_text(encoding="utf-8"))["ranking"]]


def _trained(folder: Path, *, config: Path, heard: Path | None) -> tuple[Path, float]:
    out, started = folder / config.parent.name, time.perf_counter()
    settings = {"MATINEE_HEARD": str(heard.resolve())} if heard else {}
    _dialogue("train.py", "--out", str(out), "--config", str(config), settings=settings)
    return out / "dialogue.tar.gz", time.perf_counter() - started


def _dialogue(script: str, *arguments: str, settings: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(DIALOGUE / "bin" / "python"), str(PROJECT / script), *arguments],
        cwd=PROJECT, env=os.environ | (settings or {}), capture_output=True, text=True, timeout=TIMEOUT_S, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SetupError(f"{script} failed:\n{(done.stdout + done.stderr)[-2000:]}")


def _rows(gold: Sequence[tuple[str, str]], told: Sequence[Told]) -> list[Row]:
    right = [intent for _, intent in gold]
    rows: list[Row] = []
    for one in told:
        ece = expected_error(judged(gold, one.best))
        rows.append(
            {"model": one.model, "label": "all", "f1": macro_f1(gold, one.best), "ece": ece, "train_s": one.train_s}
        )
    names = sorted(set(right))
    for one in told:
        by_intent = f1_score(right, [name for name, _ in one.best], average=None, labels=names)
        rows += [
            {"model": one.model, "label": name, "f1": float(f1)} for name, f1 in zip(names, by_intent, strict=True)
        ]
    return rows


def intents_command(
    *,
    utterances: Annotated[
        Path, typer.Option("--heldout", help="YAML `intents: {INTENT: [TEXT, …]}`, none of them trained on.")
    ] = HELDOUT,
    report: Annotated[Path | None, typer.Option(help="Write the reliability diagram to this SVG file.")] = None,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """How well intents are told on utterances kept out of training, against DIET alone and a bag of words."""
    try:
        figures, told, ours = measure(utterances, Settings().state_dir)
    except (SetupError, subprocess.TimeoutExpired) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    figures.print()
    gold = heldout(utterances)
    confused = Counter(
        (intent, name) for (_, intent), (name, _) in zip(gold, told[0].best, strict=True) if name != intent
    )
    for (intent, name), count in confused.most_common(12):
        typer.echo(f"{count} × {intent} taken for {name}")
    for bar in reliability(ours):
        typer.echo(f"confidence {bar.low:.1f} to {bar.low + 0.1:.1f}: {bar.count} utterances, {bar.right:.2f} right")
    if report:
        report.write_text(written(ours), encoding="utf-8")
    if figures_file:
        figures.write(figures_file)
