"""A Dask cluster on loopback, each process with folders of its own: the bytes of one worker, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from cluster_plans import own_plan
from dask_cluster import ON_A_CLUSTER, DaskCluster
from processes import alive, children, committed, wait_for_cells, wait_until_gone
from real_command import ROOT, Command, board_bytes, start, weights

pytestmark = ON_A_CLUSTER


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers."""
    made = DaskCluster(tmp_path / "cluster")
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def run_toy(cluster: DaskCluster) -> tuple[str, ...]:
    """The command that runs toy on the cluster, which has two workers."""
    cluster.worker("one")
    cluster.worker("two")
    return ("run", "toy", "--out", "run", "--dask", str(cluster.file))


def nothing_is_left(run: Path) -> bool:
    """Whether no lease and nothing half-written lies in a run folder."""
    return not list((run / "leases").iterdir()) and not list(run.rglob(".*"))


@pytest.mark.long
def test_two_workers_give_the_bytes_of_one(
    run_toy: tuple[str, ...], toy_run: Path, tmp_path: Path, command: Command
) -> None:
    done = command(*run_toy)
    assert done.returncode == 0, done.stderr
    assert "54 computed now" in done.stdout
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
    assert len(weights(toy_run)) == 18
    assert weights(tmp_path / "run") == weights(toy_run)
    assert nothing_is_left(tmp_path / "run")
    records = [json.loads(path.read_text()) for path in (tmp_path / "run").glob("cells/*/record.json")]
    assert len({record["provenance"]["process"] for record in records}) == 2  # each worker has done some of it
    assert not list((tmp_path / "cluster").rglob("data"))


IN_A_NOTEBOOK = """
import asyncio, pathlib, sys, memorank

async def cell():
    return memorank.run("toy", out="run", overrides="seeds=[0]", dask=pathlib.Path(sys.argv[1]))

print(asyncio.run(cell()).to_dict()["missing"])
"""


@pytest.mark.long
def test_python_runs_on_a_cluster_too_where_an_event_loop_is_at_work(cluster: DaskCluster, tmp_path: Path) -> None:
    cluster.worker("one")
    cluster.worker("two")
    words = [sys.executable, "-P", "-c", IN_A_NOTEBOOK, str(cluster.file)]
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=tmp_path, env=own, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"
    assert len(committed(tmp_path / "run")) == 18
    assert all(computed_by(tmp_path / "run", worker) for worker in cluster.workers.values())


def computed_by(run: Path, worker: "subprocess.Popen[bytes]") -> bool:
    """Whether a process beside this worker has computed a cell."""
    records = [json.loads(path.read_text()) for path in run.glob("cells/*/record.json")]
    return bool({record["provenance"]["process"] for record in records} & set(children(worker.pid)))


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_the_cells_it_had_and_nothing_is_lost(
    run_toy: tuple[str, ...], cluster: DaskCluster, toy_run: Path, tmp_path: Path
) -> None:
    process = start(*run_toy, folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 5)
    beside = children(cluster.workers["one"].pid)
    assert beside
    cluster.kill("one")
    before = committed(tmp_path / "run")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    wait_until_gone(beside, 10)
    assert before.items() <= committed(tmp_path / "run").items()
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
    causes = [path.read_text() for path in (tmp_path / "run").glob("failed/*/*/cause.txt")]
    assert len(causes) <= 2
    assert all(cause.startswith("its worker died: tcp://127.0.0.1:") for cause in causes)


@pytest.mark.slow
def test_a_cell_whose_workers_die_twice_has_failed_and_all_others_go_on(cluster: DaskCluster, tmp_path: Path) -> None:
    words = own_plan(tmp_path, "time.sleep(60)", conditions="[0.0]")
    process = start(*words, str(cluster.file), folder=tmp_path)
    for name in ("one", "two"):
        cluster.worker(name)
        wait_for_own_cells(tmp_path, name)
        cluster.kill(name)
    cluster.worker("three")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1, err
    (line,) = [line for line in err.splitlines() if line.startswith("failed: ")]
    assert ": its worker died: tcp://127.0.0.1:" in line
    assert "it is tried once more" in err
    assert "given up after 2 attempts" in err
    assert len(list((tmp_path / "run" / "failed").iterdir())) == 1
    assert len(committed(tmp_path / "run")) == 2
    assert nothing_is_left(tmp_path / "run")


@pytest.mark.slow
def test_a_head_that_is_stopped_or_killed_loses_nothing_and_its_cells_end(
    cluster: DaskCluster, tmp_path: Path, command: Command
) -> None:
    words = (*own_plan(tmp_path, "os.path.exists('quick') or time.sleep(60)"), str(cluster.file))
    cluster.worker("one")
    cluster.worker("two")
    for number, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        process = start(*words, folder=tmp_path)
        wait_for_own_cells(tmp_path)
        beside = [pid for worker in cluster.workers.values() for pid in children(worker.pid)]
        assert beside
        os.kill(process.pid, number)
        _, err = process.communicate(timeout=30)
        assert process.returncode == code, err
        wait_until_gone(beside, 15)
        assert all(alive(worker.pid) for worker in cluster.workers.values())
        if number == signal.SIGINT:
            assert "memorank: stopped" in err
            assert nothing_is_left(tmp_path / "run")
    for name in cluster.workers:
        (tmp_path / "cluster" / name / "quick").touch()
    before = committed(tmp_path / "run")
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert before.items() <= committed(tmp_path / "run").items()
    assert len(committed(tmp_path / "run")) == 8
    assert not (tmp_path / "run" / "failed").exists()
    assert nothing_is_left(tmp_path / "run")


def wait_for_own_cells(folder: Path, worker: str = "*") -> None:
    """Until every process that computes cells, or those of one worker, is at one of the family of one's own."""
    deadline = time.monotonic() + 60
    logs: list[str] = []
    while not logs or not all(".mine." in text for text in logs):
        assert time.monotonic() < deadline
        time.sleep(0.05)
        logs = [path.read_text() for path in (folder / "cluster").glob(f"{worker}/local/**/memorank-*/log.txt")]


@pytest.mark.slow
def test_a_cell_that_dies_or_never_ends_costs_itself_and_no_worker(
    cluster: DaskCluster, tmp_path: Path, command: Command
) -> None:
    words = own_plan(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    cluster.worker("one")
    done = command(*words, str(cluster.file))
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    assert len(lines) == 2
    assert all("its worker was killed by SIGKILL (the system does so where memory is short)" in line for line in lines)
    assert len(committed(tmp_path / "run")) == 4
    for key in (line.split(": ")[1] for line in lines):
        assert len(list((tmp_path / "run" / "failed" / key).iterdir())) == 2
    assert alive(cluster.workers["one"].pid)


@pytest.mark.slow
def test_cells_go_where_their_resources_are_and_wait_until_somebody_offers_them(
    cluster: DaskCluster, tmp_path: Path
) -> None:
    words = own_plan(tmp_path, "assert os.environ['WORKER'] == 'two'", "resources=Resources(gpus=1)")
    cluster.worker("one")
    process = start(*words, str(cluster.file), folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 3)
    assert process.poll() is None
    cluster.worker("two", "--resources", "gpus=1")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert "waits for a worker with resources: dask worker ... --resources 'gpus=1'" in err
    assert len(committed(tmp_path / "run")) == 8


@pytest.mark.slow
def test_a_worker_without_the_data_is_left_out_and_the_cure_is_said(
    cluster: DaskCluster, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "data" / "numbers").mkdir(parents=True)
    (tmp_path / "data" / "numbers" / "numbers.txt").write_text("1")
    (tmp_path / "mine.py").write_text(DATA)
    (tmp_path / "mine.yaml").write_text(
        "name: mine\nseeds: [0]\nsuites:\n  - {suite: on-numbers, family: toy-mlp, conditions: [0.0]}\n"
    )
    words = ("run", "mine.yaml", "--include", "mine.py", "--out", "run", "--data-dir", "data", "--dask")
    cluster.worker("one")
    done = command(*words, str(cluster.file))
    assert done.returncode == 2, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("memorank: ")]
    assert "data set 'numbers' is not complete" in line
    assert "cluster/one/data/numbers/numbers.txt is missing; put it there" in line
    assert not (tmp_path / "run" / "failed").exists()
    cluster.worker("two", MEMORANK_DATA=str(tmp_path / "data"))
    done = command(*words, str(cluster.file))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "run" / "failed").exists()


DATA = """
from dataclasses import replace
from memorank import DATASETS, SUITES, Dataset

def load(folder):
    assert (folder / "numbers.txt").read_text() == "1"
    return DATASETS["toy-blobs"].load(folder)

DATASET = Dataset(
    name="numbers", modality="vector", load=load, reference="none: a test", licence="none", size="1 byte",
    origin="generated", files={"numbers.txt": None},
)
SUITE = replace(SUITES["toy-spurious"], name="on-numbers", datasets=("numbers",), default_data="numbers")
"""


@pytest.mark.slow
def test_a_scheduler_that_ends_is_one_line(cluster: DaskCluster, tmp_path: Path) -> None:
    words = own_plan(tmp_path, "time.sleep(60)")
    cluster.worker("one")
    process = start(*words, str(cluster.file), folder=tmp_path)
    wait_for_own_cells(tmp_path)
    cluster.end()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    (line,) = [line for line in err.splitlines() if line.startswith("memorank: ")]
    assert "has gone: nothing published is lost" in line
    assert not (tmp_path / "run" / "failed").exists()
    assert nothing_is_left(tmp_path / "run")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_cells_keep_two_workers_busy(cluster: DaskCluster, tmp_path: Path) -> None:
    conditions = json.dumps([round(number / 499, 6) for number in range(500)])
    words = own_plan(tmp_path, "time.sleep(0.3)", conditions=conditions, families=("mine",))
    cluster.worker("one")
    cluster.worker("two")
    process = start(*words, str(cluster.file), folder=tmp_path, stdout=subprocess.DEVNULL)
    _, err = process.communicate(timeout=800)
    assert process.returncode == 0, err
    records = [json.loads(path.read_text()) for path in (tmp_path / "run").glob("cells/*/record.json")]
    assert len(records) == 1000
    spent: dict[int, list[tuple[float, float]]] = {}
    for about in (record["provenance"] for record in records):
        begun = datetime.fromisoformat(about["started"]).timestamp()
        spent.setdefault(about["process"], []).append((begun, about["seconds"]))
    assert len(spent) == 2
    first = min(begun for cells in spent.values() for begun, _ in cells)
    last = max(begun + seconds for cells in spent.values() for begun, seconds in cells)
    busy = [sum(seconds for _, seconds in cells) / (last - first) for cells in spent.values()]
    print(f"busy: {busy} of {last - first:.0f} s")
    assert min(busy) > 0.9
