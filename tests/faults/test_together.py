"""Many workers on one folder, of one command or of several, of one host or of two: every cell once, the same board."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from processes import committed, injected, wait_for_cells
from real_command import Command, board_bytes, start

RUN = ("run", "toy", "--out", "run")


def elsewhere(host: str) -> dict[str, str]:
    """The environment of a machine of this name, where leases are stale after a second."""
    return injected(HOST=host, STALE="1")


TOGETHER = {
    "two workers": [(("--workers", "2"), "here")],
    "two commands": [((), "here"), (("--workers", "2"), "here")],
    "two hosts": [((), "here"), ((), "there")],
}


@pytest.mark.parametrize("together", TOGETHER.values(), ids=TOGETHER)
def test_every_cell_is_computed_once_and_the_board_is_the_same(
    together: list[tuple[tuple[str, ...], str]], toy_run: Path, tmp_path: Path
) -> None:
    started = [start(*RUN, *words, folder=tmp_path, environment=elsewhere(host)) for words, host in together]
    computed = 0
    for process in started:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        computed += int(out.split(" computed now")[0].rsplit(" ", 1)[1])
    assert computed == 54
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


def test_workers_data_path_and_place_change_nothing(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "moved here")
    before = committed(tmp_path / "moved here")
    done = command("run", "toy", "--out", "moved here", "--workers", "3", "--data-dir", "else where")
    assert "nothing to do; 54 cells were done, 0 computed now" in done.stdout
    assert committed(tmp_path / "moved here") == before


def test_what_died_on_another_host_is_taken_over_without_a_flag(
    toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    cell = next(path for path in (tmp_path / "run" / "cells").iterdir())
    shutil.rmtree(cell)
    who = {"host": "there", "pid": 1, "since": "2026-01-01T00:00:00+00:00", "command": "c"}
    (tmp_path / "run" / "leases" / cell.name).write_text(json.dumps(who))
    building = tmp_path / "run" / "cells" / f".tmp-{cell.name}-{32 * '0'}"
    building.mkdir()
    started = time.monotonic()
    done = command(*RUN, environment=elsewhere("here"))
    assert time.monotonic() - started > 1
    assert "53 cells were done, 1 computed now" in done.stdout
    assert not building.exists()
    assert not list((tmp_path / "run" / "leases").iterdir())
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


def test_status_says_who_works_on_what(tmp_path: Path, command: Command) -> None:
    process = start(*RUN, "--workers", "2", folder=tmp_path)
    wait_for_cells(process, tmp_path / "run", 2)
    seen = []
    while process.poll() is None and not seen:
        seen += [line for line in command("status", "run").stdout.splitlines() if "  at work: toy-" in line]
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert seen
    assert all(": process " in line and "last heartbeat " in line for line in seen)


@pytest.mark.parametrize("words", ["0", "-1", "two", "1.5", ""])
def test_a_wrong_number_of_workers_is_one_line(words: str, tmp_path: Path, command: Command) -> None:
    done = command("run", "toy", f"--workers={words}")
    assert done.returncode == 2
    assert "a number from 1 on is needed" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
