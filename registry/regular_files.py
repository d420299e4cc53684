"""Files in folders that others can write: opened without waiting for what may stand there in place of a file.

In: a path. Out: the descriptor or the bytes of a regular file, or a link's; `NoRegularFile` for all else. A pipe would
be waited for without end, a device read without end.
"""

import errno
import os
import stat
from pathlib import Path

# A socket, a pipe that nobody reads, a device without a driver; a folder that is to be written.
_NOT_OPENED = (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP, errno.EISDIR)


class NoRegularFile(OSError):
    """A folder, a pipe, a socket or a device stands where a file is needed; its number is EISDIR for a folder."""


def open_regular(path: Path, flags: int = os.O_RDONLY) -> int:
    """Open a regular file as `os.open` does, without waiting.

    Args:
        path: The file, or a link to one.
        flags: Those of `os.open`.

    Returns:
        The descriptor, which the caller closes.

    Raises:
        NoRegularFile: Something else stands there.
        OSError: It cannot be opened.
    """
    try:
        descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY, 0o666)
    except OSError as error:
        if error.errno in _NOT_OPENED:
            _check(path, path.stat())
        raise
    try:
        _check(path, os.fstat(descriptor))
        os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        NoRegularFile: Something else stands there.
        OSError: It cannot be read.
    """
    with os.fdopen(open_regular(path), "rb") as stream:
        return stream.read()


def _check(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        number = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.ENXIO
        raise NoRegularFile(number, "not a regular file", str(path))
