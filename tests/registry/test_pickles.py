"""Foreign pickles: containers and arrays come through, nothing runs."""

import gzip
import os
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_values import described

from registry import DATASETS, DataError, data_folder
from registry._pickles import read_pickle

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9) | st.binary(max_size=9)
)
keys = scalars | st.tuples(scalars, scalars)


def plain_data() -> st.SearchStrategy[Any]:
    leaves = scalars | st.sets(keys) | st.frozensets(keys) | st.binary(max_size=9).map(bytearray)
    return st.recursive(
        leaves, lambda part: st.lists(part) | st.tuples(part, part) | st.dictionaries(keys, part), max_leaves=12
    )


PLAIN = [{"raw": "a text", "name": ("Ann", None), "start": 3, "share": 0.5, "is": True, "b": b"x", "set": {1, 2}}]


class Opens:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


ARRAYS = [
    np.arange(6, dtype=np.uint8).reshape(2, 3),
    np.asfortranarray(np.arange(6, dtype=">i4").reshape(2, 3)),
    np.arange(24, dtype=np.float32).reshape(2, 3, 4).transpose(2, 0, 1),
    np.array(["", "a", "\U0001f43b"]),
    np.array([b"ab", b"c"]),
    np.array([True, False]),
    np.array(1.5),
    np.zeros((0, 3), dtype=np.float16),
]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_containers_and_arrays_are_read(protocol: int) -> None:
    assert read_pickle(pickle.dumps(PLAIN, protocol), "here") == PLAIN
    found = read_pickle(pickle.dumps({"same": ARRAYS, "again": ARRAYS[0]}, protocol), "here")
    assert described(found) == described({"same": ARRAYS, "again": ARRAYS[0]})
    assert found["again"] is found["same"][0]
    assert all(array.flags.writeable for array in found["same"])


@given(plain_data(), st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_any_plain_data_come_back_as_they_were(data: Any, protocol: int) -> None:
    assert described(read_pickle(pickle.dumps(data, protocol), "here")) == described(data)


def test_published_arrays_are_read_as_python_reads_them() -> None:
    """Reads the data folder: `make test` has fetched it, and its SHA-256 is known."""
    for name in DATASETS["animal-contexts"].files:
        content = gzip.decompress((data_folder() / "animal-contexts" / name).read_bytes())
        assert described(read_pickle(content, name)) == described(pickle.loads(content))


@pytest.mark.parametrize("kind", [object, "M8[s]", "c8", "V4", "g", [("a", "i4")]])
def test_arrays_of_other_kinds_are_refused(kind: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(DataError, match=r"here: refused, nothing of it was run: an array of dtype '"):
            read_pickle(pickle.dumps(np.zeros(2, kind), protocol), "here")


def test_an_array_that_numpy_1_pickled_is_read() -> None:
    old = pickle.dumps(np.arange(3), 3).replace(b"numpy._core.", b"numpy.core.")
    assert read_pickle(old, "here").tolist() == [0, 1, 2]


@pytest.mark.parametrize("deep", [False, True])
def test_what_would_run_is_refused_and_does_not(deep: bool, tmp_path: Path) -> None:
    hostile: Any = Opens(tmp_path / "opened")
    content = pickle.dumps([{"x": (1, [hostile])}] if deep else hostile)
    with pytest.raises(DataError, match=r"here: refused, nothing of it was run: it names posix.mkdir: .*; if you"):
        read_pickle(content, "here")
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"cos\nsystem\n(S'true'\ntR.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"cnumpy\nload\n(S'x'\ntR.",
        b"cnumpy\ndtype.__class__\n.",
        b"c__main__\nanything\n.",
        pickle.dumps(OrderedDict(a=1)),
        pickle.dumps(np.float64(1.0)),
    ],
)
def test_every_other_name_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match="refused"):
        read_pickle(content, "here")


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(PLAIN)[:-5], b"\x80\x05\x8c\xff", b"(" * 50_000])
def test_what_is_no_whole_pickle_is_said(content: bytes) -> None:
    with pytest.raises(DataError, match="here: not a whole pickle"):
        read_pickle(content, "here")
