"""A place for the sockets of workers, whose paths the system allows few bytes.

In: the folder for temporary files. Out: a folder of multiprocessing's own whose path is short enough.
"""

import multiprocessing.util
import os
import tempfile
from contextlib import suppress

from registry import UserError

MOST = 107  # bytes of a socket's path on Linux; macOS has four less
OWN = len("/pymp-xxxxxxxx/listener-xxxxxxxx") + 4  # what multiprocessing adds
SHORT = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  # the folder in it is made by mkdtemp, which nobody can foresee


def make_place_for_sockets() -> None:
    """Have multiprocessing make its folder where a socket's path is short enough, if TMPDIR is too long for it.

    Raises:
        UserError: No folder with a short path can be written.
    """
    given = tempfile.gettempdir()
    if fits(given):
        return
    for place in SHORT:
        tempfile.tempdir = place
        try:
            with suppress(OSError):
                multiprocessing.util.get_temp_dir()  # the same one from now on; it goes with the process
                return
        finally:
            tempfile.tempdir = given
    raise UserError(
        f"{given}: its path has {len(os.fsencode(given))} bytes, and those of sockets, which --workers needs, leave "
        f"{MOST - OWN}; set TMPDIR to a shorter one, or run without --workers"
    )


def fits(folder: str) -> bool:
    """Whether a socket in a folder of multiprocessing's own in this one has a path that is short enough.

    >>> fits("/tmp"), fits("/scratch/" + 100 * "x")
    (True, False)
    """
    return len(os.fsencode(folder)) + OWN <= MOST
