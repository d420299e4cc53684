"""Arrays as examples of numbers: what is no number, not finite or has no axis of examples is refused, not mended.

In: an array of anybody's. Out: `Numbers`, or one line that says what was found and where.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.types import Numbers
from registry import DataError
from registry.arrays import NUMBERS

WIDEST = 8  # bytes of a number that torch takes


def check_form(source: str, dtype: np.dtype[np.generic], shape: tuple[int, ...]) -> None:
    """Raises DataError for an array of such a type and shape that can hold no examples of numbers."""
    if dtype.kind not in NUMBERS:
        raise DataError(f"{source}: it holds {dtype}, and numbers or texts are read")
    if dtype.itemsize > WIDEST:
        raise DataError(f"{source}: it holds {dtype}, which networks do not take: save it by .astype('float64')")
    if len(shape) < 2:
        raise DataError(
            f"{source}: its shape is {shape}; the first axis is that of the examples, and each of them needs one "
            "of its own: save it by .reshape(len(a), -1)"
        )
    if 0 in shape:
        raise DataError(f"{source}: its shape is {shape}: there is nothing in it")


def numbers(
    source: str, values: NDArray[np.generic], of: int, where: Callable[[int], str], left_out: tuple[str, ...] = ()
) -> Numbers:
    """Examples of numbers, in the byte order of this machine.

    Args:
        source: Where they come from, as it was given.
        values: (S, ...).
        of: How many examples there were.
        where: The place of an example in the source, for messages.
        left_out: What was not read beside them.

    Raises:
        DataError: They are no such examples, or one number is not finite: which one.
    """
    check_form(source, values.dtype, values.shape)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        row, *place = (int(number) for number in np.argwhere(~np.isfinite(values))[0])
        said = ", ".join(map(str, place))
        raise DataError(f"{where(row)}: {values[(row, *place)]} at [{said}] is not a finite number")
    return Numbers(source, values.astype(values.dtype.newbyteorder("="), copy=False), of, left_out)
