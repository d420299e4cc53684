"""From cells to records: a worker claims one cell after another until none is left.

In: an assignment. Out: every cell published, or failed with its cause kept; a `Tally`. Several workers, of one command
or of several, on one machine or on all that see the folder, share the cells by their leases.
"""

import os
import sys
import time
import traceback
from contextlib import closing, nullcontext
from typing import Any

from benchmark import interruption, provenance, store
from benchmark.assignment import ATTEMPTS, Assignment, Tally, carry_out, given_up, outcome
from benchmark.cells import Cell, check_inputs
from benchmark.leases import Claim, Leases
from benchmark.logs import NAME as LOG
from benchmark.logs import captured, tail
from benchmark.paths import shown
from benchmark.progress import Progress
from benchmark.time_limit import TookTooLong, at_most
from registry.errors import RunError, bounded, in_words
from registry.foreign_text import printable

LONGEST_TRACEBACK = 100_000  # characters
PATIENCE = 0.2  # seconds until a worker looks again at cells that others are at work on


def work(assigned: Assignment, progress: Progress) -> Tally:
    """Compute every cell of the plan that is not published; a failed cell is kept with its cause, the rest goes on."""
    return carry_out(assigned, progress, lambda pending, tally: share(pending, assigned, progress, tally))


def share(pending: list[Cell], assigned: Assignment, progress: Progress, tally: Tally, watched: bool = False) -> None:
    """Claim, compute and publish cells until none is left that anybody could compute; wait for those at work.

    With `watched` a head in another process records the deaths of its workers, and this one's output is its log.
    """
    with progress.over(len(pending)), closing(_Worker(assigned, progress, watched)) as worker:
        while pending:
            left = []
            for cell in pending:
                interruption.check()
                if worker.settled(cell):
                    progress.end(cell.key)
                    continue
                tally.computed += (done := worker.claimed_and_done(cell))
                if done or worker.settled(cell):
                    progress.end(cell.key)
                else:
                    left.append(cell)
            if len(left) == len(pending):
                time.sleep(PATIENCE)
            pending = left


class _Worker:
    """One worker: what it is given, and what it knows of the networks that score cells wait for."""

    def __init__(self, assigned: Assignment, progress: Progress, watched: bool) -> None:
        # torch costs seconds: only where there is something to compute
        from benchmark.training import device

        self._assigned, self._run, self._progress = assigned, assigned.run, progress
        self._leases = Leases(assigned.run, assigned.command, watched)
        self._aside = sys.stderr if watched else None
        self._outcomes: dict[str, str] = {}
        self._networks = {cell.key: cell.identity for cell in assigned.resolved.cells if cell.work == "train"}
        threads = assigned.resolved.plan.threads
        self._context = {
            "threads": threads, "device": str(device()), "process": os.getpid(), **provenance.environment()
        }  # fmt: skip

    def close(self) -> None:
        """Whatever ends the worker, no lease stays its own."""
        self._leases.release()

    def settled(self, cell: Cell) -> bool:
        """Whether the cell is published, or nobody will compute it: it or its network failed, or that diverged."""
        if store.is_published(self._run, cell.key) or given_up(cell.key, self._assigned):
            return True
        if cell.work == "train":
            return False
        return self._network(cell) == "diverged" or given_up(cell.train, self._assigned)

    def claimed_and_done(self, cell: Cell) -> bool:
        """Compute and publish the cell if it can be computed now and no other worker is at it."""
        ready = cell.work == "train" or self._network(cell) is not None
        with self._leases.hold(cell.key, provenance.now()) if ready else nullcontext(Claim(False)) as claim:
            if not claim.mine or store.is_published(self._run, cell.key):
                return False
            if claim.dead and claim.dead.command == self._assigned.command:
                self._failed(cell, f"its worker died: process {claim.dead.pid} on {claim.dead.host}", "", "")
            return not given_up(cell.key, self._assigned) and self._done(cell)

    def _network(self, cell: Cell) -> str | None:
        """How the network of a score cell came out, None where it is not there yet."""
        if cell.train not in self._outcomes and store.is_published(self._run, cell.train):
            self._outcomes[cell.train] = outcome(cell.train, self._run)
        return self._outcomes.get(cell.train)

    def _done(self, cell: Cell) -> bool:
        """Compute and publish a cell; whether that went well. Whatever an entry's code does is kept as the cause.

        What it returns becomes the bytes of the record inside the attempt too; the disk alone can fail after it.
        """
        from benchmark.checkpoints import Checkpoint
        from benchmark.compute import compute

        self._progress.begin(cell.key)
        started, begun = time.monotonic(), provenance.now()
        with captured(self._aside) as log:
            try:
                with at_most(self._assigned.resolved.plan.seconds_per_cell):
                    result, files = compute(cell, self._run, self._assigned.root, self._context["threads"])
                check_inputs(cell.identity, self._assigned.root)
                spent = {"started": begun, "seconds": time.monotonic() - started}
                made = store.sealed(cell.key, self._record(cell, result, spent), {**files, **_kept(log.getvalue())})
                store.check_sealed(made)
            except RunError:
                raise
            except (Exception, SystemExit, TookTooLong) as error:
                cause = printable(in_words(error))
                self._failed(cell, cause, bounded(traceback.format_exc(), LONGEST_TRACEBACK), tail(log.getvalue()))
                return False
        store.place(self._run, cell.key, made)
        Checkpoint(self._run, cell.key).remove()
        return True

    def _record(self, cell: Cell, result: dict[str, Any], spent: dict[str, Any]) -> dict[str, Any]:
        """What the cell's record holds beside the checksums."""
        about = {**self._context, **spent, "peak_memory": provenance.peak_memory(), **self._origin(cell)}
        return {"work": cell.work, "identity": cell.identity, **result, "provenance": about}

    def _origin(self, cell: Cell) -> dict[str, Any]:
        """The seed, the data and the files of the user's that a cell's numbers come from."""
        network = self._networks[cell.train]
        data = {name: network[name] for name in ("seed", "data", "data_fingerprint")}
        return {**data, "sources": {**network.get("sources", {}), **cell.identity.get("sources", {})}}

    def _failed(self, cell: Cell, cause: str, trace: str, log: str) -> None:
        kept = store.record_failure(self._run, cell.key, cause, trace, log, self._assigned.command)
        self._progress.say(failure(cell.key, cause, shown(kept), given_up(cell.key, self._assigned)))
        self._progress.leave(cell.key)


def _kept(log: str) -> dict[str, bytes]:
    """The file of a log that says something."""
    return {LOG: log.encode("utf-8", "backslashreplace")} if log else {}


def failure(key: str, cause: str, kept: str, final: bool) -> str:
    """The line about an attempt that failed."""
    again = f"given up after {ATTEMPTS} attempts" if final else "it is tried once more"
    return f"{key}: failed: {cause}; {again} (see {kept})"
