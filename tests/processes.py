"""Processes and run folders as a test of faults looks at them from outside."""

import json
import shutil
import time
from pathlib import Path
from subprocess import Popen

from forked_command import FAULTY


def injected(**faults: str) -> dict[str, str]:
    """The environment of a command with faults in it; their words are told in `faults/injected/sitecustomize.py`."""
    return {**faults, "PYTHONPATH": FAULTY}


def committed(run: Path) -> dict[str, int]:
    """The cells that are published, and when."""
    return {path.parent.name: path.stat().st_mtime_ns for path in run.glob("cells/[!.]*/record.json")}


def interrupted(run: Path, copy: Path, networks: slice) -> Path:
    """A copy of a finished run in which these networks, their scores and the board are not there yet."""
    shutil.copytree(run, copy)
    cells = json.loads((copy / "plan.json").read_text())["cells"]
    missing = [cell["key"] for cell in cells if cell["work"] == "train"][networks]
    assert missing
    for key in (cell["key"] for cell in cells if cell["train"] in missing):
        shutil.rmtree(copy / "cells" / key)
    shutil.rmtree(copy / "board")
    return copy


def wait_for_cells(process: "Popen[str]", run: Path, more_than: int, seconds: float = 60) -> None:
    """Until a run has so many cells, or has ended."""
    deadline = time.monotonic() + seconds
    while len(committed(run)) <= more_than and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)


def children(pid: int) -> list[int]:
    """The processes that this one has started, and theirs."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if parent == pid:
            found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


def alive(pid: int) -> bool:
    """Whether the process runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def wait_until_gone(pids: list[int], seconds: float) -> None:
    """Fails where one of the processes is still there after so long."""
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [pid for pid in pids if alive(pid)]
