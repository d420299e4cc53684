"""Arrays of pickles: made of what numpy says of its own, and of nothing that does not fit."""

from typing import Any

import numpy as np
import pytest

from registry import DataError
from registry._pickled_arrays import PickledArray, PickledDtype, array_from_buffer, dtype_of

BYTES = dtype_of("u1")
BYTES.build((3, "|", None, None, None, -1, -1, 0))


def as_numpy_says(array: np.ndarray) -> np.ndarray:
    """An array made of what numpy tells a pickle of it."""
    _, _, (version, shape, dtype, fortran, content) = array.__reduce__()  # type: ignore[misc]
    _, arguments, state = dtype.__reduce__()
    stand_in = dtype_of(*arguments)
    stand_in.build(state)
    made = PickledArray()
    made.build((version, shape, stand_in, fortran, content))
    return made.made()


@pytest.mark.parametrize("kind", ["?", "<i2", ">i8", "u1", "<f2", ">f8", "<U3", ">U3", "S2"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_an_array_is_what_numpy_says_that_it_is(kind: str, order: Any) -> None:
    array = np.array([[0, 1, 0], [1, 1, 0]]).astype(kind, order=order)
    found = as_numpy_says(array)
    assert found.dtype == array.dtype
    assert found.tolist() == array.tolist()
    assert found.flags.owndata
    assert found.flags.writeable


def test_axes_of_a_buffer_may_be_in_another_order() -> None:
    content = bytes(range(6))  # (2, 3) in a row
    by_rows = array_from_buffer(content, BYTES, (2, 3), "C").made()
    by_columns = array_from_buffer(content, BYTES, (2, 3), "F").made()
    turned = array_from_buffer(content, BYTES, (2, 3), "K", (1, 0)).made()
    assert by_rows.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert by_columns.tolist() == [[0, 2, 4], [1, 3, 5]]
    assert turned.tolist() == [[0, 3], [1, 4], [2, 5]]


@pytest.mark.parametrize("code", ["O", "O8", "V4", "M8", "c8", "i3", "U0", "S1000000", "", 7, None, "i4,i4"])
def test_a_dtype_that_is_not_plain_is_refused(code: Any) -> None:
    with pytest.raises(DataError, match=r"an array of dtype .*: only of bool, int, uint, float, and text of fixed"):
        dtype_of(code)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ((3, "<", None, ("a",), None, -1, -1, 0), "is not plain: it has fields, metadata or a form that is not known"),
        ((3, "<", None, None, None, -1, -1), "is not plain"),
        ((3, "<", None, None, None, 8, -1, 0), "has a version, byte order, size or flags that it cannot have"),
        ((3, "<", None, None, None, -1, -1, 63), "has a version, byte order, size or flags"),
        ((3, "x", None, None, None, -1, -1, 0), "has a version, byte order, size or flags"),
        ((4, "<", None, None, None, -1, -1, 0), "has a version, byte order, size or flags"),
    ],
)
def test_a_state_that_a_dtype_cannot_have_is_refused(state: tuple[Any, ...], words: str) -> None:
    with pytest.raises(DataError, match=f"^its dtype i4 {words}"):
        PickledDtype("i4").build(state)


@pytest.mark.parametrize(
    ("content", "shape", "order", "words"),
    [
        (b"abc", (4,), "C", r"an array of 3 bytes of \|u1 does not have the shape \(4,\)"),
        (b"abc", (-3, -1), "C", "does not have the shape"),
        (b"abc", [3], "C", "does not have the shape"),
        (b"a", (True,), "C", "does not have the shape"),
        (b"a", (1,) * 33, "C", "does not have the shape"),
        (b"abc", (3,), "A", "the order of an array's axes is not known"),
        (b"abc", (3,), "K", "the order of an array's axes is not known"),
        ("abc", (3,), "C", "an array is not of a plain dtype and bytes"),
    ],
)
def test_bytes_that_do_not_fit_are_refused(content: Any, shape: Any, order: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        array_from_buffer(content, BYTES, shape, order)


def test_what_was_never_built_or_is_built_twice_is_refused() -> None:
    with pytest.raises(DataError, match="its dtype i4 is not whole"):
        PickledDtype("i4").made()
    with pytest.raises(DataError, match="an array is not whole"):
        PickledArray().made()
    built = PickledArray()
    built.build((1, (1,), BYTES, False, b"a"))
    with pytest.raises(DataError, match="the state of an array is none of the known form"):
        built.build((1, (1,), BYTES, False, b"a"))


@pytest.mark.parametrize(("code", "order", "content"), [("b1", "|", b"\x02"), ("U1", "<", b"\0\0\x11\0")])
def test_bytes_that_are_no_value_of_their_kind_are_refused(code: str, order: str, content: bytes) -> None:
    kind = dtype_of(code)
    kind.build(np.dtype(code).newbyteorder(order).__reduce__()[2])  # type: ignore[misc]
    with pytest.raises(DataError, match="holds bytes that are no such value"):
        array_from_buffer(content, kind, (1,), "C")
