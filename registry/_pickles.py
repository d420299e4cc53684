"""Pickles of foreign data: plain containers and numpy arrays, read without Python's unpickler.

In: the bytes of a pickle. Out: what it holds. A pickle is a program for a stack machine, and may call whatever it
names. Here pickletools only tells its operations, one after the other. Those that make plain data are carried out on a
stack of our own, on which a name is a stand-in that calls nothing. Every other operation is refused. Memory stays
within a multiple of the size of the file.
"""

import io
import pickletools
import warnings
from collections.abc import Callable, Sized
from typing import Any

from registry._pickled_arrays import PickledArray, PickledDtype
from registry._pickled_names import MAKERS, SCALARS, Name, key, named, shown
from registry.errors import DataError, in_short

PROTOCOLS = 5
MOST_NESTED = 100
COPIES = 2  # how often the content of a file may be made into something else: text to bytes, and these to an array
CURE = "if you trust it, load it yourself and save it as JSON, Parquet or npy"
_LEAVES = SCALARS | {bytearray, set, frozenset}  # members of a set are scalars and tuples of scalars

_PUSHED = """
    INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT UNICODE SHORT_BINUNICODE BINUNICODE BINUNICODE8
    SHORT_BINBYTES BINBYTES BINBYTES8 BYTEARRAY8
"""


def read_pickle(content: bytes, where: str) -> Any:
    """What a pickle holds.

    Args:
        content: The bytes of the pickle.
        where: Where they come from, for messages.

    Returns:
        Plain containers, scalars and numpy arrays.

    Raises:
        DataError: It is no whole pickle, or holds anything else. Nothing of it was run.

    >>> import pickle
    >>> read_pickle(pickle.dumps({"a": (1, None)}), "here")
    {'a': (1, None)}
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # pickletools warns of escapes that Python does not know
            return _whole(_Reader(content).read(), MOST_NESTED, {})[0]
    except DataError as error:
        raise DataError(f"{where}: refused, nothing of it was run: {error}; {CURE}") from error
    except Exception as error:  # a broken program fails in any way
        raise DataError(f"{where}: not a whole pickle ({shown(in_short(error))})") from error


class _Reader:
    """The stack, the stacks below each mark, and the memo of one pickle."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)
        self._left = COPIES * len(content)
        self._stack: list[Any] = []
        self._below: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def read(self) -> Any:
        """Carry out every operation up to the last one.

        Returns:
            What is left on the stack, which may hold stand-ins.

        Raises:
            DataError: An operation is refused. A broken program may raise any other error.
        """
        for operation, argument, _ in pickletools.genops(self._stream):
            carry_out = _OPERATIONS.get(operation.name)
            if carry_out is None:
                raise DataError(f"its operation {operation.name} is not one of plain data")
            carry_out(self, argument)
        if self._stream.read(1) or self._below or len(self._stack) != 1:
            raise DataError("it does not hold exactly one thing")
        return self._stack[0]

    def protocol(self, version: int) -> None:
        if version > PROTOCOLS:
            raise DataError(f"it is of protocol {version}: only 0 to {PROTOCOLS} are read")

    def push(self, value: Any) -> None:
        self._stack.append(value)

    def push_ascii(self, text: str) -> None:
        """Push a text of Python 2. It does not say in which encoding it is, so only ASCII is read."""
        self._stack.append(text.encode("ascii").decode("ascii"))

    def push_again(self) -> None:
        self._stack.append(self._stack[-1])

    def mark(self) -> None:
        self._below.append(self._stack)
        self._stack = []

    def items(self) -> list[Any]:
        """What lies above the last mark, taken off the stack."""
        items, self._stack = self._stack, self._below.pop()
        return items

    def pop(self) -> None:
        if self._stack:
            self._stack.pop()
        else:
            self.items()

    def last(self, count: int) -> list[Any]:
        """The last so many values of the stack, taken off it."""
        if len(self._stack) < count:
            raise IndexError("it takes more from its stack than there is")
        taken = self._stack[-count:]
        del self._stack[-count:]
        return taken

    def on(self, kind: type) -> Any:
        """The last value of the stack. Raises DataError if it is not of this kind."""
        if type(self._stack[-1]) is not kind:
            raise DataError(f"it adds to a {type(self._stack[-1]).__name__} as if that were a {kind.__name__}")
        return self._stack[-1]

    def extend(self, items: list[Any]) -> None:
        self.on(list).extend(items)

    def add(self, items: list[Any]) -> None:
        self.on(set).update(map(key, items))

    def set_pairs(self, items: list[Any]) -> None:
        self.on(dict).update(_paired(items))

    def remember(self, place: int | None = None) -> None:
        self._memo[len(self._memo) if place is None else place] = self._stack[-1]

    def recall(self, place: int) -> None:
        self._stack.append(self._memo[place])

    def make(self) -> None:
        """Call a name's stand-in with its arguments."""
        name, arguments = self.last(2)
        if type(name) is not Name or type(arguments) is not tuple:
            raise DataError("it calls what is no name")
        self._spend(arguments)
        self._stack.append(MAKERS[name](*arguments))

    def build(self) -> None:
        """Give a stand-in its state; nothing else has one."""
        stand_in, state = self.last(2)
        if not isinstance(stand_in, PickledArray | PickledDtype) or type(state) is not tuple:
            raise DataError(f"it builds a {type(stand_in).__name__}: only arrays and their dtypes are built")
        self._spend(state)
        stand_in.build(state)
        self._stack.append(stand_in)

    def _spend(self, given: tuple[Any, ...]) -> None:
        """Count what is given: whatever is made again and again of the same parts may not outgrow the file."""
        self._left -= sum(len(part) for part in given if isinstance(part, Sized))
        if self._left < 0:
            raise DataError("it makes the same content again and again")


def _paired(items: list[Any]) -> dict[Any, Any]:
    return dict(zip(map(key, items[::2]), items[1::2], strict=True))


_OPERATIONS: dict[str, Callable[[_Reader, Any], Any]] = {
    "PROTO": _Reader.protocol,
    "FRAME": lambda reader, _: None,
    "STOP": lambda reader, _: None,
    "NONE": lambda reader, _: reader.push(None),
    "NEWTRUE": lambda reader, _: reader.push(True),
    "NEWFALSE": lambda reader, _: reader.push(False),
    "EMPTY_TUPLE": lambda reader, _: reader.push(()),
    "EMPTY_LIST": lambda reader, _: reader.push([]),
    "EMPTY_DICT": lambda reader, _: reader.push({}),
    "EMPTY_SET": lambda reader, _: reader.push(set()),
    "MARK": lambda reader, _: reader.mark(),
    "POP": lambda reader, _: reader.pop(),
    "POP_MARK": lambda reader, _: reader.items(),
    "DUP": lambda reader, _: reader.push_again(),
    "TUPLE": lambda reader, _: reader.push(tuple(reader.items())),
    "TUPLE1": lambda reader, _: reader.push(tuple(reader.last(1))),
    "TUPLE2": lambda reader, _: reader.push(tuple(reader.last(2))),
    "TUPLE3": lambda reader, _: reader.push(tuple(reader.last(3))),
    "LIST": lambda reader, _: reader.push(reader.items()),
    "DICT": lambda reader, _: reader.push(_paired(reader.items())),
    "FROZENSET": lambda reader, _: reader.push(frozenset(map(key, reader.items()))),
    "APPEND": lambda reader, _: reader.extend(reader.last(1)),
    "APPENDS": lambda reader, _: reader.extend(reader.items()),
    "ADDITEMS": lambda reader, _: reader.add(reader.items()),
    "SETITEM": lambda reader, _: reader.set_pairs(reader.last(2)),
    "SETITEMS": lambda reader, _: reader.set_pairs(reader.items()),
    "MEMOIZE": lambda reader, _: reader.remember(),
    "GLOBAL": lambda reader, name: reader.push(named(*name.split(" ", 1))),
    "STACK_GLOBAL": lambda reader, _: reader.push(named(*reader.last(2))),
    "REDUCE": lambda reader, _: reader.make(),
    "BUILD": lambda reader, _: reader.build(),
    **dict.fromkeys(_PUSHED.split(), _Reader.push),
    **dict.fromkeys(("STRING", "BINSTRING", "SHORT_BINSTRING"), _Reader.push_ascii),
    **dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), _Reader.remember),
    **dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), _Reader.recall),
}


def _whole(value: Any, room: int, done: dict[int, tuple[Any, Any, int]]) -> tuple[Any, int]:
    """A value with real arrays in the place of stand-ins, and how deep it is nested.

    `done` holds what has been seen, by its id: the value itself, so that no other gets its id, and the result.
    """
    if type(value) in _LEAVES:
        return value, 0
    if id(value) in done:
        _, result, depth = done[id(value)]
    else:
        result, depth = _with_parts(value, room, done)
        done[id(value)] = (value, result, depth)
    _check_depth(depth <= room)
    return result, depth


def _check_depth(small: bool) -> None:
    if not small:
        raise DataError(f"it is nested more than {MOST_NESTED} deep, or in itself")


def _with_parts(value: Any, room: int, done: dict[int, tuple[Any, Any, int]]) -> tuple[Any, int]:
    """The same for a value that has parts. Lists and dicts stay the same objects and get new parts."""
    if isinstance(value, PickledArray):
        return value.made(), 0
    if type(value) not in (list, tuple, dict):
        raise DataError("it holds a name or a dtype by itself, which is no data")
    _check_depth(room > 0)
    parts = [_whole(part, room - 1, done) for part in (value.values() if type(value) is dict else value)]
    depth = 1 + max((depth for _, depth in parts), default=0)
    made = [part for part, _ in parts]
    if type(value) is tuple:
        return tuple(made), depth
    if type(value) is dict:
        value.update(zip(value, made, strict=True))
    else:
        value[:] = made
    return value, depth
