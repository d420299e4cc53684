"""A cell that is handed out: what its task has made of it, or why there is nothing."""

from collections import Counter
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from benchmark.plan.resolved import Cell
from benchmark.run.attempts import Failed
from benchmark.run.cluster.answers import Refused
from benchmark.run.cluster.flights import LONGEST_GATHER, Flight, out_by_needs
from benchmark.run.cluster.parcels import packed
from registry import UserError

CELL = Cell("a.b-1", "train", "a.b-1", 0, "", 0.0, 0, None, None, None, None, {"work": "train", "seed": 0})


class Future:
    """The future of a task that has given this, or raised it."""

    def __init__(self, given: Any = b"", status: str = "finished") -> None:
        self.given, self.status, self.released, self.waited = given, status, False, 0.0

    def result(self, timeout: float) -> Any:
        self.waited = timeout
        if isinstance(self.given, BaseException):
            raise self.given
        return self.given

    def release(self) -> None:
        self.released = True


def flight(given: Any = b"", worker: str = "", **more: Any) -> Flight:
    return Flight(CELL, more.pop("needs", ()), Future(given, **more), ExitStack(), worker)


def test_an_answer_is_read_and_waited_for_a_while() -> None:
    one = flight(packed({"outcome": "refused", "reason": "no data"}, {}))
    assert one.answer("tcp://a:1") == Refused("no data")
    assert one.future.waited == LONGEST_GATHER
    assert isinstance(flight(b"nonsense").answer("tcp://a:1"), Failed)


def test_an_answer_that_does_not_arrive_is_no_failed_attempt() -> None:
    with pytest.raises(TimeoutError):
        flight(TimeoutError()).answer("tcp://a:1")


def test_a_task_that_broke_on_a_worker_is_a_failed_attempt_there() -> None:
    found = flight(RuntimeError("why"), worker="tcp://b:2").answer("tcp://a:1")
    assert found == Failed("on tcp://b:2: RuntimeError: why")


def test_a_task_that_never_came_to_memorank_ends_the_run_with_the_cure() -> None:
    with pytest.raises(UserError, match=r"the workers at tcp://a:1 cannot call memorank: .*; install the same version"):
        flight(ModuleNotFoundError("No module named 'benchmark'")).answer("tcp://a:1")


@pytest.mark.parametrize(("worker", "who"), [("tcp://b:2", "tcp://b:2"), ("", "before it came to the cell")])
def test_a_worker_that_died_has_cost_an_attempt(worker: str, who: str) -> None:
    distributed = pytest.importorskip("distributed")
    killed = distributed.KilledWorker("task", SimpleNamespace(address="x"), 1)
    assert flight(killed, worker=worker).answer("tcp://a:1") == Failed(f"its worker died: {who}")


def test_the_cluster_may_lose_a_task() -> None:
    statuses = {"pending": False, "finished": False, "error": False, "cancelled": True, "lost": True}
    assert {status: flight(status=status).taken_back for status in statuses} == statuses


def test_in_the_end_neither_the_task_nor_the_lease_is_held() -> None:
    one, let_go = flight(), []
    one.lease.callback(lambda: let_go.append(True))
    one.end()
    assert (one.future.released, let_go) == (True, [True])


def test_cells_that_are_out_are_counted_by_what_they_need() -> None:
    gpu = (("gpus", 1.0),)
    assert out_by_needs([flight(), flight(needs=gpu), flight()]) == Counter({(): 2, gpu: 1})
