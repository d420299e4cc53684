"""Where on its way a path cannot be followed, as the file system tells it afterwards.

In: a path that could not be opened or made. Out: the part of it that is in the way, and how.
"""

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

UNFOLLOWED = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


@dataclass(frozen=True)
class Blocked:
    """A part of a path that is no folder, or a link to `target`, which is not there; one in a circle has no target."""

    part: Path
    is_link: bool
    target: str = ""


@dataclass(frozen=True)
class LongName:
    """A name in a path with more bytes than the file system takes."""

    length: int
    most: int


def in_the_way(place: Path) -> Blocked | None:
    """The first part of a path that is a link to nothing, or stands before the rest and is no folder."""
    for part in reversed((place, *place.parents)):
        with suppress(OSError, ValueError):
            if stat.S_ISLNK(part.lstat().st_mode) and (number := _fault(part)) in UNFOLLOWED:
                return Blocked(part, True, "" if number == errno.ELOOP else str(part.readlink()))
            if part != place and not stat.S_ISDIR(part.stat().st_mode):
                return Blocked(part, False)
    return None


def first_missing(place: Path) -> Path:
    """The first part of a path that is not there; the whole path where its folder is."""
    missing = place
    for parent in place.parents:
        if parent.exists():
            break
        missing = parent
    return missing


def long_name(place: Path) -> LongName | None:
    """The first name in a path that is too long for the folder around it."""
    for part in reversed((place, *place.parents)):
        with suppress(OSError, ValueError):
            around = next((parent for parent in part.parents if parent.exists()), Path.cwd())
            most, length = os.pathconf(around, "PC_NAME_MAX"), len(os.fsencode(part.name))
            if length > most:
                return LongName(length, most)
    return None


def _fault(link: Path) -> int | None:
    try:
        link.stat()
    except OSError as error:
        return error.errno
    return None
