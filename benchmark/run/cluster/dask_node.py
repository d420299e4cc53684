"""What a Dask worker does: a cell is a task of its own, computed in a process beside the worker.

In: the parcel of an order, and that of its network. Out: the parcel of an answer. A cell that dies or never ends costs
its process, and not the worker; one that nobody waits for any more, as its head has gone, ends.
"""

import os
from pathlib import Path
from typing import Any

import dask
from distributed import get_worker

from benchmark.run.cluster.cell_processes import CellProcesses, NotWanted
from benchmark.run.cluster.orders import taken
from benchmark.run.cluster.parcels import packed

_PROCESSES = CellProcesses()


def topic(command: str) -> str:
    """Where it is told which cell of a command begins, and on which worker."""
    return f"memorank-{command}"


def compute_cell(parcel: bytes, network: bytes) -> bytes:
    """Compute one cell on this worker."""
    worker, order = get_worker(), taken(parcel)
    task = worker.get_current_task()
    worker.log_event(topic(order.command), {"task": task, "worker": worker.address})
    process = _PROCESSES.take(order.setup, Path(worker.local_directory), _environment())
    keep = False
    try:
        answer = process.answer(order, [parcel, network], lambda: _wanted(worker, task))
        keep = process.alive()
        return answer
    except NotWanted:
        return packed({"outcome": "not wanted"}, {})
    finally:
        _PROCESSES.give_back(process, keep)


def _wanted(worker: Any, task: str) -> bool:
    """Whether the scheduler has not told the worker to let go of the task."""
    state = worker.state.tasks.get(task)
    return state is not None and bool(state.state == "executing")


def _environment() -> dict[str, str]:
    """That of this process, without the numbers of threads that Dask has set: a plan says how many a cell has."""
    given = dask.config.get("distributed.nanny.pre-spawn-environ", {})
    return {name: value for name, value in os.environ.items() if str(given.get(name)) != value}
