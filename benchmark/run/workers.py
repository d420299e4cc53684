"""From cells to records: a worker takes one cell after another until none is left.

In: an assignment. Out: every cell published, or failed with its cause kept; a `Tally`. Several workers, of one command
or of several, on one machine or on all that see the folder, share the cells by their leases.
"""

import sys
import time
from contextlib import closing, nullcontext

from benchmark.plain.keeping import keeping
from benchmark.plan.resolved import Cell
from benchmark.process import interruption, provenance
from benchmark.process.paths import shown
from benchmark.process.progress import Progress
from benchmark.run.assignment import ATTEMPTS, Assignment, Tally, check_data, given_up, outcome
from benchmark.run.attempts import Failed, Job, attempt, prepare
from benchmark.run.beside import Beside, peers_of
from benchmark.run_folder import store
from benchmark.run_folder.leases import Claim, Leases
from benchmark.types import Over

PATIENCE = 0.2  # seconds until a worker looks again at cells that others are at work on


def work(pending: list[Cell], assigned: Assignment, progress: Progress, tally: Tally) -> None:
    """Compute these cells in this process. The cause of a failed cell is kept, and the others go on.

    Args:
        pending: The cells to be computed.
        assigned: What is to be done.
        progress: Told of every cell.
        tally: Counts what is computed.

    Raises:
        DataError: What is wrong with the data, before anything trains.
    """
    check_data(pending, assigned)
    share(pending, assigned, progress, tally)


@keeping()
def share(pending: list[Cell], assigned: Assignment, progress: Progress, tally: Tally, watched: bool = False) -> None:
    """Take, compute and publish cells until none is left that could be computed; wait for those that others are at.

    Args:
        pending: The cells to be computed.
        assigned: What is to be done.
        progress: Told of every cell.
        tally: Counts what this process computes.
        watched: Whether a head in another process records the deaths of its workers; what a cell prints then also goes
            to stderr, which is this worker's log.
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
        prepare()
        self._assigned, self._run, self._progress = assigned, assigned.run, progress
        self._leases = Leases(assigned.run, assigned.command, watched)
        self._aside = sys.stderr if watched else None
        self._outcomes: dict[str, str] = {}
        self._beside: dict[str, dict[Over, tuple[str, ...]]] = {}
        self._networks = {cell.key: cell.train_identity for cell in assigned.resolved.cells if cell.work == "train"}

    def close(self) -> None:
        """Let go of every lease, whatever ends the worker."""
        self._leases.release()

    def settled(self, cell: Cell) -> bool:
        """Whether the cell is published, or nobody will compute it: it or its network failed, or that diverged."""
        if store.is_published(self._run, cell.key) or self._given_up(cell.key):
            return True
        if cell.work == "train":
            return False
        return self._network(cell) == "diverged" or self._given_up(cell.train)

    def claimed_and_done(self, cell: Cell) -> bool:
        """Compute and publish the cell if it can be computed now and no other worker is at it."""
        ready = cell.work == "train" or (self._network(cell) is not None and self._peers_are_there(cell))
        with self._leases.hold(cell.key, provenance.now()) if ready else nullcontext(Claim(False)) as claim:
            if not claim.mine or store.is_published(self._run, cell.key):
                return False
            if claim.dead and claim.dead.command == self._assigned.command:
                self._failed(cell, Failed(f"its worker died: process {claim.dead.pid} on {claim.dead.host}"))
            return not self._given_up(cell.key) and self._done(cell)

    def _given_up(self, key: str) -> bool:
        """Whether this command has tried a cell often enough."""
        return given_up(key, self._run, self._assigned.command)

    def _network(self, cell: Cell) -> str | None:
        """How the network of a score cell came out, None where it is not there yet."""
        if cell.train not in self._outcomes and store.is_published(self._run, cell.train):
            self._outcomes[cell.train] = outcome(cell.train, self._run)
        return self._outcomes.get(cell.train)

    def _peers(self, cell: Cell) -> dict[Over, tuple[str, ...]]:
        """The keys of the networks beside which the one of a score cell is looked at."""
        if "peers" not in cell.identity:
            return {}
        if cell.key not in self._beside:
            trained = [one for one in self._assigned.resolved.cells if one.work == "train"]
            self._beside[cell.key] = peers_of(cell, trained)
        return self._beside[cell.key]

    def _peers_are_there(self, cell: Cell) -> bool:
        """Whether each of them is published or given up."""
        keys = {key for keys in self._peers(cell).values() for key in keys}
        return all(store.is_published(self._run, key) or self._given_up(key) for key in keys)

    def _done(self, cell: Cell) -> bool:
        """Compute and publish a cell; returns whether that succeeded. An error of an entry's code is kept as the cause.

        The attempt also makes the bytes of the record, so that after it only the disk can fail.
        """
        from benchmark.networks.checkpoints import Checkpoint

        self._progress.begin(cell.key)
        plan = self._assigned.resolved.plan
        keeps, beside = (
            self._assigned.network_keeps(cell),
            Beside(self._peers(cell), self._assigned.retrain, take_over=True),
        )
        job = Job(cell, self._networks[cell.train], plan.threads, plan.seconds_per_cell, keeps, beside)
        made = attempt(job, self._run, self._assigned.root, also=self._aside)
        if isinstance(made, Failed):
            self._failed(cell, made)
            return False
        store.place(self._run, cell.key, made)
        Checkpoint(self._run, cell.key).remove()
        return True

    def _failed(self, cell: Cell, why: Failed) -> None:
        keep_failure(cell.key, why, self._assigned, self._progress)
        self._progress.leave(cell.key)


def keep_failure(key: str, why: Failed, assigned: Assignment, progress: Progress) -> None:
    """Record a failed attempt in the run folder, and say its cause and whether the cell is tried again in one line."""
    kept = store.record_failure(assigned.run, key, why.cause, why.trace, why.log, assigned.command)
    ended = given_up(key, assigned.run, assigned.command)
    again = f"given up after {ATTEMPTS} attempts" if ended else "it is tried once more"
    progress.say(f"{key}: failed: {why.cause}; {again} (see {shown(kept)})")
