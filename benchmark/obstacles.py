"""What the operating system has refused, in a line: what is in the way, and what helps.

In: an OSError that ends a command, and the command's name. Out: the line. "Run it again" stands where that can help.
"""

import errno
from pathlib import Path

from benchmark.wrapping import printable

# The option by which a command is told to write somewhere else.
ELSEWHERE = {"run": "--out", "report": "--out", "plan": "--out", "fetch": "--data-dir"}
AGAIN = "nothing published is lost, run it again"
FULL = "make room, then run it again; nothing published is lost"
TOO_LARGE = "allow larger files (ulimit -f), then run it again; nothing published is lost"
FORBIDDEN = "change the permissions{or_elsewhere}"
READ_ONLY = "nothing can be written there{elsewhere}"
NO_FOLDER = "a file stands where a folder is needed: move it{or_elsewhere}"
NO_FILE = "a folder stands where a file is needed: move it{or_elsewhere}"
IMPOSSIBLE = "it cannot be made there{elsewhere}"
CURES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: TOO_LARGE,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: READ_ONLY,
    errno.EEXIST: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.EISDIR: NO_FILE,
    errno.ENAMETOOLONG: IMPOSSIBLE,
}


def obstacle(error: OSError, command: str) -> str:
    """What is in the way, and the cure.

    >>> obstacle(OSError(errno.EROFS, "Read-only file system", "/media/run"), "run")
    '/media/run: Read-only file system; nothing can be written there: choose another --out'
    >>> obstacle(OSError(errno.EIO, "Input/output error"), "run")
    'Input/output error; nothing published is lost, run it again'
    """
    place = f"{error.filename}: " if error.filename else ""
    choose = f"choose another {ELSEWHERE[command]}" if command in ELSEWHERE else ""
    cure = IMPOSSIBLE if _cannot_be_made(error) else CURES.get(error.errno or 0, AGAIN)
    cure = cure.format(elsewhere=choose and f": {choose}", or_elsewhere=choose and f", or {choose}")
    return printable(f"{place}{error.strerror or error}; {cure}")


def _cannot_be_made(error: OSError) -> bool:
    """Whether something is not there though its folder is: that folder takes nothing in, as /proc does.

    Where the folder is gone too, what was there has vanished, and the same command makes it anew.
    """
    if error.errno != errno.ENOENT or not isinstance(error.filename, str | Path) or error.filename2:
        return False
    return Path(error.filename).parent.is_dir()
