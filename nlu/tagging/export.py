"""A trained network as a folder that onnxruntime reads: int8 weights, tokenizer, manifest with a checksum a file."""

import hashlib
import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from nlu.tagging.network import PieceTagger
from nlu.tagging.slots import FORMAT, MANIFEST, NETWORK, TOKENIZER


def write(network: PieceTagger, out: Path, *, tokenizer: Path, tags: Sequence[str], facts: dict[str, Any]) -> None:
    """Writes the folder, whole or not at all; what was there is replaced. `facts` go into the manifest."""
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        with tempfile.TemporaryDirectory() as whole:
            write_onnx(network, Path(whole) / NETWORK)
            _quantize(Path(whole) / NETWORK, made / NETWORK)
        shutil.copyfile(tokenizer, made / TOKENIZER)
        sums = {name: hashlib.sha256((made / name).read_bytes()).hexdigest() for name in (NETWORK, TOKENIZER)}
        manifest = {"format": FORMAT, "tags": list(tags), **facts, "files": sums}
        (made / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
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


def write_onnx(network: PieceTagger, path: Path) -> None:
    """Writes the network with float32 weights; one sentence a run, of any length."""
    sample = torch.tensor([[101, 2003, 2004, 2005, 102]]), torch.tensor([[1, 2, 3]])
    length, words = torch.export.Dim("length", min=2, max=512), torch.export.Dim("words", min=1, max=512)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of what it will drop in versions to come
        torch.onnx.export(
            network.eval(),
            sample,
            str(path),
            input_names=["ids", "first"],
            output_names=["scores"],
            dynamic_shapes={"ids": {1: length}, "first": {1: words}},
            external_data=False,
            dynamo=True,
            verbose=False,
        )


def _quantize(whole: Path, small: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().disabled, before = True, logging.getLogger().disabled  # it advises at the root logger
    try:
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
    finally:
        logging.getLogger().disabled = before
