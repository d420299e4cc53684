"""Where data sets and pretrained weights lie, and what may stand in a folder in place of a file.

In: what a command or a caller says. Out: the data folder, which is the same for all that is done within one block.
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
    """The folder of all data sets and weights.

    Args:
        given: What the caller says, if anything.

    Returns:
        `given`, else what the block around says (`data_folder_is`), else MEMORANK_DATA, else the user's cache.

    Raises:
        DataError: It begins with "~" and there is no such home folder.

    >>> data_folder("here").name
    'here'
    """
    chosen = given or _SAID.get() or os.environ.get("MEMORANK_DATA")
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise DataError(f"data folder {chosen}: {error}") from error
    return user_cache()


def user_cache() -> Path:
    """Where memorank keeps what it can make or fetch again.

    It is `memorank` in XDG_CACHE_HOME, by default ~/.cache, and a temporary folder for a user who has no home.
    """
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "memorank"
    except RuntimeError:  # no HOME, and nobody of this number in the system's list of users
        return temporary_cache()


def temporary_cache() -> Path:
    """A folder of this user's own among the temporary ones. It may not be there yet."""
    return Path(tempfile.gettempdir()) / f"memorank-{os.geteuid()}"


def is_private(folder: Path) -> bool:
    """Whether a folder is this user's and nobody else can write there, so that what runs from it is this user's own.

    Raises:
        OSError: It cannot be looked at.
    """
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def folder_of(stored: Dataset | Weights, root: Path | None = None) -> Path:
    """Where the files of a data set or of weights lie.

    Args:
        stored: The data set or the weights.
        root: The data folder, by default the one that `data_folder` says.

    Returns:
        The folder of their name in the data folder, or the one that the weights say themselves.
    """
    elsewhere = stored.folder if isinstance(stored, Weights) else None
    return elsewhere or (root or data_folder()) / stored.name


@contextmanager
def data_folder_is(folder: Path) -> Iterator[None]:
    """Within the block, this is the data folder, for families too, which find their weights in it."""
    token = _SAID.set(folder)
    try:
        yield
    finally:
        _SAID.reset(token)


def why_no_file(path: Path) -> str | None:
    """Why a path, or what it links to, is no file that can be read. A pipe or a device would be read without end.

    Returns:
        The reason in a few words; None for a file.
    """
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except OSError as error:
        return "a link to nothing" if path.is_symlink() else f"it is not there ({error.strerror})"
    return None if kind == stat.S_IFREG else f"no file: {KINDS.get(kind, 'something else')}"
