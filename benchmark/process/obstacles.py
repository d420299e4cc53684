"""What the operating system has refused, in a line: what is in the way, and what helps.

In: an OSError that ends a command, and the command's name. Out: the line. "Run it again" stands where that can help.
"""

import errno
import os
from pathlib import Path

from benchmark.process.blocked_paths import first_missing, in_the_way, long_name
from benchmark.process.ownership import building_of
from benchmark.process.wrapping import printable

# The option by which a command is told to write somewhere else.
ELSEWHERE = {"run": "--out", "report": "--out", "plan": "--out", "fetch": "--data-dir"}
SAFE = "then run it again; nothing published is lost"
AGAIN = "nothing published is lost, run it again"
FULL = f"make room, {SAFE}"
TOO_LARGE = f"allow larger files (ulimit -f), {SAFE}"
TOO_MANY_FILES = f"allow more open files (ulimit -n), {SAFE}"
TOO_MANY_PROCESSES = f"allow more processes (ulimit -u) or take fewer --workers, {SAFE}"
NO_MEMORY = f"free memory, or take fewer --workers, {SAFE}"
OTHER = f"mend that, {SAFE}"
FORBIDDEN = "change the permissions{or_elsewhere}"
READ_ONLY = "nothing can be written there{elsewhere}"
NO_FOLDER = "a file stands where a folder is needed: move it{or_elsewhere}"
NO_FILE = "a folder stands where a file is needed: move it{or_elsewhere}"
NOT_EMPTY = "a folder with files in it stands in the way: move it{or_elsewhere}"
NO_PLAIN_FILE = "a device, a pipe or a socket stands where a file is needed: move it{or_elsewhere}"
TWO_SYSTEMS = "both places must lie on one file system: move them onto one{or_elsewhere}"
CIRCLE = "it is a link that leads in a circle: remove it{or_elsewhere}"
NOWHERE = "it is a link to {target}, which is not there: mend or remove it{or_elsewhere}"
NOT_TAKEN = "the file system takes no such name{elsewhere}"
TOO_LONG = "a name there may have {most} bytes, and this one has {length}{elsewhere}"
IMPOSSIBLE = "it cannot be made there{elsewhere}"
VANISHED = (
    "it was moved or removed meanwhile: put it back, or say where it is now, and what is published there is kept; "
    "if it was removed, run it again"
)
NO_TEMPORARY = "set TMPDIR to a folder that can be written"
SHORTER = "set TMPDIR to a shorter path"
CURES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: TOO_LARGE,
    errno.EMFILE: TOO_MANY_FILES,
    errno.ENFILE: TOO_MANY_FILES,
    errno.ENOMEM: NO_MEMORY,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: READ_ONLY,
    errno.EEXIST: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: NO_FILE,
    errno.ENOTEMPTY: NOT_EMPTY,
    errno.ENXIO: NO_PLAIN_FILE,
    errno.ENODEV: NO_PLAIN_FILE,
    errno.EXDEV: TWO_SYSTEMS,
    errno.ELOOP: CIRCLE,
    errno.EINVAL: NOT_TAKEN,
    errno.EILSEQ: NOT_TAKEN,
    errno.ENAMETOOLONG: IMPOSSIBLE,
    # What may have gone by the next time: a file system that was away, a file that somebody else was at.
    **dict.fromkeys((errno.EIO, errno.ESTALE, errno.EAGAIN, errno.EINTR, errno.EBUSY, errno.ETXTBSY), AGAIN),
    **dict.fromkeys((errno.ETIMEDOUT, errno.ENOLCK, errno.ENOTCONN, errno.EREMOTEIO, errno.EPIPE), AGAIN),
    **dict.fromkeys((errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH), AGAIN),
    **dict.fromkeys((errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED), AGAIN),
}
FOLLOWED = (errno.ENOENT, errno.EEXIST, errno.ENOTDIR, errno.ELOOP)  # where a part of the path is in the way
REPLACED = (errno.ENOTEMPTY, errno.EISDIR, errno.ENOTDIR, errno.EEXIST)  # what a new name meets
MOST_SHOWN = 60  # characters of a name that is too long


def obstacle(error: OSError, command: str) -> str:
    """What is in the way, and the cure.

    >>> obstacle(OSError(errno.EROFS, "Read-only file system", "/media/run"), "run")
    '/media/run: Read-only file system; nothing can be written there: choose another --out'
    >>> obstacle(OSError(errno.EIO, "Input/output error"), "run")
    'Input/output error; nothing published is lost, run it again'
    """
    named = [
        Path(os.fsdecode(name))
        for name in (error.filename2, error.filename)
        if isinstance(name, str | bytes | os.PathLike)
    ]
    place, cure = _of_paths(error.errno or 0, named) if named else (error.filename, _without_path(error))
    place = _in_the_end(place) if isinstance(place, Path) else place
    choose = f"choose another {ELSEWHERE[command]}" if command in ELSEWHERE else ""
    cure = cure.replace("{elsewhere}", choose and f": {choose}").replace("{or_elsewhere}", choose and f", or {choose}")
    return printable(f"{f'{place}: ' if place else ''}{error.strerror or error}; {cure}")


def _of_paths(number: int, named: list[Path]) -> tuple[Path | str, str]:
    """What is in the way, and the cure: of what a file was to be renamed to first."""
    place = named[-1]
    for path in named if number in FOLLOWED else ():
        if blocked := in_the_way(path):
            link = NOWHERE.replace("{target}", blocked.target) if blocked.target else CIRCLE
            return blocked.part, link if blocked.is_link else NO_FOLDER
    if number == errno.EEXIST and place.is_dir():
        return place, NO_FILE
    if number == errno.ENOENT:
        missing = first_missing(place)
        return (place, IMPOSSIBLE) if missing == place and len(named) == 1 else (missing, VANISHED)
    if number == errno.ENAMETOOLONG and (name := long_name(place)):
        parts = [part if len(part) <= MOST_SHOWN else f"{part[:MOST_SHOWN]}..." for part in place.parts]
        return Path(*parts), TOO_LONG.replace("{most}", str(name.most)).replace("{length}", str(name.length))
    return named[0] if number in REPLACED else place, CURES.get(number, OTHER)


def _in_the_end(place: Path) -> Path:
    """The place that a file under construction was to get: the name that it had meanwhile is not there any more."""
    if os.path.lexists(place):
        return place
    return Path(*(building_of(Path(part)) or part for part in place.parts))


def _without_path(error: OSError) -> str:
    """The cure of what names no path."""
    if "AF_UNIX path too long" in str(error):
        return SHORTER
    if error.errno == errno.ENOENT and "temporary directory" in str(error):
        return NO_TEMPORARY
    if error.errno == errno.EAGAIN:
        return TOO_MANY_PROCESSES
    return AGAIN if error.errno in (None, errno.ENOENT) else CURES.get(error.errno, OTHER)
