"""Foreign pickles: containers and arrays come through, nothing runs."""

import os
import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from registry import DataError
from registry._pickles import read_pickle

PLAIN = [{"raw": "a text", "name": ("Ann", None), "start": 3, "share": 0.5, "is": True, "b": b"x", "set": {1, 2}}]


class Opens:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("protocol", range(3, pickle.HIGHEST_PROTOCOL + 1))
def test_containers_and_arrays_are_read(protocol: int) -> None:
    assert read_pickle(pickle.dumps(PLAIN, protocol), "here") == PLAIN
    for array in (np.arange(6, dtype=np.uint8).reshape(2, 3), np.array(["a", {"b": 1}], dtype=object)):
        found = read_pickle(pickle.dumps(array, protocol), "here")
        assert found.dtype == array.dtype
        assert (found == array).all()


def test_an_array_that_numpy_1_pickled_is_read() -> None:
    old = pickle.dumps(np.arange(3), 3).replace(b"numpy._core.", b"numpy.core.")
    assert read_pickle(old, "here").tolist() == [0, 1, 2]


@pytest.mark.parametrize("deep", [False, True])
def test_what_would_run_is_refused_and_does_not(deep: bool, tmp_path: Path) -> None:
    hostile: Any = Opens(tmp_path / "opened")
    content = pickle.dumps(np.array([{"x": [hostile]}], dtype=object) if deep else hostile)
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
