"""memorank verify: what was computed here is computed again to the bit, and what was changed is found."""

import json
import shutil
from pathlib import Path

import pytest
from real_command import Command

from benchmark.store import _seal


def changed(run: Path, work: str, change) -> str:
    """Change one record of this kind as if it had been computed so; its key."""
    for path in sorted((run / "cells").glob("*/record.json")):
        record = json.loads(path.read_text())
        if record["work"] == work:
            change(record)
            record["sha256"] = _seal({name: part for name, part in record.items() if name != "sha256"})
            path.write_text(json.dumps(record))
            return str(record["key"])
    raise AssertionError(work)


def test_a_run_of_this_machine_is_equal_to_the_bit(toy_run: Path, command: Command) -> None:
    before = sorted(path for path in toy_run.rglob("*"))
    done = command("verify", str(toy_run), "--cells", "6")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equal to the bit: ") == 6
    assert sorted(path for path in toy_run.rglob("*")) == before


@pytest.mark.parametrize(
    ("work", "change", "said", "differing"),
    [  # the steps of a network are also a measure in its two score cells
        ("train", lambda r: r["history"].update(steps=7), "history.steps was 7, is ", 3),
        ("score", lambda r: r["metrics"]["accuracy"].update(value=0.123), "metrics.accuracy.value was 0.123, is ", 1),
    ],
)
def test_what_is_not_what_this_code_computes_is_named(
    work: str, change, said: str, differing: int, toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    key = changed(tmp_path / "run", work, change)
    done = command("verify", "run", "--cells", "54")
    assert done.returncode == 1
    assert f"differs: {key}: {said}" in done.stdout
    assert done.stdout.count("differs: ") == differing
    assert done.stdout.count("equal to the bit: ") == 54 - differing


def test_elsewhere_a_tolerance_holds(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    for work in ("train", "score"):

        def moved(record: dict) -> None:
            record["provenance"]["machine"]["host"] = "elsewhere"
            for one in record.get("measures", {}).values():
                one["value"] = one["value"] and one["value"] * (1 + 1e-9)

        changed(tmp_path / "run", work, moved)
    done = command("verify", "run", "--cells", "54")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("equal within the tolerance for another machine or version: ") == 2


def test_no_run_folder_and_no_cell_are_one_line(toy_run: Path, tmp_path: Path, command: Command) -> None:
    assert command("verify", "nowhere").stderr == "memorank: nowhere is no run folder: it has no plan.json\n"
    (tmp_path / "run").mkdir()
    shutil.copy(toy_run / "plan.json", tmp_path / "run")
    done = command("verify", "run")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "has no cell that this version would compute" in done.stderr
