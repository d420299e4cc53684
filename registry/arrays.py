"""What a suite or a data set returns, as the arrays that everything else takes: the one place where they become plain.

In: arrays, lists, tensors or columns of a table from anybody's code. Out: numpy's own arrays, or a ValueError that says
what was got. What would change a number is refused, not converted.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

TEXT = np.dtypes.StringDType()
NUMBERS = "biuf"  # numpy's kinds: truths, whole numbers, those without a sign, floats


def plain_inputs(given: Any) -> NDArray[Any]:
    """Inputs as an array of numpy's own.

    Args:
        given: (S, ...) of anything that numpy makes an array of, or a tensor.

    Returns:
        (S, ...): texts as numpy's StringDType, all else as it is.

    Raises:
        ValueError: It is no array, has no axis, or holds neither numbers nor texts.

    >>> plain_inputs(["a", "b"]).dtype
    StringDType()
    """
    array = _array("inputs", given)
    if array.ndim == 0:
        raise ValueError("inputs have no axis: the first one is that of the examples")
    if array.dtype.kind in ("U", "O") and all(isinstance(part, str) for part in array.flat):
        return _texts("inputs", array)
    if array.dtype.kind == "O":
        raise ValueError(f"inputs are {_first(array)}, neither numbers nor texts of one shape")
    return array


def plain_texts(name: str, given: Any) -> NDArray[Any]:
    """Texts (S,) as numpy's StringDType.

    Args:
        name: What they are, for messages.
        given: (S,) of texts.

    Raises:
        ValueError: They are no texts, or none that UTF-8 can write.
    """
    array = _array(name, given)
    if array.dtype.kind == "T":
        return array
    if array.dtype.kind not in ("U", "O") or not all(isinstance(part, str) for part in array.flat):
        raise ValueError(f"{name} are texts, not {_first(array)}")
    return _texts(name, array)


def integers(name: str, given: Any) -> NDArray[np.int64]:
    """Ids (S,) as int64. Floats are refused: they may have been rounded.

    Args:
        name: What they are, for messages.
        given: (S,) of integers.

    Raises:
        ValueError: They are no integers.
    """
    array = _array(name, given)
    if array.dtype.kind == "f":
        raise ValueError(f"{name} are integers, not {array.dtype}")
    return whole_numbers(name, array)


def whole_numbers(name: str, given: Any) -> NDArray[np.int64]:
    """Labels or groups (S,) as int64.

    Args:
        name: What they are, for messages.
        given: (S,) of whole numbers of any kind, floats too.

    Raises:
        ValueError: One is no whole number: which one, and its row.

    >>> whole_numbers("labels", np.array([1.0, 0.0], dtype=np.float32))
    array([1, 0])
    >>> whole_numbers("labels", ["cat", "dog"])
    Traceback (most recent call last):
    ValueError: labels are whole numbers, not str 'cat' (row 0)
    """
    array = _array(name, given)
    if array.dtype.kind == "O" and all(isinstance(part, int | np.integer) for part in array.flat):
        array = np.array([int(part) for part in array.flat], dtype=np.int64).reshape(array.shape)
    if array.dtype.kind not in NUMBERS:
        raise ValueError(f"{name} are whole numbers, not {_first(array)}")
    with np.errstate(invalid="ignore"):
        whole = np.require(array, np.int64, ["C", "W"])  # as torch takes it
    if array.dtype.kind == "f" and not np.array_equal(whole, array):
        row = int(np.argmax((whole != array).reshape(len(array), -1).any(axis=1)))
        raise ValueError(f"{name} are whole numbers, not {array[row]} (row {row})")
    return whole


def float_inputs(given: NDArray[Any]) -> NDArray[np.float32]:
    """Inputs (S, ...) as a network reads them, in float32.

    Raises:
        ValueError: They are no numbers, or one of them is not finite in float32: in which row.

    >>> float_inputs(np.array([[1, 2]])).dtype
    dtype('float32')
    """
    if given.dtype.kind not in NUMBERS:
        raise ValueError(f"inputs are {given.dtype}, not numbers")
    with np.errstate(over="ignore", invalid="ignore"):
        array = given.astype(np.float32, copy=False)
        ends = (array.min(), array.max()) if array.size else ()  # of images far faster than a mask of every number
    if np.isfinite(ends).all():
        return array
    finite = np.isfinite(array).all(axis=tuple(range(1, array.ndim)))
    if not finite.all():
        raise ValueError(f"row {int(np.argmin(finite))}: an input is not a finite number in float32")
    return array


def _array(name: str, given: Any) -> NDArray[Any]:
    """The values alone, as an array of numpy's own."""
    if isinstance(given, np.ma.MaskedArray):
        raise ValueError(f"{name} are a masked array: fill what is masked, or leave it out")
    try:
        return np.asarray(given.detach().cpu() if hasattr(given, "detach") else given)
    except (ValueError, TypeError, RuntimeError) as error:
        raise ValueError(f"{name} are no array: {' '.join(str(error).split())}") from error


def _texts(name: str, array: NDArray[Any]) -> NDArray[Any]:
    try:
        return array.astype(TEXT)
    except (UnicodeError, TypeError) as error:  # half of a pair of surrogates
        raise ValueError(f"{name} hold a text that is not UTF-8: {error}") from error


def _first(array: NDArray[Any]) -> str:
    """The type of an array's values, with the first of them."""
    if array.dtype.kind == "O" and array.size:
        first = array.flat[0]
        return f"{type(first).__name__} {first!r:.40} (row 0)"
    return f"str {str(array.flat[0])!r:.40} (row 0)" if array.dtype.kind in "UT" and array.size else str(array.dtype)
