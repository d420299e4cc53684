"""What a process on another machine answers to an order: files, why it failed, or why no cell can be computed there."""

import io
import os
import queue
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmark.plan.resolved import Cell
from benchmark.run.assignment import assign
from benchmark.run.attempts import Failed, Job
from benchmark.run.cluster import cell_process
from benchmark.run.cluster.cell_process import _other_inputs, _other_version, _place, _receive, _reply, _send
from benchmark.run.cluster.orders import Order, own_version
from benchmark.run.cluster.parcels import framed, opened, packed
from benchmark.run_folder import store
from registry import UserError

TRAIN, SCORE, *_ = assign("toy", None, None, [], ()).resolved.cells
HISTORY = {"steps": 1, "losses": [1.0], "weight_norms": [1.0], "stopped": "loss"}


def order(cell: Cell = TRAIN, version: str | None = None, **identity: Any) -> Order:
    changed = replace(cell, identity={**cell.identity, **identity})
    return Order(Job(changed, TRAIN.identity, 1, None), "c", version or own_version())


def replied(
    made: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, given: Order | None = None, network: bytes = b""
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The answer where an attempt at the cell gives this, or raises it."""

    def attempt(job: Job, run: Path, root: Path, keep: bool) -> Any:
        assert (run, keep) == (folder, False)  # no checkpoint: nobody comes back to this folder
        if isinstance(made, Exception):
            raise made
        return made

    monkeypatch.setattr(cell_process, "attempt", attempt)
    return opened(_reply(given or order(), network, folder))


def test_the_files_of_a_cell_are_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"record.json": b"{}", "outputs": b"12"}
    assert replied(files, tmp_path, monkeypatch) == ({"outcome": "done"}, files)


def test_a_failed_attempt_is_told_in_text_that_any_machine_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, files = replied(Failed("why \udcff", "Traceback", "log"), tmp_path, monkeypatch)
    assert said == {"outcome": "failed", "cause": "why \\udcff", "trace": "Traceback", "log": "log"}
    assert files == {}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("no such data"), "no such data"),
        (OSError(28, "No space"), "OSError"),
        (ValueError("odd"), "odd"),
    ],
)
def test_what_stops_every_cell_here_is_a_refusal_with_the_name_of_the_machine(
    error: Exception, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        cell_process.provenance, "environment", lambda: {"machine": {"host": "there"}, "versions": {"memorank": "1"}}
    )
    monkeypatch.setattr(cell_process, "own_version", lambda: "1")
    found, _ = replied(error, tmp_path, monkeypatch, order(version="1"))
    assert found["outcome"] == "refused"
    assert found["reason"].startswith("there: ")
    assert said in found["reason"]


def test_another_memorank_or_another_version_of_an_entry_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _other_version(order()) is _other_version(order(SCORE)) is None
    assert _other_version(order(version="0.0.0")) == (
        f"memorank is {own_version()} there and 0.0.0 here: install the same version"
    )
    for changed, what in (
        ({"training_version": 99}, "training"),
        ({"suite_version": 99}, "suite toy-spurious"),
        ({"family_version": 99}, "family toy-mlp"),
    ):
        assert _other_version(order(**changed)) == f"{what} is of another version there: install the same memorank"
    for part in ("measures", "metrics"):
        name = next(iter(SCORE.identity[part]))
        said = _other_version(order(SCORE, **{part: {**SCORE.identity[part], name: 99}}))
        assert said == f"{part[:-1]} {name} is of another version there: install the same memorank"
    found, _ = replied({}, tmp_path, monkeypatch, order(version="0.0.0"))
    assert found["outcome"] == "refused"


def test_data_that_are_not_the_same_there_are_named_with_the_cure(tmp_path: Path) -> None:
    assert _other_inputs(order(), tmp_path) is _other_inputs(order(SCORE), tmp_path) is None
    said = str(_other_inputs(order(data_fingerprint="another"), tmp_path))
    assert said.startswith("'toy-blobs' in ")
    assert said.endswith(" is not what it is here; run there: memorank fetch toy-blobs")


def test_a_network_is_placed_once_and_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    def network(key: str) -> bytes:
        record = {"work": "train", "identity": {}, "outcome": "done", "history": HISTORY, "taps": []}
        return packed({}, store.sealed(key, {**record, "provenance": {"seconds": 1.0}}, {"outputs": key.encode()}))

    for key in ("a", "a", "b"):
        _place(key, network(key), tmp_path)
        assert [path.name for path in (tmp_path / "cells").iterdir()] == [key]
        record = store.read_record(tmp_path, key)
        assert record is not None
        assert store.read_file(tmp_path, record, "outputs") == key.encode()
    _place("b", b"what is there is not opened again", tmp_path)


def test_frames_are_passed_on_one_by_one_and_their_end_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(cell_process, "end_process", ended.append)
    monkeypatch.setattr(cell_process, "_PIECE", 3)  # frames come in pieces
    source, sink = os.pipe()
    os.write(sink, framed(b"first") + framed(b"") + framed(b"third"))
    os.close(sink)
    parcels: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    with os.fdopen(source, "rb") as incoming:
        _receive(incoming, parcels)
    assert [parcels.get_nowait() for _ in range(3)] == [b"first", b"", b"third"]
    assert ended == [1]


def test_an_answer_is_a_frame() -> None:
    out = io.BytesIO()
    _send(out, b"abc")
    assert out.getvalue() == framed(b"abc")
