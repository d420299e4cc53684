"""Where compiled kernels are kept between two processes, found without importing the compiler.

In: the environment. Out: a folder named by the hash of all kernel sources, and what is to be said of it. Where nothing
can be written, nothing is kept, and each process compiles what it needs.

The compiler caches a kernel until its own file changes, though code from other files is compiled into it: after an
update of one file it would go on running the old one. A folder for each state of the sources makes that impossible.
"""

import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from registry.folders import is_private, temporary_cache, user_cache, why_no_file

CHOSEN = "NUMBA_CACHE_DIR"
DIGITS = 12  # of the hash
_SOURCES = Path(__file__).parents[1] / "benchmark" / "information"


@dataclass(frozen=True)
class KernelFolder:
    """Where compiled kernels are kept.

    Attributes:
        folder: The folder, None if they are kept nowhere.
        refused: The first place that could not be used, with the reason, "" if there was none.
    """

    folder: Path | None
    refused: str = ""

    @property
    def remark(self) -> str | None:
        """One line for the user, None if all is as it should be."""
        if not self.refused:
            return None
        kept = f"kept in {self.folder}" if self.folder else "compiled anew by each process, which takes half a minute"
        return f"no place for compiled kernels: {self.refused}; they are {kept}; {cure()}"


def cure() -> str:
    """What the user can do so that compiled kernels are kept."""
    return f"to keep them, set {CHOSEN} to a folder that can be written"


def kernel_folder() -> KernelFolder:
    """The first place that can be written.

    Returns:
        A folder in NUMBA_CACHE_DIR if that is set, else one in the user's cache, else one in a temporary folder of the
        user's own; with the reason why the first of them could not be used.
    """
    try:
        temporary = temporary_cache()
    except OSError as error:
        return KernelFolder(None, str(error.strerror))
    return _found(os.environ.get(CHOSEN) or "", user_cache(), temporary)


@lru_cache(maxsize=4)
def _found(chosen: str, cache: Path, temporary: Path) -> KernelFolder:
    inner = Path("kernels", _state_of_the_sources())
    refused = "the user has no home folder" if cache == temporary and not chosen else ""
    for place in (*([Path(chosen) / inner.name] if chosen else []), cache / inner, temporary / inner):
        try:
            if place == temporary / inner:
                temporary.mkdir(mode=0o700, exist_ok=True)
                if not is_private(temporary):
                    raise PermissionError(0, "others may write there")
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
            _check_files(place)
        except OSError as error:
            refused = refused or f"{place}: {error.strerror or error}"
        else:
            return KernelFolder(place, refused)
    return KernelFolder(None, refused)


def _check_files(folder: Path) -> None:
    """Raises OSError for what the compiler would open and wait for, or read without end."""
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and (reason := why_no_file(path)) and os.path.lexists(path):  # else gone just now
            raise OSError(errno.ENXIO, f"{path.relative_to(folder)} is {reason}")


def _state_of_the_sources() -> str:
    digest = hashlib.sha256()
    for source in sorted(_SOURCES.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:DIGITS]
