"""A fitted tagger, read from its folder and run on onnxruntime."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlu.tagging.bio import Span, spans_of
from nlu.tagging.decode import Decoder, Scores
from nlu.tagging.pieces import Pieces, PiecesError

#: One change here means that a folder of before no longer fits the code that reads it.
FORMAT = 1
MANIFEST, NETWORK, TOKENIZER = "manifest.json", "network.onnx", "tokenizer.json"


class SlotTaggerError(Exception):
    """The folder holds no fitted tagger that this version can use; the message says why."""


class SlotTagger:
    """Finds spans in words. Safe to share between threads."""

    def __init__(self, session: Any, pieces: Pieces, tags: Sequence[str]) -> None:
        self._session, self._pieces, self._decoder = session, pieces, Decoder(tags)
        self.tags = tuple(tags)

    @classmethod
    def load(cls, folder: Path, *, threads: int = 2) -> "SlotTagger":
        """The tagger that `fit` wrote to this folder, run on so many threads. Raises `SlotTaggerError`."""
        tags = _checked(folder)
        # onnxruntime reports its use to its maker unless this is set before it is loaded.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads take other turns' time
        try:
            session = InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"])
            return cls(session, Pieces(folder / TOKENIZER), tags)
        except PiecesError as error:
            raise SlotTaggerError(str(error)) from error
        except Exception as error:  # onnxruntime raises bare exceptions of its own
            raise SlotTaggerError(f"{folder / NETWORK}: cannot be run ({error})") from error

    def scores(self, words: Sequence[str]) -> Scores:
        """What each tag scores for each word that is read: (w, tags) float32, w as in `Cut`."""
        cut = self._pieces.cut(words)
        found: Scores = self._session.run(None, {"ids": cut.ids[None], "first": cut.first[None]})[0][0]
        return found

    def spans(self, words: Sequence[str]) -> tuple[Span, ...]:
        """The spans of a sentence, in order and without overlaps."""
        return tuple(spans_of(self._decoder.tags(self.scores(words)))) if words else ()


def _checked(folder: Path) -> tuple[str, ...]:
    """The tags of a folder whose files are those that were written."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known, tags, sums = manifest["format"], tuple(map(str, manifest["tags"])), dict(manifest["files"])
        faults = [
            f"{folder / name}: not the file that was written"
            for name in (NETWORK, TOKENIZER)
            if sums.get(name) != hashlib.sha256((folder / name).read_bytes()).hexdigest()
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SlotTaggerError(f"{folder}: no fitted tagger ({error!r}); fit one anew") from error
    if known != FORMAT:
        raise SlotTaggerError(f"{folder}: written in form {known}, this version reads {FORMAT}; fit one anew")
    if faults:
        raise SlotTaggerError("\n".join(faults))
    return tags
