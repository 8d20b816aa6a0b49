import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import RowSet

rows = st.sets(st.integers(0, 30))


@given(rows, rows)
def test_operators_are_those_of_sets(left: set[int], right: set[int]) -> None:
    a, b = RowSet.of(left, n=31), RowSet.of(right, n=31)
    assert set((a & b).rows.tolist()) == left & right
    assert set((a | b).rows.tolist()) == left | right
    assert set((a - b).rows.tolist()) == left - right
    assert len(a) == len(left)
    assert all((row in a) == (row in left) for row in range(31))


@given(rows)
def test_bits_hold_the_lowest_row_first(kept: set[int]) -> None:
    bits = RowSet.of(kept, n=31).bits
    assert {row for row in range(31) if bits[row // 8] >> (row % 8) & 1} == kept


def test_a_row_outside_is_refused() -> None:
    with pytest.raises(IndexError):
        RowSet.of([5], n=5)


def test_everything_and_nothing() -> None:
    assert np.array_equal(RowSet.everything(3).rows, [0, 1, 2])
    assert len(RowSet.nothing(3)) == 0
