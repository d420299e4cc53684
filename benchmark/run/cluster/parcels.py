"""What travels between machines: plain data and files as one piece of bytes, never a pickle.

In: plain data and named bytes. Out: bytes; and back. What comes from elsewhere is taken for nothing.
"""

import struct
from collections.abc import Mapping
from typing import Any

from benchmark.plain.canonical import canonical
from benchmark.plain.strict_json import read_json

_LENGTH = struct.Struct(">Q")


def packed(head: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """Plain data and files as bytes.

    >>> opened(packed({"outcome": "done"}, {"b": b"12", "a": b""}))
    ({'outcome': 'done'}, {'a': b'', 'b': b'12'})
    """
    names = sorted(files)
    index = canonical({"head": head, "files": [[name, len(files[name])] for name in names]}).encode()
    return b"".join([_LENGTH.pack(len(index)), index, *(files[name] for name in names)])


def opened(parcel: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The plain data and the files. Raises ValueError for bytes that `packed` does not make."""
    if not isinstance(parcel, bytes) or len(parcel) < _LENGTH.size:
        raise ValueError("it is no parcel")
    (length,) = _LENGTH.unpack_from(parcel)
    place = _LENGTH.size + length
    if place > len(parcel):
        raise ValueError("it is cut")
    index: Any = read_json(parcel[_LENGTH.size : place])
    try:
        head, sizes = dict(index["head"]), [(str(name), int(size)) for name, size in index["files"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("it has no index") from error
    files = {}
    for name, size in sizes:
        if size < 0 or place + size > len(parcel):
            raise ValueError(f"{name!r} is cut")
        files[name] = parcel[place : place + size]
        place += size
    if place != len(parcel):
        raise ValueError("there is something behind its files")
    return head, files


def framed(parcel: bytes) -> bytes:
    r"""A parcel for a pipe: its length stands before it.

    >>> framed(b"abc")[-4:], unframed(framed(b"abc")), unframed(framed(b"abc")[:-1])
    (b'\x03abc', b'abc', None)
    """
    return _LENGTH.pack(len(parcel)) + parcel


def unframed(received: bytes | bytearray) -> bytes | None:
    """The parcel, once all of it has been received."""
    if len(received) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack_from(received)
    end = _LENGTH.size + length
    return bytes(received[_LENGTH.size : end]) if len(received) >= end else None
