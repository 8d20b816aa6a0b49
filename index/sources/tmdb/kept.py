"""Answers kept on disk by their address, so that an interrupted or repeated run asks only for what it lacks."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from index.sources.tmdb.errors import TmdbError

#: Raised when what we keep of an answer changes: older ones are asked for again.
_FORM = 1
_DAY_S = 86_400.0


class KeptAnswers:
    """A folder of answers. An address is the whole URL without the key; an answer is the JSON text that we use of it.

    `now` gives seconds since 1970. Writing is atomic: a run that is killed leaves whole answers or none.
    """

    def __init__(self, folder: Path, *, now: Callable[[], float]) -> None:
        self.folder, self._now = folder, now

    def read(self, address: str, *, age_days: float) -> str | None:
        """The answer kept for the address, or None where there is none, an older or a damaged one."""
        try:
            kept = json.loads(self._path(address).read_text(encoding="utf-8"))
            fresh = 0 <= self._now() - float(kept["fetched_at"]) < age_days * _DAY_S
            same = kept["form"] == _FORM and kept["address"] == address
            return str(kept["answer"]) if same and fresh else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, address: str, answer: str) -> None:
        """Keeps the answer. Raises `TmdbError` when the disk refuses."""
        path = self._path(address)
        row = {"form": _FORM, "address": address, "fetched_at": self._now(), "answer": answer}
        write_whole(path, json.dumps(row, ensure_ascii=False))

    def _path(self, address: str) -> Path:
        name = hashlib.sha256(address.encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.json"


def write_whole(path: Path, text: str) -> None:
    """Writes a file that is whole at every moment, also after a crash. Raises `TmdbError` when the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o644)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise TmdbError(f"cannot write {path} ({error.strerror}); free some space or choose another folder") from error
