"""The processes that compute cells on another machine, without a cluster: kept, ended, and never left over."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import children, wait_until_gone

from benchmark.plan.catalogue import include
from benchmark.plan.resolved import Cell
from benchmark.run.assignment import assign
from benchmark.run.attempts import Failed, Job
from benchmark.run.cluster import answers, cell_processes
from benchmark.run.cluster.cell_processes import CellProcesses, NotWanted
from benchmark.run.cluster.orders import Order, ordered, own_version
from benchmark.run.cluster.parcels import packed
from registry.sources import read_source

FAMILY = """
import signal, time
from memorank import ModelFamily, Tap

def build(shape, classes):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(60)

FAMILY = ModelFamily(name="endless", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
"""


@pytest.fixture
def processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CellProcesses]:
    monkeypatch.chdir(tmp_path)
    made = CellProcesses()
    yield made
    for process in made._idle:
        process.end()


def order_of(cell: Cell, version: str | None = None, seconds: float | None = None) -> Order:
    return Order(Job(cell, CELLS[0].identity, 1, seconds), "a-command", version or own_version())


CELLS = assign("toy", None, None, [], ()).resolved.cells


def answered(processes: CellProcesses, order: Order, folder: Path, network: bytes = b"", wanted: bool = True) -> bytes:
    process = processes.take(order.setup, folder, os.environ)
    keep = False
    try:
        answer = process.answer(order, [ordered(order), network], lambda: wanted)
        keep = process.alive()
        return answer
    finally:
        processes.give_back(process, keep)


@pytest.mark.long
def test_one_process_trains_and_measures_and_says_what_it_lacks(processes: CellProcesses, tmp_path: Path) -> None:
    network = answers.read(answered(processes, order_of(CELLS[0]), tmp_path), CELLS[0])
    assert isinstance(network, dict)
    pid = children(os.getpid())
    score = answers.read(answered(processes, order_of(CELLS[1]), tmp_path, packed({}, network)), CELLS[1])
    assert isinstance(score, dict)
    assert set(score) == {"record.json"}
    without = answers.read(answered(processes, order_of(CELLS[0], version="0.0.0"), tmp_path), CELLS[0])
    assert isinstance(without, answers.Refused)
    assert "and 0.0.0 here: install the same version" in without.reason
    assert children(os.getpid()) == pid
    (kept,) = processes._idle
    os.kill(kept._process.pid, signal.SIGKILL)
    kept._process.wait()
    assert isinstance(answers.read(answered(processes, order_of(CELLS[0]), tmp_path), CELLS[0]), dict)
    assert len(list(tmp_path.glob("memorank-*"))) == 1


@pytest.mark.long
def test_a_cell_that_nobody_wants_or_that_never_ends_is_ended(
    processes: CellProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cell_processes, "GRACE", 0.5)
    with pytest.raises(NotWanted):
        answered(processes, order_of(CELLS[0]), tmp_path, wanted=False)
    (tmp_path / "endless.py").write_text(FAMILY)
    source = read_source(tmp_path / "endless.py")
    include([source])
    settings = ["suites.0.family=endless", "suites.1.family=endless", "threads=1"]
    cell = assign("toy", None, None, settings, [source]).resolved.cells[0]
    order = Order(Job(cell, cell.identity, 1, 0.1), "a-command", own_version(), (source,))
    found = answers.read(answered(processes, order, tmp_path), cell)
    assert isinstance(found, Failed)
    assert "as its code did not stop, its worker was ended" in found.cause
    assert list(tmp_path.glob("memorank-*")) == []
    assert processes._taken == set()


def test_a_process_without_a_cell_ends_after_a_while(
    processes: CellProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cell_processes, "IDLE", 0.1)
    process = processes.take(("a",), tmp_path, os.environ)
    processes.give_back(process, keep=True)
    wait_until_gone([process._process.pid], 10)
    deadline = time.monotonic() + 5
    while list(tmp_path.glob("memorank-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert list(tmp_path.glob("memorank-*")) == []
