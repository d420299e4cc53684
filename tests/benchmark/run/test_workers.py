"""The loop of one worker over cells that a stand-in computes: their order, what fails, and what is not tried."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from made_runs import record

from benchmark.plan.resolved import Cell
from benchmark.process.progress import Silent
from benchmark.run import workers
from benchmark.run.assignment import Assignment, Tally, assign
from benchmark.run.attempts import Failed, Job
from benchmark.run_folder import store
from benchmark.run_folder.leases import Leases

Outcome = Callable[[Cell], "str | Failed"]


class Progress(Silent):
    """Keeps the cells that ended and what is said."""

    def __init__(self) -> None:
        self.ended: list[str] = []
        self.said: list[str] = []

    def end(self, key: str) -> None:
        self.ended.append(key)

    def say(self, message: str) -> None:
        self.said.append(message)


@pytest.fixture
def given(tmp_path: Path) -> Assignment:
    """The first suite of the plan toy in an empty run folder."""
    (tmp_path / "cells").mkdir()
    return assign("toy", tmp_path, None, ["seeds=[0]", "suites=[{suite: toy-spurious, family: toy-mlp}]"], ())


def shared(
    given: Assignment, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, pending: list[Cell] | None = None
) -> tuple[Tally, Progress, list[str]]:
    """The tally of a worker that has gone through the cells, what it showed, and the cells that it tried."""
    tried = []

    def attempt(job: Job, run: Path, root: Path, also: object) -> dict[str, bytes] | Failed:
        tried.append(job.cell.key)
        assert (run / "leases" / job.cell.key).exists()  # nobody else takes it meanwhile
        found = outcome(job.cell)
        if isinstance(found, Failed):
            return found
        return store.sealed(job.cell.key, {**record(job.cell, given.resolved), "outcome": found}, {})

    monkeypatch.setattr(workers, "attempt", attempt)
    monkeypatch.setattr(workers, "prepare", lambda: None)
    monkeypatch.setattr(workers, "PATIENCE", 0.01)
    tally, progress = Tally(), Progress()
    workers.share(given.resolved.cells if pending is None else pending, given, progress, tally)
    assert list((given.run / "leases").glob("*-*")) == []
    return tally, progress, tried


def test_every_cell_is_computed_once_in_the_order_of_the_plan(
    given: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [cell.key for cell in given.resolved.cells]
    tally, progress, tried = shared(given, monkeypatch, lambda cell: "done")
    assert tried == progress.ended == keys
    assert (tally.computed, store.published(given.run)) == (len(keys), set(keys))


def test_a_score_waits_for_its_network(given: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    turned = given.resolved.cells[::-1]
    _, _, tried = shared(given, monkeypatch, lambda cell: "done", turned)
    assert sorted(tried) == sorted(cell.key for cell in turned)
    for cell in turned:
        assert tried.index(cell.train) <= tried.index(cell.key)


def test_a_cell_is_tried_twice_and_its_scores_not_at_all(given: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = given.resolved.cells[0].key
    why = Failed("ValueError: why")
    tally, progress, tried = shared(given, monkeypatch, lambda cell: why if cell.key == bad else "done")
    assert tried.count(bad) == 2
    assert {cell.key for cell in given.resolved.cells if cell.train != bad} == set(tried) - {bad}
    assert tally.computed == len(tried) - 2
    assert [line.partition(" (see ")[0] for line in progress.said] == [
        f"{bad}: failed: ValueError: why; it is tried once more",
        f"{bad}: failed: ValueError: why; given up after 2 attempts",
    ]


def test_a_network_that_diverged_is_not_scored(given: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = given.resolved.cells[0].key
    _, progress, tried = shared(given, monkeypatch, lambda cell: "diverged" if cell.key == bad else "done")
    assert [key for key in tried if key.startswith(bad.rpartition("-")[0] + ".")] == []
    assert len(progress.ended) == len(given.resolved.cells)


def test_what_others_have_published_is_not_computed(given: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    first = given.resolved.cells[0]
    store.publish(given.run, first.key, record(first, given.resolved), {})
    tally, progress, tried = shared(given, monkeypatch, lambda cell: "done")
    assert first.key not in tried
    assert first.key in progress.ended
    assert tally.computed == len(tried) == len(given.resolved.cells) - 1


def test_a_cell_that_another_is_at_work_on_is_waited_for(given: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    first = given.resolved.cells[0]
    other = Leases(given.run, "another command")
    held, rest_done = other.hold(first.key, "now"), threading.Event()
    assert held.__enter__().mine

    def finish() -> None:
        rest_done.wait(5)
        store.publish(given.run, first.key, record(first, given.resolved), {})
        held.__exit__(None, None, None)

    thread = threading.Thread(target=finish)
    thread.start()
    last = [cell for cell in given.resolved.cells if cell.train != first.key][-1].key

    def outcome(cell: Cell) -> str:
        if cell.key == last:
            rest_done.set()
        return "done"

    tally, _, tried = shared(given, monkeypatch, outcome)
    thread.join()
    assert first.key not in tried
    assert tally.computed == len(given.resolved.cells) - 1
