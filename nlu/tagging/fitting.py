"""Fitting a tagger to marked sentences."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from nlu.tagging.bio import Sentence, labels_of
from nlu.tagging.decode import tags_for
from nlu.tagging.pieces import Cut, Pieces, PiecesError, encoder_folder
from nlu.tagging.slots import TOKENIZER

if TYPE_CHECKING:
    import torch

    from nlu.tagging.network import PieceTagger

#: What chance hangs on where nothing else is said.
SEED = 7
#: Where a word is padding: the loss leaves it out (torch's default).
_NO_TAG = -100
#: Batches whose sentences are sorted by length together, so that few places are padding.
_SORTED_BATCHES = 20

Report = Callable[[str], None]


class FitError(Exception):
    """Nothing can be fitted; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitConfig:
    """How a tagger is fitted. The defaults take ten minutes on two cores for 7,800 sentences."""

    epochs: int = 5
    """Passes over all sentences, 1-30."""
    rate: float = 2e-4
    """Highest step of the encoder's weights, 1e-5 to 1e-3; small encoders bear more than large ones."""
    head_rate: float = 1e-3
    """Highest step of the layer that scores tags, 1e-4 to 1e-2."""
    warm_up: float = 0.1
    """Share of all steps in which the rates rise; they fall to nothing over the others. 0-0.5."""
    batch: int = 32
    """Sentences a step, 1-256."""
    dropout: float = 0.1
    """Share of the encoder's outputs left out while training, 0-0.6."""
    decay: float = 0.01
    """How fast the encoder's weights shrink (Loshchilov & Hutter 2019), 0-0.1."""
    threads: int = 2
    """Threads of torch, 1 or more."""
    seed: int = SEED
    """Everything random hangs on it."""


def fit(
    sentences: Sequence[Sentence], out: Path, *, config: FitConfig | None = None, report: Report = lambda _: None
) -> None:
    """Trains and writes the folder that `SlotTagger.load` reads, whole or not at all. `report` hears of each pass.

    Raises `FitError` without the build group, without sentences or where they hold no span.
    """
    config = config or FitConfig()
    started = perf_counter()
    network, tags = train(sentences, config=config, report=report)
    from nlu.tagging.export import write

    facts = {
        "sentences": len(sentences),
        "seconds": round(perf_counter() - started, 1),
        "settings": asdict(config),
    }
    write(network, out, tokenizer=encoder_folder() / TOKENIZER, tags=tags, facts=facts)


def train(
    sentences: Sequence[Sentence], *, config: FitConfig, report: Report = lambda _: None
) -> "tuple[PieceTagger, tuple[str, ...]]":
    """The trained network, ready to score, and its tags. Same inputs on the same machine, same weights. Raises as
    `fit`."""
    torch = _torch()
    from nlu.tagging.network import PieceTagger

    tags = tags_for(labels_of(sentences))
    if len(tags) == 1:
        raise FitError("no sentence holds a span: there is nothing to learn")
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    random_ = random.Random(config.seed)  # noqa: S311
    try:
        folder = encoder_folder()
        pieces = Pieces(folder / TOKENIZER)
    except PiecesError as error:
        raise FitError(str(error)) from error
    column = {tag: at for at, tag in enumerate(tags)}
    rows = [_Row(pieces.cut(one.words), [column[tag] for tag in one.tags]) for one in sentences]
    network = PieceTagger(folder, tags=len(tags), dropout=config.dropout).train()
    optimizer = torch.optim.AdamW(_groups(network, config), fused=True)
    steps = config.epochs * -(-len(rows) // config.batch)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share(step, steps=steps, config=config))
    for epoch in range(1, config.epochs + 1):
        loss, started = 0.0, perf_counter()
        for batch in _batches(rows, random_, size=config.batch):
            ids, first, mask, wanted = _padded(batch)
            scores = network(ids, first, mask)
            error_ = torch.nn.functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=_NO_TAG)
            error_.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            rates.step()
            loss += error_.item() * len(batch)
        report(f"pass {epoch} of {config.epochs}: loss {loss / len(rows):.4f}, {perf_counter() - started:.0f} s")
    return network.eval(), tags


@dataclass(frozen=True, slots=True)
class _Row:
    cut: Cut
    wanted: list[int]


def _share(step: int, *, steps: int, config: FitConfig) -> float:
    """Which share of the highest rate a step has, 0-1."""
    warm = config.warm_up * steps
    return (step + 1) / (warm + 1) if step < warm else (steps - step) / (steps - warm)


def _groups(network: "PieceTagger", config: FitConfig) -> list[dict[str, Any]]:
    """Weights by how they are moved: matrices shrink, offsets and scales do not."""
    encoder = [weights for weights in network.encoder.parameters() if weights.requires_grad]
    return [
        {"params": [one for one in encoder if one.ndim > 1], "lr": config.rate, "weight_decay": config.decay},
        {"params": [one for one in encoder if one.ndim == 1], "lr": config.rate, "weight_decay": 0.0},
        {"params": list(network.head.parameters()), "lr": config.head_rate, "weight_decay": 0.0},
    ]


def _batches(rows: Sequence[_Row], random_: random.Random, *, size: int) -> Iterator[list[_Row]]:
    """All rows once, by chance, those of a like length together."""
    mixed = random_.sample(rows, len(rows))
    batches = []
    for first in range(0, len(mixed), size * _SORTED_BATCHES):
        alike = sorted(mixed[first : first + size * _SORTED_BATCHES], key=lambda row: len(row.cut.ids))
        batches += [alike[at : at + size] for at in range(0, len(alike), size)]
    random_.shuffle(batches)
    yield from batches


def _padded(rows: Sequence[_Row]) -> "tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]":
    """Pieces, places of first pieces, mask and wanted tags, padded to the longest."""
    torch = _torch()
    length, words = max(len(row.cut.ids) for row in rows), max(len(row.cut.first) for row in rows)
    ids, mask = (torch.zeros(len(rows), length, dtype=torch.long) for _ in range(2))
    first = torch.zeros(len(rows), words, dtype=torch.long)
    wanted = torch.full((len(rows), words), _NO_TAG)
    for at, row in enumerate(rows):
        pieces, read = len(row.cut.ids), len(row.cut.first)
        ids[at, :pieces] = torch.from_numpy(row.cut.ids)
        mask[at, :pieces] = 1
        first[at, :read] = torch.from_numpy(row.cut.first)
        wanted[at, :read] = torch.tensor(row.wanted[:read])
    return ids, first, mask, wanted


def _torch() -> Any:
    try:
        import onnx  # noqa: F401
        import onnxscript  # noqa: F401
        import torch
    except ImportError as error:
        raise FitError(f"{error.name} is not installed; run `make env-build`") from error
    return torch
