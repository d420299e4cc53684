"""The cells that are handed out to a Dask cluster, and the answer for each.

In: the future of a cell's task. Out: the answer, or why there is none.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from benchmark.plan.resolved import Cell
from benchmark.run.attempts import Failed
from benchmark.run.cluster import answers
from benchmark.run.cluster.needs import Needs
from registry import UserError
from registry.errors import in_words

LONGEST_GATHER = 60.0  # seconds in which an answer has to arrive


@dataclass
class Flight:
    """A cell that is handed out: its task, the lease that says so, and the worker that has begun it, "" for none."""

    cell: Cell
    needs: Needs
    future: Any
    lease: ExitStack
    worker: str = ""

    @property
    def taken_back(self) -> bool:
        """Whether the cluster has lost the task: there is no answer."""
        return self.future.status in ("cancelled", "lost")

    def answer(self, address: str) -> dict[str, bytes] | Failed | answers.Refused:
        """What a task that has ended has made of its cell.

        Args:
            address: That of the scheduler.

        Raises:
            TimeoutError: The task has ended, but its answer has not arrived within a minute.
            UserError: The task could not even call memorank.
        """
        try:
            return answers.read(self.future.result(timeout=LONGEST_GATHER), self.cell)
        except TimeoutError:
            raise
        except Exception as error:
            return self._broken(address, error)

    def end(self) -> None:
        """Let go of the task and of the lease of its cell."""
        self.future.release()
        self.lease.close()

    def _broken(self, address: str, error: Exception) -> Failed:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return Failed(f"its worker died: {self.worker or 'before it came to the cell'}")
        if not self.worker:
            raise UserError(
                f"the workers at {address} cannot call memorank: {in_words(error)}; install the same version there"
            ) from error
        return Failed(f"on {self.worker}: {in_words(error)}")


def out_by_needs(flights: Iterable[Flight]) -> Counter[Needs]:
    """How many cells of each kind are handed out."""
    return Counter(flight.needs for flight in flights)
