"""A Dask cluster on loopback: a scheduler and workers, each with folders of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from real_command import ROOT

SECONDS = 60.0  # in which a scheduler or a worker is there


class DaskCluster:
    """Processes of this machine that see nothing of each other but their sockets."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler" / "file.json"
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file), "--no-dashboard")
        self._start("scheduler", "distributed.cli.dask_scheduler", *options)
        self._wait(self.file.is_file)

    def worker(self, name: str, *options: str, **environment: str) -> None:
        """Start a worker of one thread with these options and in this environment; returns once it has registered."""
        folder = self._folder / name
        own = {"MEMORANK_DATA": str(folder / "data"), "TMPDIR": str(folder), "WORKER": name, **environment}
        given = ("--scheduler-file", str(self.file), "--no-dashboard", "--nthreads", "1", "--no-nanny")
        given = (*given, "--host", "127.0.0.1", "--local-directory", str(folder / "local"), *options)
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
        folder.mkdir(parents=True)
        own: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, *words],
                cwd=folder,
                env=own,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def _wait(self, there: Any) -> None:
        deadline = time.monotonic() + SECONDS
        while not there():
            assert time.monotonic() < deadline
            assert self._processes[-1].poll() is None
            time.sleep(0.05)
