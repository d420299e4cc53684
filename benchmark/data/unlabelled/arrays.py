"""Arrays in .npy and .npz files: the chosen examples alone are read, and of an archive no array of labels is opened.

In: the path of a file. Out: `Numbers`, or `Texts` of an array of text. Nothing in a file is ever run.
"""

import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import IO, NoReturn

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.lines import open_file
from benchmark.data.unlabelled.numbers import check_form, numbers
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.tables import is_label, named, texts_in
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DataError
from registry.errors import in_short

INPUTS = ("inputs", "x", "images", "texts", "input_ids")  # names that say which of several arrays is meant
MASKS = ("attention_mask", "token_type_ids")
GROUPS = re.compile(r"groups?([_\-].*)?")
CURE = "np.save('inputs.npy', array)"
BLOCK = 2**20  # bytes
Reader = Callable[[IO[bytes]], tuple[tuple[int, ...], bool, "np.dtype[np.generic]"]]
HEADS: Mapping[tuple[int, int], Reader] = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def array_file(source: str, path: Path, examples: int) -> Numbers | Texts:
    """The one array of an .npy file.

    Args:
        source: The file, as it was given.
        path: The file.
        examples: How many are read at most.

    Raises:
        DataError: It holds no such array, or objects, which can run code when they are read.
    """
    with open_file(path) as stream:
        size = path.stat().st_size
        return _examples(source, stream, size, examples)


def archive(source: str, path: Path, examples: int) -> Numbers | Texts:
    """The array of inputs of an .npz file: the only one, but for labels, or the one that is named as inputs are.

    Args:
        source: The file, as it was given.
        path: The file.
        examples: How many are read at most.

    Raises:
        DataError: It is no such archive, or holds several arrays that may be meant.
    """
    with open_file(path) as stream:
        try:
            packed = zipfile.ZipFile(stream)
            names = [name.removesuffix(".npy") for name in packed.namelist() if name.endswith(".npy")]
        except Exception as error:  # zipfile raises whatever comes to it: of struct, of its own
            raise DataError(f"{path}: not what an .npz file holds ({in_short(error)})") from error
        name = _inputs(path, names)
        member = packed.getinfo(f"{name}.npy")
        try:
            with packed.open(member) as unpacked:
                found = _examples(source, unpacked, member.file_size, examples)
        except (
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            NotImplementedError,
            zipfile.BadZipFile,
            zlib.error,
        ) as error:
            raise DataError(f"{path}: array {name!r} cannot be read ({in_short(error)})") from error
    return replace(found, left_out=tuple(other for other in names if other != name))


def _inputs(path: Path, names: Sequence[str]) -> str:
    """The name of the array that is read."""
    if not names:
        raise DataError(f"{path}: it holds no array; write one by {CURE}")
    if len(set(names)) < len(names):
        raise DataError(f"{path}: two arrays have one name")
    left = [name for name in names if not is_label(name) and not GROUPS.fullmatch(name.strip().casefold())]
    if not left:
        raise DataError(f"{path}: no array is left to read: of {named(names)} none is read, as labels are not")
    if masks := [name for name in left if name in MASKS]:
        raise DataError(
            f"{path}: {masks[0]} beside the ids is not read, so that padding would be taken for words: give the texts"
        )
    meant = [name for name in left if name.casefold() in INPUTS]
    if len(left) > 1 and len(meant) != 1:
        raise DataError(f"{path}: several arrays may be the inputs ({named(left)}): write the one by {CURE}")
    return meant[0] if len(left) > 1 else left[0]


def _examples(source: str, stream: IO[bytes], size: int, examples: int) -> Numbers | Texts:
    """The chosen examples of the array that begins where a stream stands, and is all of its bytes."""
    shape, by_columns, dtype = head_of(source, stream)
    if dtype.hasobject:
        raise DataError(f"{source}: it holds objects, which can run code when they are read; write numbers by {CURE}")
    if dtype.kind != "U":
        check_form(source, dtype, shape)
    elif not dtype.itemsize or len(shape) != 1 or 0 in shape:
        raise DataError(f"{source}: texts have the shape {shape}, and one axis, of the examples, is read")
    if stream.tell() + prod(shape) * dtype.itemsize != size:
        raise DataError(f"{source}: it has not the bytes of the array that it says it holds: {shape} of {dtype}")
    rows = chosen(shape[0], examples)
    try:
        found = _all(stream, shape, dtype)[rows] if by_columns else _rows(stream, shape, dtype, rows)
    except (ValueError, MemoryError) as error:
        raise DataError(f"{source}: the array cannot be read ({in_short(error)})") from error

    def where(row: int) -> str:
        return f"{source}: row {rows[row]} (from 0)"

    if dtype.kind == "U":
        letters = np.frombuffer(found.tobytes(), f"{dtype.byteorder}u4")
        if letters.max(initial=0) > sys.maxunicode:
            raise DataError(f"{source}: it holds what is no text: a letter of the number {letters.max()}")
        return texts_in(source, found, shape[0], where)
    return numbers(source, found, shape[0], where)


def head_of(source: str, stream: IO[bytes]) -> tuple[tuple[int, ...], bool, "np.dtype[np.generic]"]:
    """The shape of an array, whether it lies column by column, and its type.

    Raises:
        DataError: An .npy file does not begin like that.
    """
    try:
        version = np.lib.format.read_magic(stream)
        if version not in HEADS:
            _unknown(version)
        shape, by_columns, dtype = HEADS[version](stream)
    except Exception as error:  # numpy's reader raises whatever comes to it: of tokenize, of struct, of ast, ...
        raise DataError(f"{source}: not what an .npy file holds ({in_short(error)})") from error
    if any(isinstance(length, bool) or length < 0 for length in shape):
        raise DataError(f"{source}: not what an .npy file holds (its shape is {shape})")
    return shape, by_columns and len(shape) > 1, dtype


def _unknown(version: tuple[int, int]) -> NoReturn:
    raise ValueError(f"version {version[0]}.{version[1]} of the format")


def _rows(
    stream: IO[bytes], shape: tuple[int, ...], dtype: "np.dtype[np.generic]", rows: NDArray[np.int64]
) -> NDArray[np.generic]:
    """The rows, each read where it lies."""
    start, length = stream.tell(), prod(shape[1:]) * dtype.itemsize
    parts = []
    for row in rows.tolist():
        _go_on(stream, start + row * length)
        parts.append(stream.read(length))
        if len(parts[-1]) < length:
            raise ValueError("it ends too early")
    _go_on(stream, start + shape[0] * length)
    return np.frombuffer(b"".join(parts), dtype).reshape(len(rows), *shape[1:])


def _go_on(stream: IO[bytes], place: int) -> None:
    """Go on to a place; in an archive by reading, as its checksum is that of all bytes."""
    if not isinstance(stream, zipfile.ZipExtFile):
        stream.seek(place)
        return
    while (left := place - stream.tell()) > 0 and stream.read(min(left, BLOCK)):
        pass


def _all(stream: IO[bytes], shape: tuple[int, ...], dtype: "np.dtype[np.generic]") -> NDArray[np.generic]:
    """An array that lies column by column, whose rows cannot be read alone."""
    return np.frombuffer(stream.read(), dtype).reshape(shape, order="F")
