"""`matinee bench slots`: spans found in sentences that people marked, against plain spaCy trained on the same ones."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console

from bot.bench.figures import Figures, Row
from bot.bench.slots_score import ALL, scores
from bot.settings import Settings
from index.errors import IndexingError
from nlu import Parser
from nlu.tagger import TaggerError
from nlu.tagging import BioError, FitConfig, FitError, Sentence, SlotTagger, Span, fit, read_bio
from nlu.tagging.fitting import SEED

OURS, PEER = "matinee", "spacy-cnn"
#: Passes of the peer: what its measured .685 on MIT Movie (trivia) took.
PEER_EPOCHS = 6
#: Passes of a quick run, ours and the peer's.
QUICK_EPOCHS, QUICK_PEER_EPOCHS = 1, 3
#: Sentences that are read before times count.
_WARM_UP = 20
_errors = Console(stderr=True)


class _Tagger(Protocol):
    def spans(self, words: Sequence[str]) -> tuple[Span, ...]: ...


def measure(
    train: Sequence[Sentence], test: Sequence[Sentence], *, quick: bool, seed: int, report: Callable[[str], None]
) -> Figures:
    """Trains both on the one set of sentences and has both read the other. Raises `FitError`."""
    from bot.bench.slots_peer import train_spacy

    config = FitConfig(epochs=QUICK_EPOCHS, seed=seed) if quick else FitConfig(seed=seed)
    peer_epochs = QUICK_PEER_EPOCHS if quick else PEER_EPOCHS
    rows: list[Row] = []
    report(f"training {OURS} on {len(train)} sentences")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "tagger"
        started = time.perf_counter()
        fit(train, out, config=config, report=report)
        seconds = time.perf_counter() - started
        rows += _rows(OURS, SlotTagger.load(out), test, train_s=seconds)
    report(f"training {PEER}")
    started = time.perf_counter()
    peer = train_spacy(train, epochs=peer_epochs, seed=seed)
    rows += _rows(PEER, peer, test, train_s=time.perf_counter() - started)
    data: dict[str, str | float] = {
        "train_sentences": len(train),
        "test_sentences": len(test),
        "epochs": config.epochs,
        "peer_epochs": peer_epochs,
        "seed": seed,
    }
    return Figures("slots", data, rows)


def _rows(model: str, tagger: _Tagger, test: Sequence[Sentence], *, train_s: float) -> list[Row]:
    for sentence in test[:_WARM_UP]:
        tagger.spans(sentence.words)
    found, times_ms = [], []
    for sentence in test:
        started = time.perf_counter()
        found.append(tagger.spans(sentence.words))
        times_ms.append((time.perf_counter() - started) * 1000)
    rows: list[Row] = []
    for label, score in scores(found, [sentence.spans() for sentence in test]).items():
        row: dict[str, str | float] = {"model": model, "label": label, "f1": round(score.f1, 4), "spans": score.wanted}
        if label == ALL:
            percentiles = statistics.quantiles(times_ms, n=20) if len(times_ms) > 1 else times_ms * 19
            row |= {"p50_ms": percentiles[9], "p95_ms": percentiles[18], "train_s": train_s}
        rows.append(row)
    return rows


def _zero_shot(folder: Path, catalogue: Path | None, figures_file: Path | None) -> None:
    """Runs the shipped parser over people's own words, and writes what it found."""
    from bot.bench.zero_shot import bench

    try:
        figures = bench(folder, Parser.load(Settings().state_dir / "models" / "nlu"), catalogue=catalogue)
    except (OSError, IndexingError, TaggerError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)


def slots_command(
    *,
    train: Annotated[
        Path | None, typer.Option(help="Marked sentences to learn from: TAG, a tab, TOKEN a line.")
    ] = None,
    test: Annotated[Path | None, typer.Option(help="Marked sentences to be read, in the same form.")] = None,
    zero_shot: Annotated[
        Path | None, typer.Option("--zero-shot", help="Folder of annotated dialogues; nothing is trained on them.")
    ] = None,
    catalogue: Annotated[Path | None, typer.Option(help="With --zero-shot: a bigger catalogue's names too.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="One pass instead of five, for a first look.")] = False,
    seed: Annotated[int, typer.Option(help="What chance hangs on, ours and the peer's.")] = SEED,
    figures_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """Span F1, micro and per label, and time a sentence, against plain spaCy NER trained on the same sentences."""
    if zero_shot is None and (train is None or test is None):
        raise typer.BadParameter("give --train and --test, or --zero-shot")
    if zero_shot is not None:
        _zero_shot(zero_shot, catalogue, figures_file)
        return
    assert train is not None and test is not None  # noqa: S101 - told above
    try:
        figures = measure(
            read_bio(train),
            read_bio(test),
            quick=quick,
            seed=seed,
            report=lambda line: _errors.print(line, markup=False),
        )
    except (BioError, FitError) as error:
        _errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(1) from error
    figures.print()
    if figures_file:
        figures.write(figures_file)
