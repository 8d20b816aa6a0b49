import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bot.evaluation.values import Bound, Count, Measure

MEASURE = TypeAdapter(Measure)


@pytest.mark.parametrize(
    ("written", "figure", "holds"),
    [
        ("<= 0.3", 0.3, True),
        ("<= 0.3", 0.31, False),
        ("< 0.3", 0.3, False),
        (">=0.5", 0.5, True),
        ("> 0.5", 0.5, False),
        ("> -1", 0.0, True),
    ],
)
def test_a_bound_is_read_as_it_is_written(written: str, figure: float, *, holds: bool) -> None:
    assert MEASURE.validate_python(written).holds(figure) is holds


def test_an_unknown_figure_keeps_to_no_bound() -> None:
    assert not Bound(">=", -1.0).holds(None)


@pytest.mark.parametrize("written", ["0.3", "=< 0.3", "<= much", "", 0.3, None])
def test_what_is_no_bound_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="not a bound"):
        MEASURE.validate_python(written)


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_plain_number_is_exact(wanted: int, number: int) -> None:
    assert Count.model_validate(wanted).holds(number) == (wanted == number)


def test_a_count_may_be_open() -> None:
    count = Count.model_validate({"at_least": 2})
    assert not count.holds(1)
    assert count.holds(99)


@pytest.mark.parametrize("written", [-1, True, {"at_least": 3, "at_most": 2}, {"about": 3}])
def test_an_impossible_count_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        Count.model_validate(written)
