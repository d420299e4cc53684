"""Files that are there whole or not at all: each is written beside its place and put there by one rename.

In: paths and bytes. Out: files on the disk, and locks that end with the process that holds them.
"""

import errno
import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.regular_files import open_regular

NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EBADF)  # of a file system without them


def write_json(path: Path, content: object) -> None:
    """Replace a file by the JSON of plain data, by one rename. Raises ValueError for NaN and infinity."""
    write_file(path, (json.dumps(content, indent=1, sort_keys=True, allow_nan=False) + "\n").encode())


def write_file(path: Path, content: bytes) -> None:
    """Replace a file by one rename, so that a reader sees the old content or the new one, whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f".tmp-{path.name}-{uuid.uuid4().hex}")
    try:
        building.touch()
        with locked(building):
            written_through(building, content)
            building.replace(path)
    finally:
        building.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, wait: bool = False) -> Iterator[None]:
    """Hold the lock of a file or folder within the context; it ends with the process at the latest.

    On a file system without locks everybody gets it.

    Args:
        path: A file or folder that is there.
        wait: Whether to wait for a lock that another process holds.

    Raises:
        BlockingIOError: Another process holds it and `wait` is false.
        NoRegularFile: The path is neither a file nor a folder.
    """
    descriptor = os.open(path, os.O_RDONLY) if path.is_dir() else open_regular(path, os.O_RDWR)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
        yield
    finally:
        os.close(descriptor)


def written_through(path: Path, content: bytes) -> None:
    """Write a file, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
