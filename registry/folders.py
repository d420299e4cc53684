"""Where data sets and pretrained weights lie.

In: what a command or a caller says. Out: the data folder; it is the same for everything that is done within one block.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from registry.errors import DataError
from registry.types import Dataset, Weights

_SAID: ContextVar[Path | None] = ContextVar("data_folder", default=None)


def data_folder(given: str | Path | None = None) -> Path:
    """What is given, else what the block around says, else MEMORANK_DATA, else the user's cache folder."""
    chosen = given or _SAID.get() or os.environ.get("MEMORANK_DATA")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise DataError(f"data folder {chosen}: {error}") from error
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "memorank"


def folder_of(stored: Dataset | Weights, root: Path | None = None) -> Path:
    """Where the files of data or of weights lie, in this data folder or in that of the moment."""
    elsewhere = stored.folder if isinstance(stored, Weights) else None
    return elsewhere or (root or data_folder()) / stored.name


@contextmanager
def data_folder_is(folder: Path) -> Iterator[None]:
    """For a while, families find their weights in this data folder."""
    token = _SAID.set(folder)
    try:
        yield
    finally:
        _SAID.reset(token)
