"""Examples of numbers: kept as they are, or refused with the place of what is wrong."""

import numpy as np
import pytest

from benchmark.data.unlabelled.numbers import numbers
from registry import DataError


def where(row: int) -> str:
    return f"row {row}"


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int8", "int64", "uint64", "float16", "float32", "float64"])
def test_a_type_is_kept(dtype: str) -> None:
    values = np.ones((2, 3, 4), dtype)
    found = numbers("a", values, 9, where, ("y",))
    assert found.values is values
    assert (found.source, found.of, found.left_out, len(found)) == ("a", 9, ("y",), 2)


@pytest.mark.parametrize("dtype", [">f4", ">i8", ">u2"])
def test_the_order_of_bytes_becomes_that_of_this_machine(dtype: str) -> None:
    found = numbers("a", np.array([[1, 2], [3, 500]], dtype), 2, where).values
    assert found.dtype.isnative
    assert found.tolist() == [[1, 2], [3, 500]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.array([[1.0, 2.0], [3.0, np.nan]]), "row 1: nan at [1] is not a finite number"),
        (np.array([[[1.0], [-np.inf]]]), "row 0: -inf at [1, 0] is not a finite number"),
        (np.array([[1j]]), "a: it holds complex128, and numbers or texts are read"),
        (np.array([["2020-01-01"]], "M8[D]"), "a: it holds datetime64[D], and numbers or texts are read"),
        (np.array([[b"x"]]), "a: it holds |S1, and numbers or texts are read"),
        (np.zeros((0, 3)), "a: its shape is (0, 3): there is nothing in it"),
        (np.zeros((3, 0)), "a: its shape is (3, 0): there is nothing in it"),
        (
            np.zeros(3),
            "a: its shape is (3,); the first axis is that of the examples, and each of them needs one of its own: save "
            "it by .reshape(len(a), -1)",
        ),
    ],
)
def test_what_is_no_example_is_refused(values: np.ndarray, said: str) -> None:
    with pytest.raises(DataError) as caught:
        numbers("a", values, len(values), where)
    assert str(caught.value) == said


@pytest.mark.skipif(np.dtype(np.longdouble).itemsize == 8, reason="no wider float on this machine")
def test_a_type_that_torch_does_not_take_is_refused() -> None:
    with pytest.raises(DataError, match=r"which networks do not take: save it by \.astype\('float64'\)"):
        numbers("a", np.zeros((2, 2), np.longdouble), 2, where)
