"""Activations that somebody has dumped: .npy, .npz and .safetensors files, read without running anything in them.

In: a path. Out: arrays by tap.
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmark.data.unlabelled.tables import is_label
from benchmark.ranking.given import WHOLE, Given
from registry import UserError, did_you_mean
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
    from safetensors.numpy import load

    try:
        if path.suffix == ".safetensors":
            found = dict(sorted(load(content).items(), key=lambda item: _in_numbers(item[0])))  # it comes in any order
        else:
            stream = io.BytesIO(content)
            loaded = np.load(stream, allow_pickle=False)
            if path.suffix == ".npy" and stream.tell() < len(content):
                raise ValueError("more stands behind its first array")
            found = {WHOLE: loaded} if path.suffix == ".npy" else {name: loaded[name] for name in loaded.files}
    except MemoryError:
        raise
    except Exception as error:  # numpy's reader raises whatever comes to it: of tokenize, of zlib, ...
        if "allow_pickle" in str(error):
            raise UserError(
                f"{path}: it holds objects, which can run code when they are read; write by {CURE}"
            ) from error
        raise UserError(f"{path}: not what a {path.suffix} file holds ({in_short(error)})") from error
    found = {name: array for name, array in found.items() if not is_label(name)} or found
    if not found:
        raise UserError(f"{path}: it holds no array")
    return dict(found)
