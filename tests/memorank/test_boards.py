"""The commands that need numbers and pages, on records made by hand: who computes, what is shown, which exit code."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from made_runs import record

from benchmark.plan.resolved import Cell
from benchmark.process.progress import Silent
from benchmark.run.assignment import Assignment, Tally, assign
from benchmark.run_folder import store
from leaderboard.pages.files.formats import FORMATS
from memorank import boards
from registry import UserError

SMALL = ["seeds=[0]", "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]"]
SMALL += ["estimator.inputs=[evaluation]"]
RUN = {
    "plan": "toy", "out": "run", "data_dir": None, "set": SMALL, "limit": None, "sources": (), "show": None,
    "dask": None, "workers": None, "slurm": None, "force": False,
}  # fmt: skip
REPORT = {
    "folders": [Path("run")], "plan": None, "format": "json", "show": None, "sensitivity": False, "figures": False,
    "out": None, "force": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("csv", "html", "md", "tex"):  # what they write is tested elsewhere, and takes its time
        monkeypatch.setitem(FORMATS, name, lambda board: {})


@pytest.fixture
def computing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each kind of worker in a stand-in that publishes records made by hand, all but the last; their names."""
    called: list[str] = []

    def stand_in(name: str):
        def compute(pending: list[Cell], assigned: Assignment, progress: Any, tally: Tally, *more: Any) -> None:
            called.append(" ".join([name, *map(str, more)]))
            (assigned.run / "cells").mkdir(exist_ok=True)
            for cell in pending[: len(pending) - left_out]:
                store.publish(assigned.run, cell.key, record(cell, assigned.resolved), {})
                tally.computed += 1

        return compute

    left_out = 1
    monkeypatch.setattr("benchmark.run.workers.work", stand_in("alone"))
    monkeypatch.setattr("benchmark.run.crew.work_together", stand_in("crew"))
    monkeypatch.setattr("benchmark.run.cluster.dask_head.work_on_dask", stand_in("dask"))
    return called


@pytest.mark.parametrize(
    ("workers", "scheduler", "said"),
    [(None, None, "alone"), (3, None, "crew 3"), (None, "tcp://a:1", "dask tcp://a:1")],
)
def test_cells_go_to_the_workers_that_were_asked_for(
    workers: int | None, scheduler: str | None, said: str, computing: list[str]
) -> None:
    given = assign("toy", "run", None, SMALL, ())
    board, place, tally = boards.run_to_board(given, Silent(), workers, scheduler=scheduler)
    assert computing == [said]
    assert (tally.found, tally.computed, len(tally.undone)) == (0, 3, 1)
    assert place == given.run / "board"
    assert (place / "board.json").is_file()
    assert [row["key"] for row in board["missing"]] == tally.undone


def test_what_stops_the_computing_carries_how_far_the_plan_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> None:
        given[3].computed = 2
        raise ValueError("why")

    monkeypatch.setattr("benchmark.run.workers.work", broken)
    with pytest.raises(ValueError, match="why") as stop:
        boards.run_to_board(assign("toy", "run", None, SMALL, ()), Silent())
    assert stop.value.__notes__ == ["2 of 4 cells done"]


def test_a_run_shows_its_board_and_what_is_not_done_and_a_whole_one_has_nothing_to_do(
    computing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert boards.command_run(Namespace(**RUN)) == 1
    out, err = capsys.readouterr()
    assert "0 cells were done, 3 computed now; board in run/board" in out
    (line,) = [line for line in err.splitlines() if line.startswith("not done: ")]
    assert line.endswith("no worker has published it; the same command does")
    given = assign("toy", "run", None, SMALL, ())
    last = given.resolved.cells[-1]
    store.publish(given.run, last.key, record(last, given.resolved), {})
    assert boards.command_run(Namespace(**RUN)) == 0
    out, err = capsys.readouterr()
    assert "nothing to do; 4 cells were done, 0 computed now; board in run/board" in out
    assert "not done" not in err
    assert computing == ["alone"]  # with every cell there nobody computes


def test_a_network_that_failed_or_diverged_is_said_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(pending: list[Cell], assigned: Assignment, *more: Any) -> None:
        first, second = (cell for cell in pending if cell.work == "train")
        (assigned.run / "cells").mkdir()
        store.publish(assigned.run, first.key, {**record(first, assigned.resolved), "outcome": "diverged"}, {})
        for _ in range(2):
            store.record_failure(assigned.run, second.key, "ValueError: why", "", "", assigned.command)

    monkeypatch.setattr("benchmark.run.workers.work", work)
    assert boards.command_run(Namespace(**RUN)) == 1
    said = [line.partition("-")[0] + line[line.rindex(": ") :] for line in capsys.readouterr().err.splitlines()]
    assert "failed: toy: why" in said
    assert "diverged: toy: its loss is not finite; it is not ranked" in said


def test_a_report_shows_the_board_and_names_records_that_it_could_not_use(
    computing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = assign("toy", "run", None, SMALL, ())
    boards.run_to_board(given, Silent())
    key = given.resolved.cells[0].key
    (given.run / "cells" / key / store.RECORD).write_text("{}")
    assert boards.command_report(Namespace(**REPORT)) == 0
    out, err = capsys.readouterr()
    assert "board in run/board" in out
    assert err.startswith(f"not used: {key}: ")
    assert err.endswith("; the same `memorank run` computes it again\n")


def test_words_are_checked_before_anything_is_read() -> None:
    with pytest.raises(UserError, match=r"unknown format 'jsn'; did you mean 'json'\?"):
        boards.command_report(Namespace(**{**REPORT, "format": "jsn"}))
    with pytest.raises(UserError, match=r"did you mean 'models'\?"):
        boards.command_run(Namespace(**{**RUN, "show": "model"}))


def test_sensitivity_is_computed_only_where_it_is_asked_for_and_then_shown(
    computing: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(
        "benchmark.inspection.sensitivity.sensitivity_values", lambda run, *more: asked.append(run) or {}
    )
    boards.run_to_board(assign("toy", "run", None, SMALL, ()), Silent())
    boards.command_report(Namespace(**REPORT))
    assert asked == []
    assert "sensitivity" not in capsys.readouterr().out
    boards.command_report(Namespace(**{**REPORT, "sensitivity": True}))
    assert asked == [Path("run")]
    assert "sensitivity" in capsys.readouterr().out


def test_sensitivity_is_not_asked_of_a_pack(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"--sensitivity: it needs the outputs of networks, and circles is a pack"):
        boards.command_report(Namespace(**{**REPORT, "folders": [Path("circles")], "sensitivity": True}))
    assert list(tmp_path.iterdir()) == []


def test_verify_compares_boards_by_what_the_leaderboard_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr("memorank.commands.command_verify", lambda *words: given.extend(words) or 2)
    options = Namespace(folder=Path("run"))
    assert boards.command_verify(options) == 2
    assert given[0] is options
    assert given[1].__module__ == "leaderboard.verification"
