"""What a command is given, and the account of it afterwards: cells that are there, failed, diverged or left undone."""

from pathlib import Path
from typing import Any

import pytest
from made_runs import made, record

from benchmark.plan.resolved import Cell
from benchmark.process.progress import Silent
from benchmark.run import assignment
from benchmark.run.assignment import Assignment, Remaining, Tally, assign
from benchmark.run_folder import store
from registry import DataError, UserError


def assigned(run: Path, *overrides: str) -> Assignment:
    return assign("toy", run, None, ["seeds=[0]", *overrides], ())


def publish(given: Assignment, cell: Cell, **parts: Any) -> None:
    cell_folders = given.run / "cells"
    cell_folders.mkdir(parents=True, exist_ok=True)
    store.publish(given.run, cell.key, {**record(cell, given.resolved), **parts}, {})


def fail(given: Assignment, cell: Cell, times: int) -> None:
    given.run.mkdir(parents=True, exist_ok=True)
    for number in range(times):
        store.record_failure(given.run, cell.key, f"cause {number}", "", "", given.command)


def settled(given: Assignment, given_up: frozenset[str] = frozenset()) -> Tally:
    tally = Tally()
    assignment.settle(given, Remaining([], given_up), tally)
    return tally


def test_a_run_folder_is_named_like_its_plan_and_that_of_a_trial_tells_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert assign("toy", None, None, (), ()).run == tmp_path / "runs" / "toy"
    assert assign("toy", None, None, "limit=20", ()).run == tmp_path / "runs" / "toy-limit20"
    assert assign("toy", "here", None, ["limit=20"], ()).run == tmp_path / "here"


def test_the_commands_of_a_job_array_are_one_and_all_others_are_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(assignment.ARRAY, raising=False)
    assert assignment.command_name() != assignment.command_name()
    monkeypatch.setenv(assignment.ARRAY, "17")
    assert assignment.command_name() == assignment.command_name() == "slurm-17"


def test_work_begins_with_the_plan_written_and_not_in_the_folder_of_somebody_else(tmp_path: Path) -> None:
    given = assigned(tmp_path / "run")
    with assignment.begun(given, False, lambda line: None) as digest:
        assert digest == given.resolved.as_json()["digest"]
        assert (given.run / "plan.json").is_file()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(UserError), assignment.begun(assigned(tmp_path / "other"), False, lambda line: None):
        pass


def test_every_cell_that_is_not_published_is_left_and_a_damaged_one_is_set_aside(tmp_path: Path) -> None:
    given = assigned(tmp_path)
    good, damaged, *rest = given.resolved.cells
    publish(given, good)
    publish(given, damaged, work="train", history={}, taps=[])  # a score cell, whose record says otherwise
    said: list[str] = []
    progress = Silent()
    progress.say = said.append  # type: ignore[method-assign]
    remaining, tally = assignment.prepare(given, progress)
    assert [cell.key for cell in remaining.cells] == [damaged.key, *(cell.key for cell in rest)]
    assert (tally.found, remaining.given_up) == (1, frozenset())
    assert [line for line in said if line.startswith(f"{damaged.key}: ")]
    assert not store.is_published(tmp_path, damaged.key)


def test_a_cell_has_failed_after_two_attempts_and_its_scores_are_not_missed_beside_it(tmp_path: Path) -> None:
    given = assigned(tmp_path)
    trains = [cell for cell in given.resolved.cells if cell.work == "train"]
    failed, once = trains[0], trains[1]
    fail(given, failed, 2)
    fail(given, once, 1)
    tally = settled(given)
    assert tally.failed == {failed.key: "cause 1"}
    assert tally.undone == [cell.key for cell in given.resolved.cells if cell.train != failed.key]
    assert not tally.complete


def test_what_another_command_of_the_job_array_gave_up_is_said_with_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(assignment.ARRAY, "17")
    given = assigned(tmp_path)
    cell = given.resolved.cells[0]
    fail(given, cell, 2)
    (said,) = settled(given, frozenset({cell.key})).failed.values()
    assert said.startswith("cause 1; not tried again: it failed 2 times in job array 17")


def test_a_network_that_diverged_is_told_and_its_scores_are_not_missed(tmp_path: Path) -> None:
    given = assigned(tmp_path)
    for cell in given.resolved.cells:
        if cell.work == "train":
            publish(given, cell, outcome="diverged" if cell is given.resolved.cells[0] else "done")
        elif cell.train != given.resolved.cells[0].key:
            publish(given, cell)
    tally = settled(given)
    assert (tally.diverged, tally.undone, tally.failed) == ([given.resolved.cells[0].key], [], {})
    assert assignment.outcome(given.resolved.cells[0].key, tmp_path) == "diverged"
    assert assignment.outcome("no-such-cell", tmp_path) == "damaged"


@pytest.mark.parametrize(
    ("tally", "complete"),
    [
        (Tally(found=3, computed=2), True),
        (Tally(failed={"a": "why"}), False),
        (Tally(diverged=["a"]), False),
        (Tally(undone=["a"]), False),
    ],
)
def test_a_plan_is_complete_where_nothing_failed_diverged_or_is_left(tally: Tally, complete: bool) -> None:
    assert tally.complete == complete


def test_what_stops_a_command_carries_how_far_it_came() -> None:
    with pytest.raises(ValueError, match="why") as stop, assignment.noting(Tally(found=2, computed=3), 7):
        raise ValueError("why")
    assert stop.value.__notes__ == ["5 of 7 cells done"]


def test_records_are_good_or_damaged_and_cells_without_one_are_neither(tmp_path: Path) -> None:
    given = assigned(tmp_path)
    first, second, *_ = given.resolved.cells
    publish(given, first)
    publish(given, second, work="train", history={}, taps=[])
    good, damaged = assignment.find_published(given.resolved.cells, tmp_path)
    assert list(good) == [first.key]
    assert list(damaged) == [second.key]


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (
            ["suites.0.held_out_examples=3"],
            "suite 'toy-spurious' has 3 examples to measure on: the estimators need 4",
        ),
        (
            ["suites.1.train_examples=2", "suites.1.training.patience=1"],
            "suite 'toy-shuffled' has 2 examples to train on: with patience, which holds one back, 3 or more",
        ),
    ],
)
def test_data_that_cannot_do_are_found_before_anything_trains(
    tmp_path: Path, overrides: list[str], message: str
) -> None:
    given = assigned(tmp_path, *overrides)
    with pytest.raises(DataError, match=message):
        assignment.check_data(given.resolved.cells, given)
    other = [cell for cell in given.resolved.cells if cell.entry != int(overrides[0].split(".")[1])]
    assignment.check_data(other, given)  # with no work at the entry its data are not looked at
    assert len(list(assignment.data_checks(other, given))) == 1


def test_the_cells_of_a_made_plan_are_those_of_the_same_words() -> None:
    """Records made by hand stand for those of the plan that these tests assign."""
    assert made("seeds=[0]")[0]["digest"] == assigned(Path()).resolved.as_json()["digest"]
