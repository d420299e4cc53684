"""The head of a run on a Dask cluster: it hands out cells as tasks, and publishes what comes back.

In: an assignment and the address of a scheduler. Out: the plan's cells published or failed; a `Tally`. Workers need
neither the run folder nor the head's data folder. A cell that a worker had when it died has lost one attempt.
"""

import queue
import time
from collections import defaultdict, deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.process import interruption, provenance
from benchmark.process.paths import shown
from benchmark.process.progress import Progress
from benchmark.run.assignment import Assignment, Tally, carry_out, check_data, given_up, outcome
from benchmark.run.attempts import Failed, Job
from benchmark.run.cluster import answers
from benchmark.run.cluster.orders import Order, ordered, own_version
from benchmark.run.cluster.parcels import packed
from benchmark.run.cluster.scheduler import connected
from benchmark.run.workers import failure
from benchmark.run_folder import outputs, store
from benchmark.run_folder.leases import Leases
from benchmark.run_folder.shapes import DamagedCell
from registry import FAMILIES, UserError
from registry.errors import in_words

AHEAD = 2  # cells handed out for each thread of the cluster: one at work, one that waits
LOOKS = 1.0  # seconds between two looks at who is in the cluster
PATIENCE = 0.2  # seconds until a cell that another command is at work on is looked at again
LONGEST_GATHER = 60.0  # seconds in which an answer has to arrive
Needs = tuple[tuple[str, float], ...]


def work_on_dask(assigned: Assignment, address: str, progress: Progress) -> Tally:
    """As `workers.work`, by the workers of a Dask cluster.

    Args:
        assigned: What is to be done.
        address: That of the scheduler.
        progress: Told of every cell.

    Raises:
        UserError: No scheduler answers, it has gone, or none of its workers can compute a cell of this plan.
        DataError: What is wrong with the data, before anything trains.
    """

    def compute(pending: list[Cell], tally: Tally) -> None:
        check_data(pending, assigned)
        with connected(address) as client:
            _Head(client, address, assigned, progress, tally).run(pending)

    return carry_out(assigned, progress, compute)


@dataclass
class _Flight:
    """A cell that is handed out: its task, the lease that says so, and the worker that has begun it."""

    cell: Cell
    needs: Needs
    future: Any
    lease: ExitStack
    worker: str = ""


@dataclass
class _Network:
    """The outputs of a network on the cluster, and how many cells are yet to read them."""

    readers: int = 0
    future: Any = None


@dataclass
class _Cluster:
    """Who is in the cluster: threads by worker, resources by worker, and the workers that have refused a cell."""

    threads: dict[str, int] = field(default_factory=dict)
    resources: dict[str, dict[str, float]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> list[str]:
        return [worker for worker in self.threads if worker not in self.refused]

    def offers(self, needs: Needs) -> bool:
        """Whether a worker has all that a cell needs."""
        return any(
            all(self.resources.get(worker, {}).get(name, 0) >= amount for name, amount in needs)
            for worker in self.usable
        )


class _Head:
    """Hands out what is ready, and hears what begins and ends."""

    def __init__(self, client: Any, address: str, assigned: Assignment, progress: Progress, tally: Tally) -> None:
        self._client, self._address = client, address
        self._assigned, self._run, self._progress, self._tally = assigned, assigned.run, progress, tally
        self._leases = Leases(assigned.run, assigned.command)
        self._identities = {cell.key: cell.identity for cell in assigned.resolved.cells if cell.work == "train"}
        self._needs = {cell.train: _needs(cell) for cell in assigned.resolved.cells if cell.work == "train"}
        self._heard: queue.SimpleQueue[tuple[str, str, str]] = queue.SimpleQueue()  # what, task, worker
        self._cluster = _Cluster()
        self._looked = 0.0
        self._said: set[str] = set()
        self._ready: dict[Needs, deque[Cell]] = defaultdict(deque)
        self._waiting: dict[str, list[Cell]] = defaultdict(list)  # score cells, by the network that is not there yet
        self._elsewhere: list[tuple[float, Cell]] = []  # that other commands are at work on, and when they were seen
        self._flights: dict[str, _Flight] = {}
        self._networks: dict[str, _Network] = defaultdict(_Network)
        self._left = 0
        self._tasks = 0

    def run(self, pending: list[Cell]) -> None:
        """Until every cell is published, or nobody will compute it."""
        from benchmark.run.cluster.dask_node import topic

        training = {cell.key for cell in pending if cell.work == "train"}
        self._left = len(pending)
        for cell in pending:
            if cell.work == "score":
                self._networks[cell.train].readers += 1
            if cell.work == "score" and cell.train in training:
                self._waiting[cell.train].append(cell)
            else:
                self._ready[self._needs_of(cell)].append(cell)
        self._client.subscribe_topic(topic(self._assigned.command), self._begun)
        try:
            with self._progress.over(len(pending)):
                while self._left:
                    interruption.check()
                    self._look()
                    self._hand_out()
                    self._listen()
        finally:
            self._end()

    def _begun(self, event: Any) -> None:
        """A worker tells that it begins a cell; called in the client's own thread."""
        told = event[1]
        self._heard.put(("begin", str(told["task"]), str(told["worker"])))

    def _look(self) -> None:
        """See who is in the cluster. Raises UserError where it has gone, and with it all that was handed out."""
        if self._client.status != "running":
            raise UserError(
                f"the Dask scheduler at {self._address} has gone: nothing published is lost; once one is there again, "
                "the same command goes on"
            )
        now = time.monotonic()
        if now - self._looked < LOOKS:
            return
        self._looked = now
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        self._cluster.threads = {worker: about["nthreads"] for worker, about in workers.items()}
        self._cluster.resources = {worker: about["resources"] for worker, about in workers.items()}
        if workers and not self._cluster.usable:
            raise UserError(f"no worker can compute this plan: {next(iter(self._cluster.refused.values()))}")
        if not workers:
            self._say_once(f"no worker is at {self._address} yet: waiting for the first one")

    def _hand_out(self) -> None:
        """Give the cluster as many cells of each kind as keep it busy."""
        now = time.monotonic()
        for seen, cell in [entry for entry in self._elsewhere if now - entry[0] >= PATIENCE]:
            self._elsewhere.remove((seen, cell))
            self._ready[self._needs_of(cell)].append(cell)
        flying: dict[Needs, int] = defaultdict(int)
        for flight in self._flights.values():
            flying[flight.needs] += 1
        most = AHEAD * sum(self._cluster.threads[worker] for worker in self._cluster.usable)
        for needs, cells in self._ready.items():
            while cells and flying[needs] < most:
                flying[needs] += self._handed_out(cells.popleft(), needs)

    def _handed_out(self, cell: Cell, needs: Needs) -> bool:
        """Make a task of a cell, unless it is settled or another command is at work on it."""
        if self._settled(cell):
            self._over(cell)
            return False
        if needs and not self._cluster.offers(needs):
            asked = " ".join(f"{name}={amount:g}" for name, amount in needs)
            self._say_once(f"{cell.key} waits for a worker with resources: dask worker ... --resources '{asked}'")
        lease = ExitStack()
        claim = lease.enter_context(self._leases.hold(cell.key, provenance.now()))
        if not claim.mine:
            lease.close()
            self._elsewhere.append((time.monotonic(), cell))
            return False
        try:
            future = self._submitted(cell, needs)
        except DamagedCell as error:
            lease.close()
            self._failed(cell, Failed(f"its network: {error}"))
            return False
        except BaseException:
            lease.close()
            raise
        if future is None:
            lease.close()
            self._elsewhere.append((time.monotonic(), cell))
            return False
        self._flights[future.key] = _Flight(cell, needs, future, lease)
        future.add_done_callback(lambda done: self._heard.put(("end", str(done.key), "")))
        return True

    def _submitted(self, cell: Cell, needs: Needs) -> Any:
        """The future of a cell's task, None where the cluster cannot take it just now."""
        from benchmark.run.cluster.dask_node import compute_cell

        plan = self._assigned.resolved.plan
        job = Job(cell, self._identities[cell.train], plan.threads, plan.seconds_per_cell)
        order = ordered(Order(job, self._assigned.command, own_version(), self._assigned.sources))
        only = {"workers": self._cluster.usable} if self._cluster.refused else {}
        network: Any = b""
        if cell.work == "score":
            network = self._sent(cell.train, only)
            if network is None:
                return None
        self._tasks += 1
        task = f"{cell.key}-{self._assigned.command}-{self._tasks}"
        return self._client.submit(
            compute_cell, order, network, key=task, resources=dict(needs) or None, pure=False, retries=0, **only
        )

    def _sent(self, key: str, only: dict[str, Any]) -> Any:
        """The outputs of a network on the cluster, sent there for the first cell that reads them."""
        network = self._networks[key]
        if network.future is None or network.future.status in ("cancelled", "lost"):
            record = store.read_record(self._run, key)
            if record is None:
                raise DamagedCell("it is not there")
            files = {name: store.read_file(self._run, record, name) for name in record["files"] if name == outputs.FILE}
            record_file = store.read_bytes(store.cell_folder(self._run, key) / store.RECORD)
            try:
                parcel = packed({}, {**files, store.RECORD: record_file})
                (network.future,) = self._client.scatter([parcel], hash=False, **only)
            except (OSError, KeyError, ValueError, TimeoutError):  # a worker has gone just now
                network.future = None
        return network.future

    def _listen(self) -> None:
        """Take what has begun and ended, and wait a little where nothing has."""
        try:
            what, task, worker = self._heard.get(timeout=PATIENCE)
            while True:
                if flight := self._flights.get(task):
                    self._hear(what, flight, worker)
                what, task, worker = self._heard.get_nowait()
        except queue.Empty:
            return

    def _hear(self, what: str, flight: _Flight, worker: str) -> None:
        if what == "end":
            self._ended(flight)
            return
        if flight.worker:  # Dask has given the task to another worker by itself
            self._lost(flight)
            if given_up(flight.cell.key, self._assigned):
                self._land(flight)
                self._settle_or_retry(flight.cell)
                return
        flight.worker = worker
        at_work = [other.cell.key for other in self._flights.values() if other.worker]
        self._progress.begin(f"{len(at_work)} at work: {', '.join(at_work)}")

    def _ended(self, flight: _Flight) -> None:
        """Publish what a task has made, or count its attempt."""
        status, cell = flight.future.status, flight.cell
        if status in ("cancelled", "lost"):
            self._look()
            if flight.worker:
                self._lost(flight)
            self._land(flight)
            self._settle_or_retry(cell)
            return
        try:
            found = answers.read(flight.future.result(timeout=LONGEST_GATHER), cell)
        except TimeoutError:
            self._heard.put(("end", flight.future.key, ""))
            return
        except Exception as error:
            found = self._broken(flight, error)
        self._land(flight)
        if isinstance(found, answers.Refused):
            if flight.worker not in self._cluster.refused:
                self._progress.say(f"a worker is left out: {found.reason}")
            self._cluster.refused[flight.worker] = found.reason
            self._ready[flight.needs].appendleft(cell)
            self._looked = 0.0
        elif isinstance(found, Failed):
            self._failed(cell, found)
        else:
            store.place(self._run, cell.key, found)
            self._tally.computed += 1
            self._over(cell)

    def _broken(self, flight: _Flight, error: Exception) -> Failed:
        """What is to be said of a task that has raised. Raises UserError where memorank is not there to be called."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return Failed(f"its worker died: {flight.worker or 'before it came to the cell'}")
        if not flight.worker:
            raise UserError(
                f"the workers at {self._address} cannot call memorank: {in_words(error)}; install the same version "
                "there"
            ) from error
        return Failed(f"on {flight.worker}: {in_words(error)}")

    def _lost(self, flight: _Flight) -> None:
        """Count an attempt whose worker has gone."""
        self._record(flight.cell, Failed(f"its worker died: {flight.worker}"))
        flight.worker = ""

    def _failed(self, cell: Cell, why: Failed) -> None:
        self._record(cell, why)
        self._settle_or_retry(cell)

    def _record(self, cell: Cell, why: Failed) -> None:
        kept = store.record_failure(self._run, cell.key, why.cause, why.trace, why.log, self._assigned.command)
        self._progress.say(failure(cell.key, why.cause, shown(kept), given_up(cell.key, self._assigned)))
        self._progress.leave(cell.key)

    def _settle_or_retry(self, cell: Cell) -> None:
        if self._settled(cell):
            self._over(cell)
        else:
            self._ready[self._needs_of(cell)].appendleft(cell)

    def _land(self, flight: _Flight) -> None:
        """Let go of a task and of the lease of its cell."""
        del self._flights[flight.future.key]
        flight.future.release()
        flight.lease.close()

    def _settled(self, cell: Cell) -> bool:
        """Whether the cell is published, or nobody will compute it: it or its network failed, or that diverged."""
        if store.is_published(self._run, cell.key) or given_up(cell.key, self._assigned):
            return True
        if cell.work == "train":
            return False
        if store.is_published(self._run, cell.train):
            return outcome(cell.train, self._run) == "diverged"
        return given_up(cell.train, self._assigned)

    def _over(self, cell: Cell) -> None:
        """Nothing more is done about the cell; what waits for a network can go on, right behind it."""
        self._left -= 1
        self._progress.end(cell.key)
        if cell.work == "train":
            for score in reversed(self._waiting.pop(cell.key, [])):
                self._ready[self._needs_of(score)].appendleft(score)
            return
        network = self._networks[cell.train]
        network.readers -= 1
        if not network.readers:
            del self._networks[cell.train]

    def _needs_of(self, cell: Cell) -> Needs:
        """What a cell takes of a worker: one that measures takes no GPU."""
        needs = self._needs[cell.train]
        return needs if cell.work == "train" else tuple(need for need in needs if need[0] != "gpus")

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._progress.say(line)

    def _end(self) -> None:
        """No cell is computed any more for this head, and no lease is left."""
        for flight in self._flights.values():
            flight.lease.close()
        self._leases.release()
        futures = [flight.future for flight in self._flights.values()]
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)


def _needs(cell: Cell) -> Needs:
    return tuple(FAMILIES[cell.identity["family"]].resources.asked().items())
