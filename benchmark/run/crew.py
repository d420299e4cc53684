"""Several workers on this machine: started, watched, shown as one, and never outliving their head.

In: a resolved plan, its run folder, how many. Out: the plan's cells published or failed; a `Tally`. A worker that the
system kills costs one attempt at the cell it was at, and another worker takes its place.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from os import _exit as end_process  # the real one, whatever is contained just now
from pathlib import Path
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.process import interruption, provenance
from benchmark.process.logs import tail_of
from benchmark.process.paths import shown
from benchmark.process.progress import Progress
from benchmark.process.sockets import make_place_for_sockets
from benchmark.process.streams import leave, others_run
from benchmark.process.time_limit import GRACE, too_long
from benchmark.process.worker_process import death, share_gpus, write_to
from benchmark.process.wrapping import say
from benchmark.run.assignment import Assignment, Tally, data_checks
from benchmark.run.attempts import Failed
from benchmark.run.workers import keep_failure, share
from benchmark.run_folder.leases import Leases
from registry import UserError

LAST_SECONDS = 4.0  # that workers have to end in order
DEATHS_BEFORE_BEGINNING = 3  # of workers that never came to a cell: then something else is wrong
PRELOADED = ["benchmark.run.compute"]  # what takes seconds to import, once for all workers
# A thread that waits for others of its worker leaves its core to other workers soon: else two workers of two threads on
# two cores take four times as long.
SOON_ASLEEP = ("GOMP_SPINCOUNT", "1000")
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class _Worker:
    """One worker as its head sees it."""

    number: int
    process: Any
    told: Connection
    leash: Connection  # closed with the head's end, whatever ends it
    cell: str | None = None
    since: float = 0.0  # when it began the cell, on this process's clock
    too_slow: bool = False  # it was ended, as its cell took too long
    finished: bool = False  # it has said that no cell is left


def work_together(pending: list[Cell], assigned: Assignment, progress: Progress, tally: Tally, workers: int) -> None:
    """As `workers.work`, by several workers on this machine, which start while this process checks the data.

    Args:
        pending: The cells to be computed.
        assigned: What is to be done.
        progress: Told of every cell.
        tally: Counts what is computed.
        workers: How many processes; no more are started than there are cells.

    Raises:
        UserError: None of them comes to a cell.
        DataError: What is wrong with the data; what is published by then stays.
    """
    count = min(workers, len(pending))
    if said := crowded(count, assigned.resolved.plan.threads, _cores()):
        progress.say(said)
    _Crew(assigned, pending, progress, tally).run(count)


def prepare_server() -> None:
    """Start the fork server, which imports what workers compute with while this process reads the plan."""
    make_place_for_sockets()
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault(*SOON_ASLEEP)
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    with _without_signals():
        forkserver.ensure_running()


@contextlib.contextmanager
def _without_signals() -> Iterator[None]:
    """Block SIGINT and SIGTERM; a process that is started inside the block gets none before it unblocks them."""
    resource_tracker.ensure_running()  # it unblocks signals, which the server of the workers must not get
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def crowded(workers: int, threads: int, cores: int) -> str | None:
    """A warning where workers will wait for each other, None where there are enough cores.

    >>> crowded(2, 2, 4), crowded(2, 2, 2)
    (None, '2 workers x 2 threads on 2 cores: they will wait for each other')
    """
    busy = f"{workers} workers x {threads} thread{'s' * (threads > 1)} on {cores} cores"
    return f"{busy}: they will wait for each other" if workers * threads > cores else None


class _Crew:
    """The head of several workers: starts them, hears what they tell, and replaces those that die."""

    def __init__(self, assigned: Assignment, pending: list[Cell], progress: Progress, tally: Tally) -> None:
        self._assigned = assigned
        self._pending = pending
        self._progress = progress
        self._tally = tally
        self._workers: list[_Worker] = []
        self._over: set[str] = set()
        self._idle_deaths = 0

    def run(self, count: int) -> None:
        """Run so many workers until every one has ended. Raises what `work_together` does."""
        prepare_server()
        try:
            with self._progress.over(len(self._pending)):
                self._workers = [self._started(number) for number in range(count)]
                for _ in data_checks(self._pending, self._assigned):
                    interruption.check()
                    self._listen(0.0)
                while self._workers:
                    interruption.check()
                    self._listen()
                    self._end_slow_ones()
        finally:
            self._end()

    def _started(self, number: int) -> _Worker:
        context = multiprocessing.get_context("forkserver")
        told, tell = context.Pipe(duplex=False)
        held, leash = context.Pipe(duplex=False)
        given = (number, self._assigned, self._pending, tell, held)
        process = context.Process(target=_work, args=given, name=f"worker {number}")
        with _without_signals():
            process.start()
        tell.close()
        held.close()
        return _Worker(number, process, told, leash)

    def _listen(self, seconds: float = 0.5) -> None:
        """Wait so long for messages of the workers, take them, and notice workers that have ended."""
        by_source = {source: worker for worker in self._workers for source in (worker.told, worker.process.sentinel)}
        for source in wait(list(by_source), timeout=seconds):
            worker = by_source[source]
            if worker in self._workers and not self._heard(worker):
                self._workers.remove(worker)
                self._ended(worker)

    def _heard(self, worker: _Worker) -> bool:
        """Take all messages that a worker has sent so far; returns False where the worker has ended."""
        try:
            while worker.told.poll():
                kind, text = worker.told.recv()
                if kind == "begin":
                    worker.cell, worker.since = text, time.monotonic()
                    told_of = [other.cell for other in self._workers if other.cell]
                    at_work = [cell for cell in told_of if cell not in self._over]  # another may have told of its end
                    self._progress.begin(f"{len(at_work)} at work: {', '.join(at_work)}")
                elif kind == "end":
                    self._tally.computed += worker.cell == text
                    worker.cell = None
                    if text not in self._over:  # every worker tells of every cell
                        self._over.add(text)
                        self._progress.end(text)
                elif kind == "leave":
                    worker.cell = None
                    self._progress.leave(text)
                elif kind == "say":
                    self._progress.say(text)
                elif kind == "finished":
                    worker.finished = True
                elif kind == "refuse":
                    raise UserError(text)
                else:
                    raise OSError(*text)
        except EOFError:
            worker.process.join()
            return False
        return bool(worker.process.is_alive() or worker.told.poll())

    def _end_slow_ones(self) -> None:
        """End a worker whose cell takes too long and has not stopped by itself: its code cannot be interrupted."""
        allowed = self._assigned.resolved.plan.seconds_per_cell
        for worker in self._workers:
            if allowed and worker.cell and time.monotonic() - worker.since > allowed + GRACE and not worker.too_slow:
                worker.too_slow = True
                worker.process.kill()

    def _ended(self, worker: _Worker) -> None:
        code, log = worker.process.exitcode, _log(self._assigned.run, worker.number)
        allowed = self._assigned.resolved.plan.seconds_per_cell
        worker.leash.close()
        if code == 0 and worker.finished:
            return
        if worker.cell is None:
            self._idle_deaths += 1
            if self._idle_deaths == DEATHS_BEFORE_BEGINNING:
                raise UserError(f"a worker {death(code)} before it came to a cell, again and again; see {shown(log)}")
        else:
            cause = f"its worker {death(code)}"
            if worker.too_slow and allowed:
                cause = f"{too_long(allowed)}; as its code did not stop, its worker was ended"
            keep_failure(worker.cell, Failed(cause, log=tail_of(log)), self._assigned, self._progress)
            Leases(self._assigned.run, self._assigned.command).clear([worker.cell])
        self._workers.append(self._started(worker.number))

    def _end(self) -> None:
        """End all workers: in order within four seconds, then by force."""
        for worker in self._workers:
            worker.process.terminate()
        last = time.monotonic() + LAST_SECONDS
        for worker in self._workers:
            worker.process.join(max(0.0, last - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


class _Telling:
    """The progress of a worker, which is sent to its head."""

    def __init__(self, tell: Connection) -> None:
        self._tell = tell

    @contextlib.contextmanager
    def over(self, cells: int) -> Iterator[None]:
        yield

    def begin(self, key: str) -> None:
        say(f"{provenance.now()} {key}")
        self._tell.send(("begin", key))

    def end(self, key: str) -> None:
        self._tell.send(("end", key))

    def leave(self, key: str) -> None:
        self._tell.send(("leave", key))

    def say(self, message: str) -> None:
        self._tell.send(("say", message))


def _work(number: int, assigned: Assignment, pending: list[Cell], tell: Connection, held: Connection) -> None:
    """The main function of a worker process, which has a log and a share of the GPUs of its own."""
    threading.Thread(target=_die_with_the_head, args=(held,), daemon=True).start()
    share_gpus(number)
    interruption.listen()
    try:
        write_to(_log(assigned.run, number))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        with interruption.unwrapped():
            from benchmark.plan.catalogue import include

            include(assigned.sources)
            share(pending, assigned, _Telling(tell), Tally(), watched=True)
            tell.send(("finished", ""))
        if others_run():
            leave(0)
    except interruption.Stopped as stop:
        end_process(128 + stop.number)
    except UserError as error:  # what was planned cannot be done as planned
        tell.send(("refuse", str(error)))
    except OSError as error:  # the disk is full, the folder gone: the head says so, and all end
        tell.send(("stop", (error.errno, error.strerror, error.filename, None, error.filename2)))


def _die_with_the_head(held: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        held.recv()
    end_process(1)


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log(run: Path, number: int) -> Path:
    return run / "logs" / f"worker-{number}.txt"
