"""What the text data sets share: texts are read as UTF-8, empty ones are refused, and exact duplicates are dropped."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from registry import Data, DataError, Examples
from registry.folders import why_no_file

TEXT = np.dtypes.StringDType()


class Labelled(NamedTuple):
    """One text and what the data say of it.

    Attributes:
        text: The text.
        label: Its class.
        where: Where it stands, as "file:row", for messages.
        group: The group of the one whom it is about, if the data tell.
        names: The names of that one, with spaces between, if the data tell.
    """

    text: str
    label: int
    where: str
    group: int | None = None
    names: str | None = None


def texts(train: Sequence[Labelled], held_out: Sequence[Labelled]) -> Data:
    """Both parts without exact duplicates; a text of both parts stays in train only.

    Args:
        train: Texts to train on.
        held_out: Texts held out.

    Returns:
        Texts as numpy's StringDType, in their order. Groups and names are there if the texts have them.

    Raises:
        DataError: A text has no word; its place is named.
    """
    seen: set[str] = set()
    return Data(train=_part(train, seen), held_out=_part(held_out, seen))


def read_text(path: Path) -> str:
    """A file as text.

    Raises:
        DataError: It is no file, or not of UTF-8: in which line.
    """
    if reason := why_no_file(path):
        raise DataError(f"{path}: {reason}")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 text (byte {error.start})") from error


def _part(rows: Sequence[Labelled], seen: set[str]) -> Examples:
    kept: list[Labelled] = []
    for row in rows:
        if not row.text.strip():
            raise DataError(f"{row.where}: the text is empty")
        if row.text not in seen:
            seen.add(row.text)
            kept.append(row)
    groups = [row.group for row in kept if row.group is not None]
    names = [row.names for row in kept if row.names is not None]
    return Examples(
        np.array([row.text for row in kept], dtype=TEXT),
        np.array([row.label for row in kept], dtype=np.int64),
        np.array(groups, dtype=np.int64) if groups else None,
        np.array(names, dtype=TEXT) if names else None,
    )
