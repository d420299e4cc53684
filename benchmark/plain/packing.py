"""Numbers of many examples as one short text, for a record.

In: an array (S,). Out: base64 of zlib of its little-endian float32; and back. A text from disk is checked.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import cast

import numpy as np
from numpy.typing import NDArray

BYTES = 4  # of one number
MOST = 2**24  # numbers in one text: what a small text can unpack to has a bound
_KIND = np.dtype("<f4")
_ROLES = {"measures", "metrics"}
_Values = Mapping[str, Mapping[str, object]]


def packed(array: NDArray[np.generic]) -> str:
    """An array (S,) of up to 2^24 finite numbers as a text.

    Raises ValueError for another shape, and for numbers that are not finite in float32.

    >>> unpacked(packed(np.array([1.0, 0.0, 0.5]))).tolist()
    [1.0, 0.0, 0.5]
    """
    with np.errstate(over="ignore"):
        numbers = np.asarray(array).astype(_KIND)
    if numbers.ndim != 1 or not 0 < len(numbers) <= MOST:
        raise ValueError(f"numbers to pack are (S,), 1 to {MOST} of them, not {numbers.shape}")
    if not np.isfinite(numbers).all():
        raise ValueError(f"number {int(np.argmin(np.isfinite(numbers)))} is not finite in float32")
    return base64.b64encode(zlib.compress(numbers.tobytes(), 9)).decode()


def unpacked(text: str) -> NDArray[np.float64]:
    """The array (S,) of a text. Raises ValueError for a text that `packed` does not make."""
    decompressor = zlib.decompressobj()
    try:
        content = decompressor.decompress(base64.b64decode(text, validate=True), MOST * BYTES + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError(f"no packed numbers: {error}") from error
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError(f"no packed numbers: they are cut, more than {MOST}, or have something behind them")
    if not content or len(content) % BYTES:
        raise ValueError(f"no packed numbers: {len(content)} bytes")
    numbers = np.frombuffer(content, _KIND).astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError(f"packed number {int(np.argmin(np.isfinite(numbers)))} is not finite")
    return numbers


def plain(record: Mapping[str, object]) -> dict[str, object]:
    """A record whose packed numbers are lists, for comparing: one array may be packed into several texts."""
    roles = {role: cast(_Values, record[role]) for role in _ROLES & {*record}}
    values = {role: {name: _plain_value(value) for name, value in own.items()} for role, own in roles.items()}
    return {**record, **values}


def _plain_value(value: Mapping[str, object]) -> dict[str, object]:
    each = value.get("by_example")
    return {**value, "by_example": unpacked(each).tolist()} if isinstance(each, str) else {**value}
