"""One attempt at a cell: the files that are published, or why it came to nothing, and nothing written either way."""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell
from benchmark.run import compute
from benchmark.run.attempts import Failed, Job, attempt
from benchmark.run_folder.store import RECORD, record_of
from registry.errors import RunError

HISTORY = {"steps": 1, "losses": [0.5], "weight_norms": [1.0], "stopped": "loss"}
GOOD = {"outcome": "done", "history": HISTORY, "taps": ["t"], "training_accuracy": 1.0}
Computed = Callable[..., tuple[dict[str, Any], dict[str, bytes]]]


@pytest.fixture(scope="module")
def cell() -> Cell:
    """The first network of the plan toy."""
    return resolve(read_plan("toy", ["seeds=[0]"]), Path("unused: the toy data are generated")).cells[0]


def made(
    computed: Computed, cell: Cell, run: Path, monkeypatch: pytest.MonkeyPatch, seconds: float | None = None
) -> dict[str, bytes] | Failed:
    monkeypatch.setattr(compute, "compute", computed)
    return attempt(Job(cell, cell.identity, 1, seconds), run, run)


def says(*said: Any) -> Computed:
    """A computation that prints, and then raises the last word where that is an error."""

    def computed(*given: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
        for one in said:
            if isinstance(one, BaseException):
                raise one
            print(one)
        return dict(GOOD), {"values.bin": b"123"}

    return computed


def test_the_files_of_a_cell_are_sealed_with_its_record_and_its_log(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(says("epoch 1"), cell, tmp_path, monkeypatch)
    assert not isinstance(files, Failed)
    assert set(files) == {RECORD, "values.bin", "log.txt"}
    assert files["log.txt"] == b"epoch 1\n"
    record = record_of(files[RECORD], cell.key)  # its checksum is right, or this is refused
    assert (record["work"], record["history"]["steps"], record["outcome"]) == ("train", 1, "done")
    about = json.loads(files[RECORD])["provenance"]
    assert (about["seed"], about["data"], about["threads"], about["sources"]) == (0, "toy-blobs", 1, {})
    assert about["seconds"] >= 0
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_says_nothing_has_no_log(cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = made(says(), cell, tmp_path, monkeypatch)
    assert not isinstance(files, Failed)
    assert set(files) == {RECORD, "values.bin"}


@pytest.mark.parametrize(
    ("error", "cause"),
    [(ValueError("too small"), "ValueError: too small"), (SystemExit(3), "SystemExit: 3")],
    ids=["error", "exit"],
)
def test_what_the_code_of_an_entry_does_wrong_is_a_failed_attempt(
    error: BaseException, cause: str, cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = made(says("before", error), cell, tmp_path, monkeypatch)
    assert isinstance(failed, Failed)
    assert failed.cause == cause
    assert failed.trace.startswith("Traceback")
    assert failed.log == "before\n"


@pytest.mark.parametrize("value", [object(), float("nan"), 10**30], ids=["no data", "not finite", "too great"])
def test_what_no_record_can_hold_is_a_failed_attempt(
    value: object, cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = {**GOOD, "history": {**HISTORY, "steps": value}}
    assert isinstance(made(lambda *given: (odd, {}), cell, tmp_path, monkeypatch), Failed)


def test_a_cell_that_takes_too_long_is_a_failed_attempt(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*given: Any) -> Any:
        while True:
            time.sleep(0.005)

    failed = made(endless, cell, tmp_path, monkeypatch, seconds=0.02)
    assert isinstance(failed, Failed)
    assert "seconds_per_cell" in failed.cause


def test_what_would_stop_every_other_cell_too_stops_the_run(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RunError, match="no disk"):
        made(says(RunError("no disk")), cell, tmp_path, monkeypatch)


def test_a_cell_whose_data_changed_meanwhile_is_not_published(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Cell(**{**vars(cell), "identity": {**cell.identity, "data_fingerprint": "another"}})
    with pytest.raises(RunError):
        made(says(), moved, tmp_path, monkeypatch)


def test_what_a_cell_prints_is_passed_on_as_it_comes(
    cell: Cell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "compute", lambda *given: says("one")(*given))
    attempt(Job(cell, cell.identity, 1, None), tmp_path, tmp_path, also=(also := io.StringIO()))
    assert also.getvalue() == "one\n"
    assert sys.stdout is not also
