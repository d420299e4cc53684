"""Who is in a Dask cluster, and what they can take.

In: what the scheduler says of its workers, and what they have refused. Out: whom cells can be given to, and how many.
"""

from collections.abc import Mapping
from typing import Any

from benchmark.run.cluster.needs import Needs

AHEAD = 2  # cells handed out for each thread of the cluster: one at work, one that waits


class Members:
    """The workers of a cluster by their addresses, those that have refused a cell too."""

    def __init__(self) -> None:
        self.refused: dict[str, str] = {}  # the reasons by worker
        self._threads: dict[str, int] = {}
        self._resources: dict[str, Mapping[str, float]] = {}

    def update(self, workers: Mapping[str, Mapping[str, Any]]) -> None:
        """Take what the scheduler says of its workers just now, as `Client.scheduler_info` gives it."""
        self._threads = {worker: about["nthreads"] for worker, about in workers.items()}
        self._resources = {worker: about["resources"] for worker, about in workers.items()}

    @property
    def usable(self) -> list[str]:
        """Those that have refused no cell."""
        return [worker for worker in self._threads if worker not in self.refused]

    @property
    def only(self) -> dict[str, Any]:
        """The arguments by which Dask gives something to usable workers alone, none where all are usable."""
        return {"workers": self.usable} if self.refused else {}

    @property
    def most_out(self) -> int:
        """How many cells of one kind keep all usable workers busy."""
        return AHEAD * sum(self._threads[worker] for worker in self.usable)

    def offer(self, needs: Needs) -> bool:
        """Whether a single usable worker offers all that a cell needs."""
        return any(
            all(self._resources[worker].get(name, 0) >= amount for name, amount in needs) for worker in self.usable
        )
