"""What a reader of foreign files may give: plain containers, scalars and arrays of plain kinds, told by their types."""

from typing import Any

import numpy as np

SCALARS = (type(None), bool, int, float, str, bytes, bytearray)


def described(value: Any) -> Any:
    """The value as nested types and contents, the same for equal values alone. Fails for what is not plain."""
    kind = type(value)
    if kind in SCALARS:
        return kind.__name__, repr(value)
    if kind is np.ndarray:
        assert value.dtype.kind in "biufSU"
        return "array", value.dtype.str, value.shape, value.tobytes()
    if kind is dict:
        return "dict", [(described(key), described(part)) for key, part in value.items()]
    assert kind in (list, tuple, set, frozenset), kind
    parts = map(described, value)
    return kind.__name__, sorted(parts, key=repr) if kind in (set, frozenset) else list(parts)
