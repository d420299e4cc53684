"""Pickles of foreign data, read without running anything: plain containers and numpy arrays, nothing else.

In: the bytes of a pickle. Out: what it holds. A pickle is a program: it may call what makes an array, and no more.
"""

import io
import pickle
from typing import Any

import numpy as np

from registry.errors import DataError

# How numpy's arrays name what makes them, before and after numpy 2, and how old pickles name sets.
_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("builtins", "set"): set,
    ("builtins", "frozenset"): frozenset,
}
for _core in ("numpy.core", "numpy._core"):
    _ALLOWED[f"{_core}.multiarray", "_reconstruct"] = np._core.multiarray._reconstruct  # type: ignore[attr-defined]
    _ALLOWED[f"{_core}.numeric", "_frombuffer"] = np._core.numeric._frombuffer  # type: ignore[attr-defined]


class _Restricted(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise DataError(f"it names {module}.{name}: only plain containers and numpy arrays are read from a pickle")
        return _ALLOWED[module, name]


def read_pickle(content: bytes, where: str) -> Any:
    """What a pickle holds. Raises DataError that says `where` it is for anything but plain containers and arrays."""
    try:
        return _Restricted(io.BytesIO(content)).load()
    except DataError as error:
        cure = "if you trust it, load it yourself and save it as JSON, Parquet or npy"
        raise DataError(f"{where}: refused, nothing of it was run: {error}; {cure}") from error
    except (Exception, RecursionError) as error:  # a broken program fails in any way
        raise DataError(f"{where}: not a whole pickle ({type(error).__name__}: {error})") from error
