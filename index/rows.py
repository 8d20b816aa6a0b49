"""Sets of rows as bitmaps: how hard limits and wishes reach every search."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RowSet:
    """A set of the rows 0 … n-1, as a mask of shape (n,). Operators are those of sets; sizes must agree."""

    mask: Mask

    @classmethod
    def everything(cls, n: int) -> "RowSet":
        return cls(np.ones(n, dtype=np.bool_))

    @classmethod
    def nothing(cls, n: int) -> "RowSet":
        return cls(np.zeros(n, dtype=np.bool_))

    @classmethod
    def of(cls, rows: Iterable[int], *, n: int) -> "RowSet":
        """The given rows of n. Raises IndexError for a row outside."""
        mask = np.zeros(n, dtype=np.bool_)
        mask[np.fromiter(rows, dtype=np.int64)] = True
        return cls(mask)

    def __and__(self, other: "RowSet") -> "RowSet":
        return RowSet(self.mask & other.mask)

    def __or__(self, other: "RowSet") -> "RowSet":
        return RowSet(self.mask | other.mask)

    def __sub__(self, other: "RowSet") -> "RowSet":
        return RowSet(self.mask & ~other.mask)

    def __contains__(self, row: int) -> bool:
        return bool(self.mask[row])

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))

    @property
    def rows(self) -> Rows:
        """The rows in rising order, (len,) int64."""
        return np.flatnonzero(self.mask).astype(np.int64)

    @property
    def bits(self) -> npt.NDArray[np.uint8]:
        """The mask packed eight rows a byte, lowest bit first, as FAISS' bitmap selector reads it."""
        return np.packbits(self.mask, bitorder="little")
