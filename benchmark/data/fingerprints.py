"""What identifies the files of a data set or of pretrained weights: the hash of their bytes.

In: an entry of the registry and the data folder. Out: a fingerprint, or an error that names the file.
"""

import hashlib
import os
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from registry import DataError, Dataset, Weights, folder_of
from registry.errors import RunError
from registry.folders import why_no_file
from registry.regular_files import open_regular

HASHES_KEPT = 100_000  # of files, in a process: twice the reviews of IMDb
NO_FILE = b"no file"  # instead of a hash, for what fits a pattern and cannot be read
SETTLED = 2.0  # seconds after which a file that is saved anew has another time, on every file system


class MissingFile(DataError):
    """A file that is not there; `cure` is the command that brings it, or what to do by hand."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class ChangedInput(RunError):
    """A file that is no longer what a cell's key says."""


def fingerprint(stored: Dataset | Weights, root: Path) -> str:
    """SHA-256 of what identifies data or weights: name, version and the bytes of their files, wherever they lie.

    Args:
        stored: A data set, or pretrained weights.
        root: The data folder.

    Raises:
        DataError: A file is missing, or is not the published one.
    """
    digest = hashlib.sha256(f"{stored.name} {stored.version}".encode())
    for name, published in form_of(stored, root).items():
        for path in files_of(stored, name, root):
            found = NO_FILE if "*" in name and why_no_file(path) else file_hash(path)
            if published and found.hex() != published:
                raise DataError(
                    f"{path}: SHA-256 is {found.hex()}, published is {published}; run: memorank fetch {stored.name}"
                )
            if "*" in name:
                digest.update(path.name.encode(errors="surrogateescape"))  # a name may be no text
            digest.update(found)
    for name in stored.extra if isinstance(stored, Weights) else ():
        if (path := folder_of(stored, root) / name).is_file():
            digest.update(name.encode() + file_hash(path))
    return digest.hexdigest()


def check_unchanged(stored: Dataset | Weights, root: Path, expected: str) -> None:
    """Raises ChangedInput if the files no longer have the expected fingerprint."""
    if fingerprint(stored, root) != expected:
        raise changed_input(stored, root)


def changed_input(stored: Dataset | Weights, root: Path) -> ChangedInput:
    """The error to raise if files changed while a command was at work."""
    place = folder_of(stored, root)
    return ChangedInput(f"{stored.name!r} in {place} has changed since this command began: start it again")


def form_of(stored: Dataset | Weights, root: Path) -> Mapping[str, str | None]:
    """The files that count: `or_files` of a data set if all of them exist, else `files`."""
    other = stored.or_files if isinstance(stored, Dataset) else {}
    folder = folder_of(stored, root)
    return other if other and all(next(folder.glob(name), None) for name in other) else stored.files


def files_of(stored: Dataset | Weights, name: str, root: Path) -> list[Path]:
    """The file of that name, or all that fit the pattern. Raises MissingFile if there is none."""
    folder = folder_of(stored, root)
    paths = sorted(folder.glob(name)) if "*" in name else [path for path in [folder / name] if path.is_file()]
    if paths:
        return paths
    about = f"{stored.size}, licence: {stored.licence}"
    cure = f"run: memorank fetch {stored.name}" if stored.fetch else f"put it there: {stored.reference}"
    command = f"memorank fetch {stored.name}" if stored.fetch else f"put it into {folder}: {stored.reference}"
    pickles = sorted(path.name for path in folder.glob("*.bin")) if isinstance(stored, Weights) else []
    if pickles and name.endswith(".safetensors"):
        cure = f"{pickles[0]} is a pickle, which is never read: convert it by save_pretrained(...) of transformers"
        command = cure
    what = "data set" if isinstance(stored, Dataset) else "pretrained weights"
    message = f"{what} {stored.name!r} is not complete: {folder / name} is missing; {cure} ({about})"
    raise MissingFile(message, command)


def file_hash(path: Path) -> bytes:
    """SHA-256 of a file, computed once in a process unless somebody has written to the file since."""
    found = path.stat()
    if time.time() - max(found.st_mtime, found.st_ctime) < SETTLED:
        return _hashed(path)
    return _kept_hash(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@lru_cache(maxsize=HASHES_KEPT)
def _kept_hash(path: Path, *state: int) -> bytes:
    """The hash of a file in this state; its change time moves with every write, whatever else is put back."""
    return _hashed(path)


def _hashed(path: Path) -> bytes:
    with os.fdopen(open_regular(path), "rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
