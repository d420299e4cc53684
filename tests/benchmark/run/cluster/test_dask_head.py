"""The head of a run on a cluster, on a stand-in for Dask's client: what is handed out, published, tried again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_runs import record

from benchmark.plan.resolved import Cell
from benchmark.process.progress import Silent
from benchmark.run.assignment import Assignment, Tally, assign
from benchmark.run.cluster import dask_head
from benchmark.run.cluster.dask_head import _Head
from benchmark.run.cluster.orders import taken
from benchmark.run.cluster.parcels import opened, packed
from benchmark.run_folder import outputs, store
from registry import UserError

pytest.importorskip("distributed")
MOST_LOOKS = 300  # at the cluster, one in a thousandth of a second
Answers = Callable[[Cell, str], bytes]


class Future:
    """The future of a task that ends at once."""

    def __init__(self, key: str, given: bytes, status: str) -> None:
        self.key, self.given, self.status, self.released = key, given, status, False

    def result(self, timeout: float) -> bytes:
        return self.given

    def add_done_callback(self, told: Callable[["Future"], None]) -> None:
        told(self)

    def release(self) -> None:
        self.released = True


class Client:
    """A cluster whose workers answer as a function says; a cell goes to the first that may have it."""

    def __init__(self, answer: Answers, workers: tuple[str, ...] = ("a",)) -> None:
        self.status = "running"
        self.workers = workers
        self.handed_out: list[tuple[str, str]] = []  # cell, worker
        self.sent: list[str] = []
        self.futures: list[Future] = []
        self.cancelled: list[Any] = []
        self._answer, self._told, self._looks = answer, print, 0

    def subscribe_topic(self, topic: str, told: Any) -> None:
        self._told = told

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        self._looks += 1
        assert self._looks < MOST_LOOKS, "the head waits for something that does not come"
        return {"workers": {worker: {"nthreads": 1, "resources": {}} for worker in self.workers}}

    def scatter(self, parcels: list[bytes], **words: Any) -> list[Future]:
        self.sent += [",".join(opened(parcel)[1]) for parcel in parcels]
        return [Future("network", parcel, "finished") for parcel in parcels]

    def submit(self, function: Any, order: bytes, network: Any, **words: Any) -> Future:
        cell = taken(order).job.cell
        worker = next(iter(words.get("workers", self.workers)))
        assert (network == b"") == (cell.work == "train")
        self.handed_out.append((cell.key, worker))
        self._told(("", {"task": words["key"], "worker": worker}))
        given = self._answer(cell, worker)
        future = Future(words["key"], given, "lost" if given == b"lost" else "finished")
        self.futures.append(future)
        return future

    def cancel(self, futures: list[Future], force: bool) -> None:
        self.cancelled += futures


class Progress(Silent):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        self.said.append(message)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    """Two networks with a score each, in an empty run folder."""
    monkeypatch.setattr(dask_head, "LOOKS", 0.0)
    monkeypatch.setattr(dask_head, "LISTENING", 0.001)
    (tmp_path / "cells").mkdir()
    suites = "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]"
    return assign("toy", tmp_path, None, ["seeds=[0]", suites, "estimator.inputs=[evaluation]"], ())


def done(given: Assignment) -> Answers:
    """Each cell comes back with a record made by hand; a network has a file of outputs."""

    def answer(cell: Cell, worker: str) -> bytes:
        files = {outputs.FILE: b"123", "log.txt": b"epoch 1"} if cell.work == "train" else {}
        return packed({"outcome": "done"}, store.sealed(cell.key, record(cell, given.resolved), files))

    return answer


def run(client: Client, given: Assignment) -> tuple[Tally, Progress]:
    tally, progress = Tally(), Progress()
    head: Any = client
    _Head(head, "tcp://here:1", given, progress, tally, given.resolved.cells).run()
    return tally, progress


def test_every_cell_is_handed_out_once_and_published_and_nothing_is_held(given: Assignment) -> None:
    client = Client(done(given))
    tally, _ = run(client, given)
    keys = [cell.key for cell in given.resolved.cells]
    assert sorted(key for key, _ in client.handed_out) == sorted(keys)
    assert (tally.computed, store.published(given.run)) == (4, set(keys))
    assert client.sent == [f"{outputs.FILE},{store.RECORD}"] * 2  # a network for each score, without its log
    assert all(future.released for future in client.futures)
    assert list((given.run / "leases").iterdir()) == []
    assert client.cancelled == []


def test_a_worker_that_refuses_is_left_out_and_its_cell_costs_no_attempt(given: Assignment) -> None:
    answer = done(given)
    refused = packed({"outcome": "refused", "reason": "a: no data"}, {})
    client = Client(lambda cell, worker: refused if worker == "a" else answer(cell, worker), ("a", "b"))
    tally, progress = run(client, given)
    assert tally.computed == 4
    assert {worker for _, worker in client.handed_out[-4:]} == {"b"}
    assert progress.said == ["a worker is left out: a: no data"]
    assert not (given.run / "failed").exists()


def test_where_every_worker_refuses_the_run_ends_with_the_reason(given: Assignment) -> None:
    client = Client(lambda cell, worker: packed({"outcome": "refused", "reason": "a: no data"}, {}))
    with pytest.raises(UserError, match=r"^no worker can compute this plan: a: no data$"):
        run(client, given)
    assert list((given.run / "leases").iterdir()) == []


def test_a_cell_that_fails_is_tried_twice_and_its_scores_not_at_all(given: Assignment) -> None:
    answer, bad = done(given), given.resolved.cells[0].key
    failed = packed({"outcome": "failed", "cause": "ValueError: why", "trace": "", "log": ""}, {})
    client = Client(lambda cell, worker: failed if cell.key == bad else answer(cell, worker))
    tally, progress = run(client, given)
    assert [key for key, _ in client.handed_out].count(bad) == 2
    assert (tally.computed, len(client.handed_out)) == (2, 4)
    assert [line.partition(" (see ")[0] for line in progress.said] == [
        f"{bad}: failed: ValueError: why; it is tried once more",
        f"{bad}: failed: ValueError: why; given up after 2 attempts",
    ]


def test_a_cell_whose_worker_died_has_lost_one_attempt(given: Assignment) -> None:
    answer, first = done(given), given.resolved.cells[0].key
    lost = [first]

    def answers(cell: Cell, worker: str) -> bytes:
        if cell.key in lost:
            lost.clear()
            return b"lost"
        return answer(cell, worker)

    tally, progress = run(Client(answers), given)
    assert tally.computed == 4
    assert [line.partition(" (see ")[0] for line in progress.said] == [
        f"{first}: failed: its worker died: a; it is tried once more"
    ]


def test_a_network_that_diverged_is_not_scored(given: Assignment) -> None:
    first = given.resolved.cells[0]
    diverged = {**record(first, given.resolved), "outcome": "diverged"}
    answer, without = done(given), packed({"outcome": "done"}, store.sealed(first.key, diverged, {}))
    client = Client(lambda cell, worker: without if cell == first else answer(cell, worker))
    tally, _ = run(client, given)
    assert tally.computed == 3
    assert store.published(given.run) == {cell.key for cell in given.resolved.cells if cell.train != first.key} | {
        first.key
    }


def test_a_scheduler_that_has_gone_ends_the_run_and_loses_nothing(given: Assignment) -> None:
    answer = done(given)

    def answers(cell: Cell, worker: str) -> bytes:
        client.status = "closed"
        return answer(cell, worker)

    client = Client(answers)
    with pytest.raises(UserError, match=r"^the Dask scheduler at tcp://here:1 has gone: nothing published is lost"):
        run(client, given)
    assert client.cancelled == []  # there is nobody to tell
    assert store.published(given.run) != set()
    assert list((given.run / "leases").iterdir()) == []


def test_without_a_worker_it_says_once_that_it_waits(given: Assignment) -> None:
    client = Client(done(given), workers=())
    looks = iter([{}, {}, {"a": {"nthreads": 1, "resources": {}}}])
    client.scheduler_info = lambda n_workers: {"workers": next(looks, {"a": {"nthreads": 1, "resources": {}}})}  # type: ignore[method-assign]
    client.workers = ("a",)
    tally, progress = run(client, given)
    assert progress.said == ["no worker is at tcp://here:1 yet: waiting for the first one"]
    assert tally.computed == 4
