"""What comes back from another machine: the cell that was asked for, or a failed attempt; nothing else is published."""

from collections.abc import Callable

import pytest

from benchmark.plain.canonical import canonical
from benchmark.plan.resolved import Cell
from benchmark.run.attempts import Failed
from benchmark.run.cluster import answers
from benchmark.run.cluster.parcels import packed
from benchmark.run_folder import store

CELL = Cell("a.b-1", "train", "a.b-1", 0, "", 0.0, 0, None, None, None, None, {"work": "train", "seed": 0})
RECORD = {
    "work": "train",
    "identity": CELL.identity,
    "outcome": "done",
    "history": {"steps": 1, "losses": [1.0], "weight_norms": [1.0], "stopped": "loss"},
    "taps": ["0"],
    "provenance": {"seconds": 1.0},
}


def made(**changed: object) -> dict[str, bytes]:
    return store.sealed(str(changed.pop("key", CELL.key)), {**RECORD, **changed}, {"outputs.safetensors": b"12"})


def test_the_files_of_a_cell_come_back_as_they_were() -> None:
    files = made()
    assert answers.read(packed({"outcome": "done"}, files), CELL) == files


def test_a_failed_attempt_and_a_refusal_are_said_in_words() -> None:
    failed = {"outcome": "failed", "cause": "it broke", "trace": "Traceback", "log": "end"}
    assert answers.read(packed(failed, {}), CELL) == Failed("it broke", "Traceback", "end")
    refused = packed({"outcome": "refused", "reason": "no data"}, {})
    assert answers.read(refused, CELL) == answers.Refused("no data")


@pytest.mark.parametrize(
    "files",
    [
        {},
        made(key="another-1"),
        made(identity={"work": "train", "seed": 1}),
        made(work="score"),
        made(taps=None),
        {**made(), "outputs.safetensors": b"13"},
        {**made(), "more": b""},
        {**made(), "../more": b""},
        {**made(), "record.json": b"[]"},
        {**made(), "record.json": b"{}"},
        {**made(), "record.json": b"\xff"},
        {**made(), "record.json": canonical({**RECORD, "files": {}}).encode()},
    ],
)
def test_what_is_not_the_cell_that_was_asked_for_is_a_failed_attempt(files: dict[str, bytes]) -> None:
    found = answers.read(packed({"outcome": "done"}, files), CELL)
    assert isinstance(found, Failed)
    assert found.cause.startswith("what came back from its worker is no cell: ")


@pytest.mark.parametrize(
    "change",
    [
        lambda parcel: b"",
        lambda parcel: parcel[:-1],
        lambda parcel: parcel + b"x",
        lambda parcel: parcel[:7],
        lambda parcel: b"\xff" * 8 + parcel[8:],
        lambda parcel: parcel[:8] + b"[]" + parcel[10:],
        lambda parcel: parcel.replace(b'"files":[["a",2]]', b'"files":[["a",-2'[:16] + b"]"),
        lambda parcel: packed([], {}),
        lambda parcel: packed({"outcome": "failed"}, {}),
        lambda parcel: packed({}, {}),
        lambda parcel: None,
    ],
)
def test_what_is_no_parcel_is_a_failed_attempt(change: Callable[[bytes], bytes]) -> None:
    found = answers.read(change(packed({"outcome": "done"}, {"a": b"12"})), CELL)
    assert isinstance(found, Failed)
