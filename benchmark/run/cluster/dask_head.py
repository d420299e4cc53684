"""The head of a run on a Dask cluster: it hands out cells as tasks, and publishes what comes back.

In: an assignment and the address of a scheduler. Out: the plan's cells published or failed; a `Tally`. Workers need
neither the run folder nor the head's data folder. A cell that a worker had when it died has lost one attempt.
"""

import queue
import time
from contextlib import ExitStack
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.process import interruption, provenance
from benchmark.process.progress import Progress
from benchmark.run.assignment import Assignment, Tally, check_data, given_up, outcome
from benchmark.run.attempts import Failed, Job
from benchmark.run.cluster.answers import Refused
from benchmark.run.cluster.flights import Flight, out_by_needs
from benchmark.run.cluster.members import Members
from benchmark.run.cluster.needs import needs_of_networks, option_of
from benchmark.run.cluster.orders import Order, ordered, own_version
from benchmark.run.cluster.scheduler import connected
from benchmark.run.cluster.sent_networks import SentNetworks
from benchmark.run.cluster.to_do import ToDo
from benchmark.run.workers import keep_failure
from benchmark.run_folder import store
from benchmark.run_folder.leases import Leases
from benchmark.run_folder.shapes import DamagedCell
from registry import UserError

LOOKS = 1.0  # seconds between two looks at who is in the cluster
LISTENING = 0.2  # seconds for which something is waited for that begins or ends


def work_on_dask(pending: list[Cell], assigned: Assignment, progress: Progress, tally: Tally, address: str) -> None:
    """As `workers.work`, by the workers of a Dask cluster.

    Args:
        pending: The cells to be computed.
        assigned: What is to be done.
        progress: Told of every cell.
        tally: Counts what is computed.
        address: That of the scheduler.

    Raises:
        UserError: No scheduler answers, it has gone, or none of its workers can compute a cell of this plan.
        DataError: What is wrong with the data, before anything trains.
    """
    if any({"readings", "peers"} & cell.identity.keys() for cell in pending):
        raise UserError(
            "--dask sends a score cell its own outputs alone, and measures of this plan read networks, or several of "
            "them: run it on machines that share the folder, or have its key `measures` choose others"
        )
    check_data(pending, assigned)
    with connected(address) as client:
        _Head(client, address, assigned, progress, tally, pending).run()


class _Head:
    """Hands out the cells that are ready, and hears which begin and end."""

    def __init__(
        self, client: Any, address: str, assigned: Assignment, progress: Progress, tally: Tally, pending: list[Cell]
    ) -> None:
        self._client, self._address = client, address
        self._assigned, self._run, self._progress, self._tally = assigned, assigned.run, progress, tally
        self._leases = Leases(assigned.run, assigned.command)
        self._identities = {cell.key: cell.train_identity for cell in assigned.resolved.cells if cell.work == "train"}
        self._members, self._looked = Members(), 0.0
        self._to_do = ToDo(pending, needs_of_networks(assigned.resolved.cells))
        self._networks = SentNetworks(client, assigned.run, pending)
        self._flights: dict[str, Flight] = {}  # by task
        self._heard: queue.SimpleQueue[tuple[str, str, str]] = queue.SimpleQueue()  # what, task, worker
        self._said: set[str] = set()
        self._tasks = 0

    def run(self) -> None:
        """Hand out cells until each is published, or nobody will compute it."""
        from benchmark.run.cluster.dask_node import topic

        self._client.subscribe_topic(topic(self._assigned.command), self._begun)
        try:
            with self._progress.over(self._to_do.left):
                while self._to_do.left:
                    interruption.check()
                    self._look()
                    self._hand_out()
                    self._listen()
        finally:
            self._end()

    def _begun(self, event: Any) -> None:
        """Note that a worker begins a cell; Dask calls this in the client's own thread."""
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
        self._members.update(workers)
        if workers and not self._members.usable:
            raise UserError(f"no worker can compute this plan: {next(iter(self._members.refused.values()))}")
        if not workers:
            self._say_once(f"no worker is at {self._address} yet: waiting for the first one")

    def _hand_out(self) -> None:
        """Give the cluster as many cells of each kind as keep it busy."""
        out = out_by_needs(self._flights.values())
        while cell := self._to_do.take(out, self._members.most_out, time.monotonic()):
            if self._settled(cell):
                self._over(cell)
            elif flight := self._handed_out(cell):
                self._flights[flight.future.key] = flight
                out[flight.needs] += 1
                flight.future.add_done_callback(lambda done: self._heard.put(("end", str(done.key), "")))

    def _handed_out(self, cell: Cell) -> Flight | None:
        """Make a task of a cell, unless another command is at work on it or its network cannot be sent."""
        needs = self._to_do.needs_of(cell)
        if needs and not self._members.offer(needs):
            offered = f"dask worker ... --resources '{option_of(needs)}'"
            self._say_once(f"{cell.key} waits for a worker with resources: {offered}")
        with ExitStack() as held:
            if held.enter_context(self._leases.hold(cell.key, provenance.now())).mine:
                try:
                    network = self._networks.future(cell.train, self._members.only) if cell.work == "score" else b""
                except DamagedCell as error:
                    self._failed(cell, Failed(f"its network: {error}"))
                    return None
                if network is not None:
                    future = self._submitted(cell, network)
                    return Flight(cell, needs, future, held.pop_all())
        self._to_do.later(cell, time.monotonic())
        return None

    def _submitted(self, cell: Cell, network: Any) -> Any:
        """The future of a cell's task."""
        from benchmark.run.cluster.dask_node import compute_cell

        plan = self._assigned.resolved.plan
        job = Job(cell, self._identities[cell.train], plan.threads, plan.seconds_per_cell, plan.keep_weights)
        order = ordered(Order(job, self._assigned.command, own_version(), self._assigned.sources))
        resources = dict(self._to_do.needs_of(cell)) or None
        self._tasks += 1
        task = f"{cell.key}-{self._assigned.command}-{self._tasks}"
        return self._client.submit(
            compute_cell, order, network, key=task, resources=resources, pure=False, retries=0, **self._members.only
        )

    def _listen(self) -> None:
        """Take what has begun and ended, and wait a little where nothing has."""
        try:
            what, task, worker = self._heard.get(timeout=LISTENING)
            while True:
                if flight := self._flights.get(task):
                    if what == "end":
                        self._ended(flight)
                    else:
                        self._began(flight, worker)
                what, task, worker = self._heard.get_nowait()
        except queue.Empty:
            return

    def _began(self, flight: Flight, worker: str) -> None:
        if flight.worker:  # Dask has given the task to another worker by itself
            self._lost(flight)
            if self._given_up(flight.cell.key):
                self._land(flight)
                self._settle_or_retry(flight.cell)
                return
        flight.worker = worker
        at_work = [other.cell.key for other in self._flights.values() if other.worker]
        self._progress.begin(f"{len(at_work)} at work: {', '.join(at_work)}")

    def _ended(self, flight: Flight) -> None:
        """Publish what a task has made, or count its attempt."""
        cell = flight.cell
        if flight.taken_back:
            self._look()
            if flight.worker:
                self._lost(flight)
            self._land(flight)
            self._settle_or_retry(cell)
            return
        try:
            found = flight.answer(self._address)
        except TimeoutError:
            self._heard.put(("end", flight.future.key, ""))
            return
        self._land(flight)
        if isinstance(found, Refused):
            self._left_out(flight.worker, found.reason)
            self._to_do.again(cell)
        elif isinstance(found, Failed):
            self._failed(cell, found)
        else:
            store.place(self._run, cell.key, found)
            self._tally.computed += 1
            self._over(cell)

    def _left_out(self, worker: str, reason: str) -> None:
        """Give a worker no more cells, and see at once whether there are others."""
        if worker not in self._members.refused:
            self._progress.say(f"a worker is left out: {reason}")
        self._members.refused[worker] = reason
        self._looked = 0.0

    def _lost(self, flight: Flight) -> None:
        """Count an attempt whose worker has gone."""
        self._record(flight.cell, Failed(f"its worker died: {flight.worker}"))
        flight.worker = ""

    def _failed(self, cell: Cell, why: Failed) -> None:
        self._record(cell, why)
        self._settle_or_retry(cell)

    def _record(self, cell: Cell, why: Failed) -> None:
        keep_failure(cell.key, why, self._assigned, self._progress)
        self._progress.leave(cell.key)

    def _settle_or_retry(self, cell: Cell) -> None:
        if self._settled(cell):
            self._over(cell)
        else:
            self._to_do.again(cell)

    def _land(self, flight: Flight) -> None:
        del self._flights[flight.future.key]
        flight.end()

    def _settled(self, cell: Cell) -> bool:
        """Whether the cell is published, or nobody will compute it: it or its network failed, or that diverged."""
        if store.is_published(self._run, cell.key) or self._given_up(cell.key):
            return True
        if cell.work == "train":
            return False
        if store.is_published(self._run, cell.train):
            return outcome(cell.train, self._run) == "diverged"
        return self._given_up(cell.train)

    def _given_up(self, key: str) -> bool:
        """Whether this command has tried a cell often enough."""
        return given_up(key, self._run, self._assigned.command)

    def _over(self, cell: Cell) -> None:
        """Settle a cell: nothing more is done about it."""
        self._to_do.settled(cell)
        self._networks.settled(cell)
        self._progress.end(cell.key)

    def _say_once(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            self._progress.say(line)

    def _end(self) -> None:
        """Cancel the tasks that are out, and let go of every lease."""
        for flight in self._flights.values():
            flight.lease.close()
        self._leases.release()
        futures = [flight.future for flight in self._flights.values()]
        if futures and self._client.status == "running":
            self._client.cancel(futures, force=True)
