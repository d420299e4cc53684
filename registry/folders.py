"""Where data sets and pretrained weights lie.

In: what a command or a caller says. Out: the data folder; it is the same for everything that is done within one block.
And what stands in a folder in place of a file.
"""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from registry.errors import DataError
from registry.stored import Dataset, Weights

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_SAID: ContextVar[Path | None] = ContextVar("data_folder", default=None)


def data_folder(given: str | Path | None = None) -> Path:
    """What is given, else what the block around says, else MEMORANK_DATA, else the user's cache folder."""
    chosen = given or _SAID.get() or os.environ.get("MEMORANK_DATA")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise DataError(f"data folder {chosen}: {error}") from error
    return user_cache()


def user_cache() -> Path:
    """Where memorank keeps what it can make or fetch again; the temporary one of a user who has no home."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "memorank"
    except RuntimeError:  # no HOME, and nobody of this number in the system's list of users
        return temporary_cache()


def temporary_cache() -> Path:
    """A folder of this user's own among the temporary ones, which need not be there."""
    return Path(tempfile.gettempdir()) / f"memorank-{os.geteuid()}"


def is_private(folder: Path) -> bool:
    """Whether a folder is this user's and nobody else can write there: what runs from it is what this user put there.

    Raises OSError where it cannot be looked at.
    """
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


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


def why_no_file(path: Path) -> str | None:
    """Why a path, or where it links to, is no file to be read, None where it is one.

    A pipe would be waited for without end, a device read without end.
    """
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        return "a link to nothing" if path.is_symlink() else f"it is not there ({error.strerror})"
    return None if kind == stat.S_IFREG else f"no file: {KINDS.get(kind, 'something else')}"
