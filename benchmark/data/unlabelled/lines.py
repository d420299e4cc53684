"""The lines of a file of text, one at a time and with their numbers, so that a file may be larger than the memory.

In: the path of a file, packed by gzip or not. Out: lines as an editor counts them, or one line that says what is wrong.
"""

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from registry import DataError
from registry.errors import in_short
from registry.regular_files import NoRegularFile, open_regular

PACKED = ".gz"
LONGEST = 2**26  # bytes of a line: what is longer is no text for a network
BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines with their ends, numbered from 1; without the mark of UTF-8 at the start.

    Raises:
        DataError: The file cannot be read or unpacked, is UTF-16, or has a line of 64 MiB.
    """
    try:
        with closing(_opened(path)) as stream:
            number = 0
            while line := stream.readline(LONGEST):
                number += 1
                if len(line) == LONGEST:
                    raise DataError(f"{path}:{number}: a line of {LONGEST >> 20} MiB or more, which is no text")
                if number == 1 and line.startswith(UTF_16):
                    raise DataError(f"{path}: it is UTF-16: save it as UTF-8")
                yield number, line.removeprefix(BOM) if number == 1 else line
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: it cannot be read ({in_short(error)})") from error


def text_of(path: Path, number: int, line: bytes) -> str:
    """A line as text.

    Raises:
        DataError: It is not UTF-8, or it holds a NUL byte.
    """
    if b"\0" in line:
        raise DataError(f"{path}:{number}: a NUL byte, which no text has: is it another kind of file?")
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path}:{number}: not UTF-8 text (byte {error.start} of the line): save it as UTF-8"
        ) from error


def open_file(path: Path) -> IO[bytes]:
    """A regular file, opened to read. Raises DataError for what is none, or cannot be read."""
    try:
        return os.fdopen(open_regular(path), "rb")
    except NoRegularFile as error:
        raise DataError(f"{path}: not a regular file") from error
    except OSError as error:
        raise DataError(f"{path}: it cannot be read ({error.strerror})") from error


def _opened(path: Path) -> "IO[bytes] | gzip.GzipFile":
    stream = open_file(path)
    return _Unpacked(stream) if path.suffix.lower() == PACKED else stream


class _Unpacked(gzip.GzipFile):
    """What a packed file holds; closing it closes the file."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        """Close both."""
        super().close()
        self._packed.close()
