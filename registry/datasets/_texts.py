"""What the text data sets share: empty texts are refused, exact duplicates go, a text is numpy's StringDType."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from registry import Data, DataError, Examples

Labelled = tuple[str, int, str]  # text, label, and where it stands ("file:row")


def texts(train: Sequence[Labelled], held_out: Sequence[Labelled]) -> Data:
    """Both parts without exact duplicates; a text of both parts stays in train only.

    Raises DataError that names the place of a text without a word.
    """
    seen: set[str] = set()
    return Data(train=_part(train, seen), held_out=_part(held_out, seen))


def read_text(path: Path) -> str:
    """A file as text. Raises DataError that names it where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 text (byte {error.start})") from error


def _part(rows: Sequence[Labelled], seen: set[str]) -> Examples:
    kept: dict[str, int] = {}
    for text, label, where in rows:
        if not text.strip():
            raise DataError(f"{where}: the text is empty")
        if text not in seen:
            seen.add(text)
            kept[text] = label
    return Examples(np.array(list(kept), dtype=np.dtypes.StringDType()), np.array(list(kept.values()), dtype=np.int64))
