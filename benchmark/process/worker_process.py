"""What every process that computes cells for a head does when it starts, and how its end is described.

In: the number of a worker, a log, an exit code. Out: its GPU, its output in the log, and its end in words.
"""

import os
import signal
import sys
from pathlib import Path

from registry.regular_files import open_regular


def share_gpus(number: int) -> None:
    """Let this process see one GPU only: worker n that of place n, in turn. Call it before CUDA is initialized."""
    seen = [gpu for gpu in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if gpu]
    seen = seen or [path.name.removeprefix("nvidia") for path in sorted(Path("/dev").glob("nvidia[0-9]*"))]
    if seen:
        os.environ["CUDA_VISIBLE_DEVICES"] = seen[number % len(seen)]


def write_to(log: Path) -> None:
    """Send everything that this process prints to a log, also what libraries in C print. Raises NoRegularFile."""
    log.parent.mkdir(exist_ok=True)
    descriptor = open_regular(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(descriptor, stream.fileno())
    os.close(descriptor)


def death(code: int | None) -> str:
    """How a process with this exit code ended, with a guess why.

    >>> death(-9)
    'was killed by SIGKILL (the system does so where memory is short)'
    """
    if code is None or code >= 0:
        return f"ended with {code}"
    name = signal.Signals(-code).name
    guess = " (the system does so where memory is short)" if name == "SIGKILL" else ""
    return f"was killed by {name}{guess}"
