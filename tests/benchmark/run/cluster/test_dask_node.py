"""What a Dask worker does with a cell, on a stand-in for the worker: a process each, told of and given back."""

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.run.assignment import assign
from benchmark.run.attempts import Job
from benchmark.run.cluster.cell_processes import NotWanted
from benchmark.run.cluster.orders import Order, ordered
from benchmark.run.cluster.parcels import opened

dask = pytest.importorskip("dask")
pytest.importorskip("distributed")

dask_node = pytest.importorskip("benchmark.run.cluster.dask_node")

CELL = assign("toy", None, None, [], ()).resolved.cells[0]
PARCEL = ordered(Order(Job(CELL, CELL.identity, 1, None), "c", "1"))


class Worker:
    """A Dask worker that has one task."""

    address, local_directory = "tcp://a:1", "/scratch"

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.state = SimpleNamespace(tasks={"task": SimpleNamespace(state="executing")})

    def get_current_task(self) -> str:
        return "task"

    def log_event(self, topic: str, said: Any) -> None:
        self.told.append((topic, said))


class Processes:
    """Hands out one process in whose place this answers."""

    def __init__(self, answer: Any, alive: bool = True) -> None:
        self.taken: list[Any] = []
        self.kept: list[bool] = []
        self._answer, self._alive = answer, alive

    def take(self, *words: Any) -> "Processes":
        self.taken.append(words)
        return self

    def answer(self, order: Order, parcels: list[bytes], wanted: Any) -> bytes:
        assert (order.job.cell, parcels) == (CELL, [PARCEL, b"network"])
        if isinstance(self._answer, BaseException):
            raise self._answer
        return bytes(self._answer)

    def alive(self) -> bool:
        return self._alive

    def give_back(self, process: "Processes", keep: bool) -> None:
        assert process is self
        self.kept.append(keep)


def computed(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, Worker]:
    worker = Worker()
    monkeypatch.setattr(dask_node, "get_worker", lambda: worker)
    monkeypatch.setattr(dask_node, "_PROCESSES", processes)
    return dask_node.compute_cell(PARCEL, b"network"), worker


def test_a_cell_is_told_of_and_its_process_kept_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes(b"answer")
    answer, worker = computed(processes, monkeypatch)
    assert answer == b"answer"
    assert worker.told == [(dask_node.topic("c"), {"task": "task", "worker": "tcp://a:1"})]
    assert processes.taken[0][:2] == (("c",), Path("/scratch"))
    assert processes.kept == [True]


def test_a_process_that_died_or_failed_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes(b"answer", alive=False)
    computed(processes, monkeypatch)
    broken = Processes(OSError("why"))
    with pytest.raises(OSError, match="why"):
        computed(broken, monkeypatch)
    assert processes.kept == broken.kept == [False]


def test_an_answer_that_nobody_waits_for_costs_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = Processes(NotWanted())
    answer, _ = computed(processes, monkeypatch)
    assert opened(answer) == ({"outcome": "not wanted"}, {})
    assert processes.kept == [False]


def test_a_task_is_wanted_as_long_as_the_worker_executes_it() -> None:
    worker = Worker()
    assert dask_node._wanted(worker, "task")
    assert not dask_node._wanted(worker, "another")
    worker.state.tasks["task"].state = "cancelled"
    assert not dask_node._wanted(worker, "task")


def test_numbers_of_threads_that_dask_has_set_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("MKL_NUM_THREADS", "7")
    with dask.config.set({"distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1}}):
        found = dask_node._environment()
    assert "OMP_NUM_THREADS" not in found
    assert found["MKL_NUM_THREADS"] == "7"  # somebody else has set that
    assert found.keys() == os.environ.keys() - {"OMP_NUM_THREADS"}


def test_each_command_has_a_topic_of_its_own() -> None:
    assert dask_node.topic("a") != dask_node.topic("b")
