"""Which files does a stretch of code read? So that code and data that no key holds are found out.

In: a stretch of somebody's code. Out: the files that Python has opened to read in it.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from registry.recording import recording

SHOWING = ("linecache", "inspect")  # modules that read sources to show them
OWN = frozenset(("memorank", "registry", "benchmark", "leaderboard"))  # memorank's packages
CODE = (".py", ".pyc", ".so")
_RECORDING: list[set[str]] = []  # one set for each block that is open


@contextmanager
def opened() -> Iterator[set[str]]:
    """Record what is read meanwhile.

    Yields:
        A set that holds afterwards the real paths of the files that Python opened to read. The source stands there for
        a module that Python has read in its compiled form. What another process or a library's own code reads is not
        seen.
    """
    _listen()
    with recording(_RECORDING) as found:
        yield found


@cache
def _listen() -> None:
    """From now on Python tells of every file that is opened; it cannot be told to stop."""
    sys.addaudithook(_hear)


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event != "open" or not _RECORDING:
        return
    path, mode, flags = given
    writes = set(mode) & set("wax") if mode else flags & os.O_ACCMODE == os.O_WRONLY
    if writes or not isinstance(path, str | bytes) or os.fsdecode(path) in sys.path:  # there modules are looked for
        return
    name = os.path.realpath(os.fsdecode(path))
    if name.endswith(".pyc"):
        name = _source_of(name)
    if _harmless():
        return
    for block in _RECORDING:
        block.add(name)


def _harmless() -> bool:
    """Whether a source is read to show its lines, as in a traceback or a warning, or memorank itself reads a file."""
    frame = sys._getframe(1)
    while (before := frame.f_back) is not None:
        frame = before
        module = str(frame.f_globals.get("__name__"))
        if module in SHOWING:
            return True
        if module.partition(".")[0] not in sys.stdlib_module_names:
            return module.partition(".")[0] in OWN
    return False


def _source_of(compiled: str) -> str:
    """The source of a file of compiled Python."""
    try:
        return importlib.util.source_from_cache(compiled)
    except ValueError:
        return compiled


def code_in(found: set[str]) -> list[Path]:
    """Those of the files that were read that hold Python code, sorted."""
    return sorted(Path(name) for name in found if name.endswith(CODE))
