"""Numbers of networks kept in a folder, so that a ranking that was stopped goes on where it was.

In: candidates and their numbers. Out: one file for each, found again if what the network was read from, what it was
read on, how, and the versions of the libraries are all the same.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from benchmark.candidates.architectures import Architecture
from benchmark.data.fingerprints import file_hash
from benchmark.data.unlabelled.types import Numbers, Pictures, Texts, Unlabelled
from benchmark.process.files import write_file
from benchmark.ranking.collecting import Candidate
from benchmark.ranking.numbers import NetworkNumbers
from registry import FAMILIES, ModelFamily
from registry.regular_files import read_regular

LIBRARIES = ("memorank", "torch", "transformers", "tokenizers", "numpy", "pillow", "torchvision", "timm")
_NUMBERS = TypeAdapter(NetworkNumbers)


@dataclass(frozen=True)
class FolderShelf:
    """A folder of numbers.

    Attributes:
        folder: Where they lie; it is made when the first are kept.
        asked: All else that changes numbers, as a text: the estimators' settings.
    """

    folder: Path
    asked: str

    def mark(self, candidate: Candidate, taps: Sequence[str]) -> str | None:
        """A hash of all that the numbers depend on: the files' content, the data, how they are read, libraries.

        None where nobody could know whether numbers are still right, or a file cannot be read.
        """
        try:
            return self._digest(candidate, taps)
        except OSError:
            return None

    def find(self, mark: str) -> NetworkNumbers | None:
        """What is kept under this mark, None where there is nothing, or nothing that can be read."""
        try:
            return _NUMBERS.validate_json(read_regular(self._file(mark)))
        except (OSError, ValidationError):
            return None

    def keep(self, mark: str, numbers: NetworkNumbers) -> None:
        """Keep them, by one rename. Where the disk is full they are not kept, and the ranking goes on."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file(mark), _NUMBERS.dump_json(numbers))

    def _file(self, mark: str) -> Path:
        return self.folder / f"{mark[:32]}.json"

    def _digest(self, candidate: Candidate, taps: Sequence[str]) -> str | None:
        if hasattr(candidate, "run"):  # a run folder has kept all that is slow
            return None
        found = hashlib.sha256(repr((self.asked, type(candidate).__name__, list(taps))).encode())
        for library in LIBRARIES:
            with suppress(PackageNotFoundError):
                found.update(f"{library} {version(library)};".encode())
        for part in fields(candidate):  # type: ignore[arg-type]  # every candidate is a dataclass
            value = getattr(candidate, part.name)
            if isinstance(value, ModelFamily) and value.name not in FAMILIES:
                return None  # somebody's code, and nobody knows which
            if part.name != "name":
                found.update(f"{part.name}=".encode())
                for piece in _pieces(value):
                    found.update(piece)
        return found.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    """The bytes that a part of a candidate stands for: of a file its content, of data all that is read."""
    if isinstance(value, Texts | Pictures | Numbers):
        yield from _of_data(value)
    elif isinstance(value, Path):
        yield from _of_path(value)
    elif isinstance(value, Architecture):
        how = value.preparation
        yield repr((value.name, value.library, how.words, how.mean, how.deviation)).encode()
    elif isinstance(value, ModelFamily):
        yield repr((value.name, value.version, FAMILIES.content_hash(value.name))).encode()
    else:
        yield repr(value).encode()


def _of_data(data: Unlabelled) -> Iterator[bytes]:
    if isinstance(data, Texts):
        yield repr(data.texts).encode()
    elif isinstance(data, Numbers):
        yield repr((data.values.shape, data.values.dtype)).encode()
        yield np.ascontiguousarray(data.values).tobytes()
    else:
        yield from map(file_hash, data.files)


def _of_path(path: Path) -> Iterator[bytes]:
    """A file, or the files of a folder, not of folders in it."""
    if not path.is_dir():
        yield file_hash(path)
        return
    for file in sorted(path.iterdir()):
        if file.is_file():
            yield file.name.encode()
            yield file_hash(file)
