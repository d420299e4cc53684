"""Files packed by gzip, unpacked up to a size that is known beforehand."""

import gzip
import zlib
from pathlib import Path

from registry import DataError
from registry.errors import in_short


def unpacked(file: Path, largest: int) -> bytes:
    """The content of a file. Raises DataError where it is damaged or larger than so many bytes."""
    try:
        with gzip.open(file) as stream:
            content = stream.read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{file}: {in_short(error)}") from error
    if len(content) > largest:
        raise DataError(f"{file}: more than {largest} bytes when unpacked, which is more than was published")
    return content
