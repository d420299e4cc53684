"""Files packed by gzip, unpacked up to a size that is known beforehand.

In: a file. Out: its content, or a DataError that names the file. A small file may unpack to any size.
"""

import gzip
import zlib
from pathlib import Path

from registry import DataError
from registry.errors import in_short


def unpacked(file: Path, largest: int) -> bytes:
    """The content of a packed file.

    Args:
        file: The file.
        largest: The most bytes that the content may have.

    Raises:
        DataError: The file is damaged, or its content is larger.
    """
    try:
        with gzip.open(file) as stream:
            content = stream.read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{file}: {in_short(error)}") from error
    if len(content) > largest:
        raise DataError(f"{file}: more than {largest} bytes when unpacked, which is more than was published")
    return content
