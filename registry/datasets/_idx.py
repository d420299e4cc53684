"""idx files, the format of MNIST: a header of big-endian sizes, then bytes.

In: a file. Out: its array, if header and size of the file agree.
"""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from registry import DataError

BYTES = 8  # the code of unsigned bytes


def read_idx(file: Path, axes: int) -> NDArray[np.uint8]:
    """The array of an idx file of unsigned bytes.

    Args:
        file: The file.
        axes: How many axes the array has.

    Raises:
        DataError: It is another kind of file, or its size is not what its header says.
    """
    with file.open("rb") as stream:
        magic, sizes = stream.read(4), stream.read(4 * axes)
        if magic != bytes((0, 0, BYTES, axes)) or len(sizes) != 4 * axes:
            raise DataError(f"{file}: not an idx file of unsigned bytes with {axes} axes; delete it and fetch again")
        shape = tuple(np.frombuffer(sizes, ">u4").tolist())
        size, expected = file.stat().st_size, len(magic) + len(sizes) + math.prod(shape)
        if size != expected:
            said = " x ".join(map(str, shape))
            raise DataError(
                f"{file}: {size} bytes, but its header says {said}, which are {expected}; delete it and fetch again"
            )
        return np.frombuffer(stream.read(), np.uint8).reshape(shape)
