"""Faults that a test injects into a real run: Python imports this file at its start wherever its folder is in the path.

A command that is forked from another process runs it where it would start.

KILL="module function n": SIGKILL of the whole process group when the function is called for the n-th time. DIE="...":
of that process alone.
HOST="name": this machine has that name. STALE="seconds": how long a heartbeat on another host may stand still.
CHECKPOINT="seconds": from one checkpoint of a training to the next.
UNREADABLE="name": files of this name are there and cannot be read.
SIGNAL="module number": the process gets that signal when the module is looked for.
"""

import errno
import importlib.abc
import importlib.machinery
import os
import pathlib
import platform
import signal
import sys
from types import ModuleType
from typing import Any

if os.environ.get("HOST"):
    platform.node = lambda: os.environ["HOST"]


if os.environ.get("UNREADABLE"):
    _open = os.open

    def _read(path: Any, *given: Any, **named: Any) -> int:
        if pathlib.Path(path).name == os.environ["UNREADABLE"]:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
        return _open(path, *given, **named)

    os.open = _read


class _Deadly(importlib.abc.MetaPathFinder):
    """Finds one module as Python does, and puts a deadly function in the place of its own."""

    def __init__(self, module: str, function: str, count: str) -> None:
        self._module, self._path, self._left = module, function.split("."), int(count)

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module

        def run_and_replace(module: ModuleType) -> None:
            run(module)
            self.replace(module)

        spec.loader.exec_module = run_and_replace
        return spec

    def replace(self, owner: Any) -> None:
        for name in self._path[:-1]:
            owner = getattr(owner, name)
        own = getattr(owner, self._path[-1])

        def deadly(*given: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0:
                os.kill(0 if "KILL" in os.environ else os.getpid(), signal.SIGKILL)
            return own(*given, **named)

        setattr(owner, self._path[-1], deadly)
        for module in list(sys.modules.values()):  # those that have imported it already
            if len(self._path) == 1 and vars(module).get(self._path[0]) is own:
                setattr(module, self._path[0], deadly)


class _Signalling(importlib.abc.MetaPathFinder):
    """Finds nothing; when one module is looked for, the process gets a signal."""

    def __init__(self, module: str, number: str) -> None:
        self._module, self._number = module, int(number)

    def find_spec(self, name: str, path: Any, target: Any = None) -> None:
        if name == self._module:
            os.kill(os.getpid(), self._number)


if place := os.environ.get("SIGNAL"):
    sys.meta_path.insert(0, _Signalling(*place.split()))
if place := os.environ.get("KILL") or os.environ.get("DIE"):
    module, function, count = place.split()
    found = _Deadly(module, function, count)
    if module in sys.modules:
        found.replace(sys.modules[module])
    else:
        sys.meta_path.insert(0, found)
if os.environ.get("STALE"):
    from benchmark.run_folder import leases

    leases.STALE = float(os.environ["STALE"])
if os.environ.get("CHECKPOINT"):
    from benchmark.networks import checkpoints

    checkpoints.SECONDS = float(os.environ["CHECKPOINT"])
