"""Which files does a stretch of code read? So that code and data that no key holds are found out.

In: a stretch of somebody's code. Out: the files that Python has opened to read in it, in this thread.
"""

import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

SHOWING = ("linecache", "inspect")  # modules that read sources to show them
_RECORDING: dict[int, list[set[str]]] = {}  # by thread: one set for each block that is open


@contextmanager
def opened() -> Iterator[set[str]]:
    """Record what is read meanwhile.

    Yields:
        A set that holds afterwards the absolute paths of the files that this thread opened to read. The source stands
        there for a module that Python has read in its compiled form.
    """
    _listen()
    thread = threading.get_ident()
    found: set[str] = set()
    _RECORDING.setdefault(thread, []).append(found)
    try:
        yield found
    finally:
        _RECORDING[thread].pop()
        if not _RECORDING[thread]:
            del _RECORDING[thread]


@cache
def _listen() -> None:
    """From now on Python tells of every file that is opened; it cannot be told to stop."""
    sys.addaudithook(_hear)


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event != "open" or not (blocks := _RECORDING.get(threading.get_ident())):
        return
    path, mode, flags = given
    writes = set(mode) & set("wax") if mode else flags & os.O_ACCMODE == os.O_WRONLY
    if writes or not isinstance(path, str | bytes):
        return
    name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # inside an audit hook nothing else may be imported
    if name.endswith(".pyc"):
        name = _source_of(name)
    if name.endswith(".py") and _only_shown():
        return
    for block in blocks:
        block.add(name)


def _only_shown() -> bool:
    """Whether a source is read to show its lines, as in a traceback or a warning, and not to run it."""
    frame = sys._getframe(1)
    while (before := frame.f_back) is not None:
        frame = before
        if frame.f_globals.get("__name__") in SHOWING:
            return True
    return False


def _source_of(compiled: str) -> str:
    try:
        return importlib.util.source_from_cache(compiled)
    except ValueError:
        return compiled


def code_in(found: set[str]) -> list[Path]:
    """The files among those that were read that hold Python code."""
    return sorted(Path(name) for name in found if name.endswith((".py", ".pyc", ".so")))
