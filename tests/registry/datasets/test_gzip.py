"""Packed files: unpacked up to a size that is known beforehand, and named where they are damaged."""

import gzip
from pathlib import Path

import pytest

from registry import DataError
from registry.datasets._gzip import unpacked


def test_what_is_packed_is_unpacked_up_to_its_size(tmp_path: Path) -> None:
    path = tmp_path / "packed.gz"
    path.write_bytes(gzip.compress(bytes(10)))
    assert unpacked(path, 10) == bytes(10)
    with pytest.raises(DataError, match=r"packed.gz: more than 9 bytes when unpacked"):
        unpacked(path, 9)
    for damaged in (path.read_bytes()[:-3], b"no gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff"):
        path.write_bytes(damaged)
        with pytest.raises(DataError, match=r"packed.gz: (EOFError|BadGzipFile|error): "):
            unpacked(path, 10)
