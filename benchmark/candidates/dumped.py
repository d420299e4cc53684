"""Activations that somebody has dumped: .npy, .npz and .safetensors files, read without running anything in them.

In: a path. Out: arrays by tap.
"""

import io
import os
import re
import zipfile
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.arrays import head_of
from benchmark.data.unlabelled.tables import is_label
from benchmark.ranking.given import WHOLE, Given
from registry import DataError, UserError, did_you_mean
from registry.errors import in_short
from registry.regular_files import NoRegularFile, read_regular

FORMS = (".npy", ".npz", ".safetensors")
PICKLES = (".bin", ".ckpt", ".pickle", ".pkl", ".pt", ".pth")
CURE = "np.save('a.npy', array), or of several taps np.savez('a.npz', fc1=..., fc2=...)"


@dataclass(frozen=True)
class Dumped:
    """Activations that somebody has dumped."""

    name: str
    path: Path

    def read(self) -> tuple[Given, str]:
        """The arrays of the file. Raises UserError where there are none."""
        return arrays_in(self.path), ""


def arrays_in(path: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of a file by tap; of a file with one array alone the tap is named "activations".

    Raises UserError for what is no such file, and for a pickle, which is never run.
    """
    if path.suffix in PICKLES:
        raise UserError(f"{path}: a pickle can run code when it is read, so it is not; write the arrays by {CURE}")
    if path.suffix not in FORMS:
        near = did_you_mean(path.suffix, FORMS)
        raise UserError(f"{path}: activations are read from {', '.join(FORMS)} files{near}; write them by {CURE}")
    try:
        content = read_regular(path)
    except NoRegularFile as error:
        raise UserError(f"{path}: not a regular file") from error
    except FileNotFoundError as error:
        beside = [one.name for one in path.parent.glob("*") if one.suffix in FORMS] if path.parent.is_dir() else []
        raise UserError(f"{path}: no such file{did_you_mean(path.name, beside) if beside else ''}") from error
    return _opened(path, content)


def _in_numbers(name: str) -> list[tuple[int, str]]:
    """What sorts names by the numbers in them: fc2 before fc10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name) if part]


def _opened(path: Path, content: bytes) -> dict[str, NDArray[np.generic]]:
    try:
        if path.suffix == ".safetensors":
            loaded = _safetensors(content)
            found = dict(sorted(loaded.items(), key=lambda item: _in_numbers(item[0])))  # it comes in any order
        elif path.suffix == ".npy":
            _check_size(path, io.BytesIO(content), len(content))
            found = {WHOLE: np.load(io.BytesIO(content), allow_pickle=False)}
        else:
            found = _archive(path, content)
    except (MemoryError, UserError, DataError):
        raise
    except Exception as error:  # numpy's reader raises whatever comes to it: of tokenize, of zlib, ...
        if "allow_pickle" in str(error):
            raise UserError(
                f"{path}: it holds objects, which can run code when they are read; write by {CURE}"
            ) from error
        raise UserError(f"{path}: not what a {path.suffix} file holds ({in_short(error)})") from error
    found = {name: array for name, array in found.items() if not _is_labels(name, array)} or found
    if not found:
        raise UserError(f"{path}: it holds no array")
    return found


def _archive(path: Path, content: bytes) -> dict[str, NDArray[np.generic]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        if sum(member.file_size for member in members) > os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"):
            raise MemoryError
        names = [member.filename for member in members]
        if len(set(names)) < len(names):
            raise UserError(f"{path}: two arrays have one name; write them by {CURE}")
        for member in members:
            with packed.open(member) as stream:
                _check_size(path, stream, member.file_size)
    with np.load(io.BytesIO(content), allow_pickle=False) as loaded:
        return {name: loaded[name] for name in loaded.files}


def _check_size(path: Path, stream: IO[bytes], size: int) -> None:
    """Raises DataError where an array says that it has other bytes than follow: before room is made for them."""
    shape, _, dtype = head_of(str(path), stream)
    if not dtype.hasobject and stream.tell() + prod(shape) * dtype.itemsize != size:
        raise DataError(f"{path}: it has not the bytes of the array that it says it holds: {shape} of {dtype}")


def _safetensors(content: bytes) -> dict[str, NDArray[np.generic]]:
    """Its arrays; those in numbers that numpy has not, as bfloat16, in float32."""
    from safetensors.numpy import load

    try:
        return load(content)
    except KeyError:
        from safetensors.torch import load as load_tensors

        return {name: tensor.float().numpy() for name, tensor in load_tensors(content).items()}


def _is_labels(name: str, array: NDArray[np.generic]) -> bool:
    """Whether an array beside the taps holds labels, which are not read: by its name, one number or 0s and 1s each."""
    one_each = array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1)
    return is_label(name) and (one_each or bool(np.isin(array, (0, 1)).all()))
