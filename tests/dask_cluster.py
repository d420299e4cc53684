"""A Dask cluster on loopback or on machines: a scheduler and workers, each with folders of its own."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from machines import Machine
from real_command import ROOT

SECONDS = 60.0  # in which a scheduler or a worker is there

ON_A_CLUSTER = [
    pytest.mark.loopback,
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None, reason="Dask is not here: pip install 'memorank[dask]'"
    ),
]


class DaskCluster:
    """Processes that see nothing of each other but their sockets, each on a machine of its name if there are such."""

    def __init__(self, folder: Path, machine: Callable[[str], Machine] = lambda name: Machine()) -> None:
        self.file = folder / "scheduler" / "file.json"
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self._folder, self._machine = folder, machine
        self._processes: list[subprocess.Popen[bytes]] = []
        options = ("--port", "0", "--scheduler-file", str(self.file))
        self._start("scheduler", "distributed.cli.dask_scheduler", *options)
        self._wait(lambda: self.file.is_file() and self.file.read_text().endswith("}"))
        self.address: str = json.loads(self.file.read_text())["address"]

    def worker(self, name: str, *options: str, **environment: str) -> None:
        """Start a worker of one thread with these options and in this environment; returns once it has registered."""
        folder = self._folder / name
        own = {"MEMORANK_DATA": str(folder / "data"), "TMPDIR": str(folder), "WORKER": name, **environment}
        given = (self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / "local"), *options)
        self.workers[name] = self._start(name, "distributed.cli.dask_worker", *given, **own)
        self._wait(lambda: "Registered to" in (folder / "log.txt").read_text())

    def kill(self, name: str) -> None:
        """SIGKILL of a worker; the processes beside it see that it has gone."""
        self.workers[name].send_signal(signal.SIGKILL)
        self.workers[name].wait()

    def log(self, name: str) -> str:
        """What a worker has printed."""
        return (self._folder / name / "log.txt").read_text()

    def end(self) -> None:
        """Nothing of it stays."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, name: str, module: str, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        own: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        machine = self._machine(name)
        words = (sys.executable, "-P", "-m", module, "--host", machine.address, "--no-dashboard", *words)
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                machine.words(folder, *words), env=own, stdout=log, stderr=log, start_new_session=True
            )
        self._processes.append(process)
        return process

    def _wait(self, there: Any) -> None:
        deadline = time.monotonic() + SECONDS
        while not there():
            assert time.monotonic() < deadline
            assert self._processes[-1].poll() is None
            time.sleep(0.05)
