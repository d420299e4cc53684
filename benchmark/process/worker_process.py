"""What every process that computes cells for a head does at its start, and how its end is told.

In: the number of a worker, a log, an exit code. Out: its share of the GPUs, its output in the log, an end in words.
"""

import os
import signal
import sys
from pathlib import Path

from registry.regular_files import open_regular


def share_gpus(number: int) -> None:
    """One of the GPUs that this process may see, in turn; CUDA has not looked at them yet."""
    seen = [gpu for gpu in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if gpu]
    seen = seen or [path.name.removeprefix("nvidia") for path in sorted(Path("/dev").glob("nvidia[0-9]*"))]
    if seen:
        os.environ["CUDA_VISIBLE_DEVICES"] = seen[number % len(seen)]


def write_to(log: Path) -> None:
    """Everything that this process prints, the libraries' own too, goes there."""
    log.parent.mkdir(exist_ok=True)
    descriptor = open_regular(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(descriptor, stream.fileno())
    os.close(descriptor)


def death(code: int | None) -> str:
    """How a process ended, with a guess."""
    if code is None or code >= 0:
        return f"ended with {code}"
    name = signal.Signals(-code).name
    guess = " (the system does so where memory is short)" if name == "SIGKILL" else ""
    return f"was killed by {name}{guess}"
