"""The real command in a process of its own, forked from one that has imported everything already.

Run as a script, with a socket, it is that other process: it forks a command whenever it is asked to, and says how each
has ended. It has run a small plan before, so that a copy of it imports and loads nothing more.
"""

import atexit
import contextlib
import importlib
import io
import json
import locale
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from multiprocessing import forkserver, util
from pathlib import Path
from typing import Any
from unittest import mock

LONGEST = 2**20  # bytes of what is asked at once
ROOT = Path(__file__).parent.parent
FAULTY = os.pathsep.join((str(ROOT / "tests" / "faults" / "injected"), str(ROOT)))  # a PYTHONPATH
STARTED_WITH = {**os.environ, "PYTHONPATH": str(ROOT)}
READ_AT_START = ("GOMP_", "HF_", "HOME", "LC_", "LANG", "LD_", "MPL", "NUMBA_", "OMP_", "PYTHON", "TORCH", "XDG_")
SET_BY_TORCH = ("TORCHINDUCTOR_CACHE_DIR",)  # when its compiler is imported, as by a trainer: nothing here compiles
CUDA = Path("/dev/nvidiactl")  # where it is there: what has begun in CUDA does not survive a fork
SMALL = ("--set", "seeds=[0]", "--set", "threads=1")
IMPORTED = ("memorank", "registry", "benchmark.plan.catalogue", "benchmark.run.crew")
_SPAWN = util.spawnv_passfds
_servers: list[subprocess.Popen[bytes]] = []


def can_be_forked(environment: dict[str, str], options: dict[str, Any]) -> bool:
    """Whether a fork is as good: nothing differs that an interpreter or a library reads when it starts."""
    differ = [name for name in {**environment, **STARTED_WITH} if environment.get(name) != STARTED_WITH.get(name)]
    if environment.get("PYTHONPATH") == FAULTY and "SIGNAL" not in environment:
        differ.remove("PYTHONPATH")
    if _writes_utf8(environment) and _writes_utf8(STARTED_WITH):
        differ = [name for name in differ if not name.startswith(("LC_", "LANG"))]
    streams = {"stdin", "stdout", "stderr"}
    read = [name for name in differ if name.startswith(READ_AT_START) and name not in SET_BY_TORCH]
    alike = not read and options.keys() <= streams
    return alike and not CUDA.exists()


def _writes_utf8(environment: dict[str, str]) -> bool:
    """Whether the language of the environment is one that is written in UTF-8."""
    named = filter(None, (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")))
    return next(named, "").lower().replace("-", "").endswith(".utf8")


class Forked(subprocess.Popen[str]):
    """A process as `subprocess.Popen` gives it, whose parent is another one."""

    def __init__(self, *given: Any, drawn: bool, ignoring: bool, **options: Any) -> None:
        self._asked = {"drawn": drawn, "ignoring": ignoring}
        super().__init__(*given, **options)

    def _execute_child(self, *given: Any) -> None:
        words, folder, environment, pipes = given[0], given[5], given[6], given[10:16]
        asked = json.dumps({"words": words, "folder": str(folder), "environment": environment, **self._asked})
        streams = [own if pipe == -1 else pipe for own, pipe in enumerate((pipes[0], pipes[3], pipes[5]))]
        socket.send_fds(_server(), [asked.encode()], streams)
        self.pid = json.loads(_server().recv(LONGEST))
        self._child_created = True
        self._close_pipe_fds(*pipes)

    def _internal_poll(self, *_: Any, **__: Any) -> int | None:
        if self.returncode is None:
            pid, status = self._try_wait(os.WNOHANG)
            if pid:
                self._handle_exitstatus(status)
        return self.returncode

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        while True:
            _server().send(json.dumps({"wait": self.pid}).encode())
            status = json.loads(_server().recv(LONGEST))
            if status is not None:
                return self.pid, status
            if wait_flags:
                return 0, 0
            time.sleep(0.005)


@cache
def _server() -> socket.socket:
    """The way to the process that forks, which ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    words = [sys.executable, "-P", __file__, str(theirs.fileno())]
    _servers.append(subprocess.Popen(words, pass_fds=[theirs.fileno()], env=STARTED_WITH, start_new_session=True))
    theirs.close()
    return ours


def _serve(way: socket.socket) -> None:
    """Fork what is asked for until nobody asks any more."""
    _warm()
    blank = _beside("blank_figures").blank
    ended: dict[int, int] = {}
    while True:
        text, streams, _, _ = socket.recv_fds(way, LONGEST, 3)
        if not text:
            os._exit(0)
        asked = json.loads(text)
        if "wait" in asked:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(asked["wait"], os.WNOHANG)
                ended.update({pid: status} if pid else {})
            way.send(json.dumps(ended.get(asked["wait"])).encode())
        elif pid := os.fork():
            for stream in streams:
                os.close(stream)
            way.send(json.dumps(pid).encode())
        else:
            way.close()
            _become(asked, streams)
            with contextlib.nullcontext() if asked["drawn"] else blank():
                _end(_code_of(asked["words"]))


def _code_of(words: list[str]) -> int:
    """The exit code of the command, or of the program that stands behind -c."""
    try:
        if words[2] == "-c":
            exec(words[3], {"__name__": "__main__"})
            return 0
        return int(importlib.import_module("memorank").main())
    except SystemExit as end:
        return int(end.code or 0)


def _warm() -> None:
    """Do what a process does once: import what only a run imports, load the compiled kernels, fill in templates.

    It runs in one thread, since those of torch would not be there in a copy, and no signal is listened to after it.
    """
    main, registry, catalogue, _ = (importlib.import_module(name) for name in IMPORTED)
    with (
        tempfile.TemporaryDirectory() as folder,
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
        mock.patch.dict(os.environ),
    ):
        assert main.main(["run", "toy", "--out", f"{folder}/run", *SMALL]) == 0
    text = registry.FAMILIES["toy-encoder"]
    text.build((8,), 2)
    text.tokenizer()
    catalogue.forget_included()
    sys.unraisablehook = sys.__unraisablehook__
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def _beside(name: str) -> Any:
    """A module of the tests, whose folder a command does not know."""
    spec = spec_from_file_location(Path(name).name, Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _become(asked: dict[str, Any], streams: list[int]) -> None:
    """What a process is that has just been started with these words, in this folder, with these streams."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, max(streams) + 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN if asked["ignoring"] else signal.default_int_handler)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    if os.environ["PYTHONPATH"] == FAULTY:
        _beside("faults/injected/sitecustomize")
    sys.argv = ["-c", *asked["words"][4:]] if asked["words"][2] == "-c" else asked["words"][3:]
    util.spawnv_passfds = _spawned  # type: ignore[assignment]
    sys.modules["__main__"].__spec__ = find_spec("memorank.__main__")  # workers see by it what not to run again
    text, screen = locale.getpreferredencoding(False), os.isatty(1)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), text, line_buffering=screen)
    errors = io.BufferedWriter(io.FileIO(2, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(errors, text, "backslashreplace", line_buffering=True)


def _spawned(path: Any, words: list[str], passed: list[int]) -> int:
    """What multiprocessing starts, but that the server of the workers is forked from here: all is imported already."""
    if "forkserver" not in words[-1]:
        return _SPAWN(path, words, passed)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    if pid := os.fork():
        return pid
    for number in {int(opened.name) for opened in Path("/proc/self/fd").iterdir()} - {0, 1, 2, *passed}:
        with contextlib.suppress(OSError):
            os.close(number)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    forkserver._forkserver.__init__()  # type: ignore[misc]
    try:
        exec(words[-1], {})
    finally:
        os._exit(0)


def _end(code: int) -> None:
    """What an interpreter does at its end, but for taking to pieces what it has imported."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
