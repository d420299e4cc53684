"""The processes of one machine that compute cells, as whoever gives them cells sees them.

In: orders. Out: what the processes answer; how one ended that did not. A process is kept for the cells that follow, as
it takes seconds to import what computes.
"""

import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmark.process.logs import tail_of
from benchmark.process.time_limit import GRACE, too_long
from benchmark.process.worker_process import death
from benchmark.run.cluster.cell_process import BEGUN, LOG
from benchmark.run.cluster.orders import Order
from benchmark.run.cluster.parcels import framed, packed, unframed

IDLE = 60.0  # seconds after which a process without a cell ends
LOOKS = 0.5  # seconds between two looks at whether an answer is still wanted
_PIECE = 2**20  # bytes read at once


class NotWanted(Exception):
    """Nobody waits for the answer any more."""


class CellProcess:
    """A process that computes cells, with a folder of its own."""

    def __init__(self, number: int, setup: tuple[str, ...], scratch: Path, environment: Mapping[str, str]) -> None:
        self.number, self.setup = number, setup
        self.since = time.monotonic()  # when it was last given back
        self._folder = Path(tempfile.mkdtemp(prefix="memorank-", dir=scratch))
        words = [sys.executable, "-P", "-m", "benchmark.run.cluster.cell_process", str(self._folder), str(number)]
        self._process = subprocess.Popen(
            words,
            env=dict(environment),
            start_new_session=True,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def answer(self, order: Order, parcels: list[bytes], wanted: Callable[[], bool]) -> bytes:
        """Give it a cell and wait for what it answers.

        Args:
            order: The cell.
            parcels: The order as a parcel, and the parcel of its network.
            wanted: Asked now and then whether anybody still waits for the answer.

        Returns:
            Its answer. A process that died, or that took too long and was ended, gives that of a failed attempt.

        Raises:
            NotWanted: Nobody waits any more.
        """
        seconds, begun = order.job.seconds, None
        received = bytearray()
        threading.Thread(target=self._send, args=(parcels,), daemon=True).start()
        while True:
            parcel = unframed(received)
            if parcel:
                return parcel
            if parcel == BEGUN:
                del received[: len(framed(BEGUN))]
                begun = time.monotonic()
            elif not wanted():
                raise NotWanted
            elif seconds and begun and time.monotonic() - begun > seconds + GRACE:
                self._stop()
                return _failed(f"{too_long(seconds)}; as its code did not stop, its worker was ended")
            elif (piece := self._heard()) is not None:
                if not piece:
                    return _failed(f"its worker {death(self._process.wait())}", tail_of(self._folder / LOG))
                received += piece

    def alive(self) -> bool:
        """Whether it can be given a cell."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it, whatever it computes, and remove what it has written."""
        self._stop()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _heard(self) -> bytes | None:
        """What it has written, nothing where it has ended, None where it has not written for a moment."""
        source = self._process.stdout
        if source is None:
            return b""
        return os.read(source.fileno(), _PIECE) if select.select([source], [], [], LOOKS)[0] else None

    def _send(self, parcels: list[bytes]) -> None:
        """Write the parcels: more than a pipe holds, while the other end may have died."""
        try:
            for parcel in map(framed, parcels):
                left = memoryview(parcel)
                while left and self._process.stdin is not None:
                    left = left[os.write(self._process.stdin.fileno(), left) :]
        except (OSError, ValueError):
            return  # whoever waits for the answer sees why


class CellProcesses:
    """The processes of this machine; each computes one cell at a time, and waits for the next for a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[CellProcess] = []
        self._taken: set[int] = set()

    def take(self, setup: tuple[str, ...], scratch: Path, environment: Mapping[str, str]) -> CellProcess:
        """A process of this setup, a new one where none is idle; those of another setup end."""
        with self._lock:
            others = [one for one in self._idle if one.setup != setup or not one.alive()]
            self._idle = [one for one in self._idle if one not in others]
            found = self._idle.pop() if self._idle else None
            busy = self._taken | {one.number for one in self._idle}
            number = found.number if found else next(number for number in range(len(busy) + 1) if number not in busy)
            self._taken.add(number)
        for one in others:
            one.end()
        try:
            return found or CellProcess(number, setup, scratch, environment)
        except OSError:
            with self._lock:
                self._taken.discard(number)
            raise

    def give_back(self, process: CellProcess, keep: bool) -> None:
        """Keep a process for the next cell, for a while; or end it."""
        process.since = time.monotonic()
        with self._lock:
            self._taken.discard(process.number)
            if keep:
                self._idle.append(process)
        if not keep:
            process.end()
            return
        timer = threading.Timer(IDLE, self._end_idle)
        timer.daemon = True
        timer.start()

    def _end_idle(self) -> None:
        with self._lock:
            old = [one for one in self._idle if time.monotonic() - one.since >= IDLE]
            self._idle = [one for one in self._idle if one not in old]
        for one in old:
            one.end()


def _failed(cause: str, log: str = "") -> bytes:
    return packed({"outcome": "failed", "cause": cause, "trace": "", "log": log}, {})
