"""What a pickle may name, and what we make of it: sets, bytes, and stand-ins for numpy's dtypes and arrays.

In: a module and a name, and arguments. Out: plain data or a stand-in. None of Python's or numpy's own callables is
called with what a file says before it has been checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType
from typing import Any

from registry._pickled_arrays import PickledArray, array_from_buffer, dtype_of
from registry.errors import DataError
from registry.foreign_text import printable

SCALARS = frozenset({NoneType, bool, int, float, str, bytes})
SHOWN = 80  # characters of what a file says


@dataclass(frozen=True)
class Name:
    """What a pickle names: a stand-in that calls nothing by itself."""

    module: str
    name: str


def shown(text: str) -> str:
    r"""The beginning of a foreign text, as it may stand in a line of a message.

    >>> shown("a\nb")
    'a b'
    """
    return printable(text[:SHOWN])


def named(module: Any, name: Any) -> Name:
    """The stand-in for a name.

    Raises:
        DataError: It is none of those that plain data need.

    >>> named("builtins", "set")
    Name(module='builtins', name='set')
    """
    if not isinstance(module, str) or not isinstance(name, str):
        raise DataError("it names something by what is no text")
    found = Name(module, name)
    if found not in MAKERS:
        raise DataError(
            f"it names {shown(f'{module}.{name}')}: only plain containers and numpy arrays are read from a pickle"
        )
    return found


def key(value: Any) -> Any:
    """A key of a dict or a member of a set, itself. To hash it costs little and runs nobody's code.

    Raises:
        DataError: It is neither a plain scalar nor a tuple of these.
    """
    if type(value) in SCALARS or (type(value) is tuple and all(type(part) in SCALARS for part in value)):
        return value
    raise DataError("a key or a member of a set is neither text nor number nor a tuple of these")


def _set(members: Any = ()) -> set[Any]:
    return set(map(key, members))


def _frozenset(members: Any = ()) -> frozenset[Any]:
    return frozenset(map(key, members))


def _bytes(*arguments: Any) -> bytes:
    """Empty bytes, for which protocols 0 to 2 call `bytes` without arguments."""
    if arguments:
        raise DataError("it makes bytes of something else")
    return b""


def _bytearray(content: Any = b"", *coding: Any) -> bytearray:
    return bytearray(_encoded(content, *coding) if coding else _only_bytes(content))


def _only_bytes(content: Any) -> bytes:
    if type(content) is not bytes:
        raise DataError("it makes a bytearray of something else than bytes")
    return content


def _encoded(text: Any, coding: Any) -> bytes:
    """Bytes as protocols 0 to 2 carry them: a text with one character for each byte."""
    if type(text) is not str or coding not in ("latin1", "latin-1"):
        raise DataError("it encodes something in another way than text as latin-1")
    return text.encode("latin-1")


def _empty_array(kind: Any, *_: Any) -> PickledArray:
    if kind != Name("numpy", "ndarray"):
        raise DataError("it makes an array of a kind of its own")
    return PickledArray()


def _nothing(*_: Any) -> Any:
    raise DataError("it makes an array in a way that is not known")


# Python 2 and 3, numpy 1 and 2 call the same things by different names.
MAKERS: dict[Name, Callable[..., Any]] = {
    Name("numpy", "ndarray"): _nothing,
    Name("numpy", "dtype"): dtype_of,
    Name("_codecs", "encode"): _encoded,
}
for _module in ("builtins", "__builtin__"):
    MAKERS |= {Name(_module, "set"): _set, Name(_module, "frozenset"): _frozenset}
    MAKERS |= {Name(_module, "bytes"): _bytes, Name(_module, "bytearray"): _bytearray}
for _core in ("numpy.core", "numpy._core"):
    MAKERS |= {Name(f"{_core}.multiarray", "_reconstruct"): _empty_array}
    MAKERS |= {Name(f"{_core}.numeric", "_frombuffer"): array_from_buffer}
