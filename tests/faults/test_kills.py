"""SIGKILL at any moment, of everything, of the head, of a worker: nothing is lost and nothing is done twice."""

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest
from processes import children, committed, injected, interrupted, wait_for_cells, wait_until_gone
from real_command import Command, board_bytes, start, weights

RUN = ("run", "toy", "--out", "run")
WORKERS = [(), ("--workers", "3")]


CHOSEN = {
    "before anything": "benchmark.run.assignment prepare 1",
    "before a training": "benchmark.networks.training train 1",
    "in the middle of an epoch": "torch.nn.functional cross_entropy 7",
    "between outputs and record": "benchmark.run_folder.store _seal 1",
    "before the rename": "benchmark.run_folder.store flush_folder 1",
    "after the rename": "benchmark.run_folder.store flush_folder 2",
    "while a lease is taken": "benchmark.run_folder.leases Leases._take 4",
}
IN_THE_REPORT = "benchmark.process.files write_file 5"  # between two of its files


def killed(words: tuple[str, ...], place: str | None, folder: Path, before: dict[str, int]) -> dict[str, int]:
    """What is committed after a kill at this place, or at a random moment: nothing is gone or was done again."""
    process = start(*words, folder=folder, environment=injected(KILL=place) if place else {})
    if not place:
        wait_for_cells(process, folder / "run", len(before))
        time.sleep(random.random() * 0.15)
        os.killpg(process.pid, signal.SIGKILL)
    _, err = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, (place, err)
    now = committed(folder / "run")
    assert before.items() <= now.items()
    return now


def assert_completed(words: tuple[str, ...], command: Command, folder: Path, before: dict[str, int], toy: Path) -> None:
    """The same command ends, computes nothing again that is committed, and leaves the bytes of an uninterrupted run."""
    done = command(*words)
    assert done.returncode == 0, done.stderr
    assert before.items() <= committed(folder / "run").items()
    assert board_bytes(folder / "run") == board_bytes(toy)
    assert weights(folder / "run") == weights(toy)
    assert not list((folder / "run").rglob(".*"))
    assert not list((folder / "run" / "leases").iterdir())


def test_kills_at_chosen_moments_change_no_byte(toy_run: Path, tmp_path: Path, command: Command) -> None:
    before = committed(interrupted(toy_run, tmp_path / "run", slice(5)))
    for place in CHOSEN.values():
        before = killed(RUN, place, tmp_path, before)
    assert_completed(RUN, command, tmp_path, before, toy_run)
    killed(RUN, IN_THE_REPORT, tmp_path, committed(tmp_path / "run"))
    assert_completed(RUN, command, tmp_path, committed(tmp_path / "run"), toy_run)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("workers", WORKERS, ids=["one", "three"])
def test_twenty_kills_at_random_moments_change_no_byte(
    workers: tuple[str, ...], toy_run: Path, tmp_path: Path, command: Command
) -> None:
    random.seed(0)
    before: dict[str, int] = {}
    for _ in range(20):
        before = killed((*RUN, *workers), None, tmp_path, before)
    assert before
    assert_completed((*RUN, *workers), command, tmp_path, before, toy_run)


KILLED = """
import os, signal
from memorank import FAMILIES, ModelFamily, Tap
from torch import nn

def build(shape, classes):
    {when}os.kill(os.getpid(), signal.SIGKILL)
    return nn.Sequential(nn.Linear(shape[0], 4), nn.ReLU(), nn.Linear(4, classes))

FAMILY = ModelFamily(name="killed", modality="vector", build=build, taps=(Tap("0"),), reference="none: a test")
"""


def killed_plan(folder: Path, when: str) -> None:
    (folder / "killed.py").write_text(KILLED.format(when=when))
    suites = "\n".join(
        f"  - {{suite: toy-spurious, family: {family}, conditions: [0.0, 1.0]}}" for family in ("toy-mlp", "killed")
    )
    (folder / "mine.yaml").write_text(f"name: mine\nseeds: [0]\nsuites:\n{suites}\n")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_worker_that_the_system_kills_costs_its_cell_and_no_other(
    workers: str, tmp_path: Path, command: Command
) -> None:
    killed_plan(tmp_path, "")
    done = command("run", "mine.yaml", "--include", "killed.py", "--out", "run", "--workers", workers)
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("failed: ")]
    assert len(lines) == 2
    assert all("its worker was killed by SIGKILL (the system does so where memory is short)" in line for line in lines)
    board = json.loads((tmp_path / "run" / "board" / "board.json").read_text())
    assert [row["reason"] for row in board["missing"]] == ["not trained"] * 2
    assert len(committed(tmp_path / "run")) == 4
    for key in (line.split(": ")[1] for line in lines):
        attempts = sorted((tmp_path / "run" / "failed" / key).iterdir())
        assert len(attempts) == 2
        assert (attempts[0] / "log.txt").read_text().splitlines()[-1].endswith(key)


def test_a_cell_whose_worker_dies_once_is_tried_once_more(tmp_path: Path, command: Command) -> None:
    killed_plan(tmp_path, "os.path.exists('once') or open('once', 'w').close() or ")
    done = command("run", "mine.yaml", "--include", "killed.py", "--out", "run", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("its worker was killed by SIGKILL") == 1
    assert "it is tried once more" in done.stderr
    assert len(committed(tmp_path / "run")) == 8


def test_workers_that_never_come_to_a_cell_are_said_once_and_nothing_is_claimed(
    tmp_path: Path, command: Command
) -> None:
    done = command(*RUN, "--workers", "2", environment=injected(DIE="benchmark.run.crew share_gpus 1"))
    assert done.returncode == 2
    said = "a worker was killed by SIGKILL (the system does so where memory is short) before it came to a cell"
    assert f"memorank: {said}, again and again; see run/logs/worker-" in done.stderr
    assert not committed(tmp_path / "run")


def test_killing_the_head_leaves_no_orphan_and_the_same_command_finishes(
    toy_run: Path, tmp_path: Path, command: Command
) -> None:
    before = committed(interrupted(toy_run, tmp_path / "run", slice(9)))
    process = start(*RUN, "--workers", "2", folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", len(before) + 2)
    workers = children(process.pid)
    assert len(workers) >= 2
    process.kill()
    process.communicate(timeout=30)
    wait_until_gone(workers, 10)
    assert command(*RUN, "--workers", "2").returncode == 0
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


def test_a_lease_of_a_dead_process_is_taken_over_without_a_flag(
    toy_run: Path, tmp_path: Path, command: Command
) -> None:
    interrupted(toy_run, tmp_path / "run", slice(2))
    killed = injected(KILL="torch.nn.functional cross_entropy 7")
    start(*RUN, folder=tmp_path, environment=killed).communicate(timeout=60)
    (lease,) = (tmp_path / "run" / "leases").iterdir()
    assert f"stale lease, its process has ended: {lease.name}: process " in command("status", "run").stdout
    assert command(*RUN).returncode == 0
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
    assert not list((tmp_path / "run" / "leases").iterdir())
