"""Several run folders as one board: the same bytes as one run, and a difference is named."""

import json
import shutil
from pathlib import Path

from real_command import Command, board_bytes

from benchmark.cells import resolve
from benchmark.merging import merged
from benchmark.plan import read_plan
from benchmark.store import publish, published


def halved(run: Path, folder: Path, odd: bool) -> Path:
    """A copy of a run folder with every other network and its scores."""
    shutil.copytree(run, folder)
    cells = json.loads((run / "plan.json").read_text())["cells"]
    networks = sorted({cell["train"] for cell in cells})
    for cell in cells:
        if networks.index(cell["train"]) % 2 == odd:
            shutil.rmtree(folder / "cells" / cell["key"])
    return folder


def test_two_halves_give_the_bytes_of_the_whole(toy_run: Path, tmp_path: Path, command: Command) -> None:
    halves = [halved(toy_run, tmp_path / f"half {odd}", odd) for odd in (False, True)]
    assert not published(halves[0]) & published(halves[1])
    done = command("report", *map(str, halves))
    assert done.returncode == 0, done.stderr
    assert board_bytes(tmp_path, "merged-board") == board_bytes(toy_run)
    assert command("report", str(halves[0]), str(toy_run), str(halves[1]), "--out", "runs/board").returncode == 0
    assert board_bytes(tmp_path / "runs") == board_bytes(toy_run)


def test_runs_with_other_seeds_suites_and_conditions_join(toy_run: Path, tmp_path: Path, command: Command) -> None:
    plan = json.loads((toy_run / "plan.json").read_text())["plan"]
    assert plan["seeds"] == [0, 1, 2]
    parts = [("seeds=[2, 0]",), ("seeds=[1]", "suites.0.conditions=[0.0, 1.0]"), ("seeds=[1]",)]
    for number, part in enumerate(parts):
        words = [word for setting in part for word in ("--set", setting)]
        assert command("run", "toy", "--out", f"part{number}", *words).returncode == 0
    done = command("report", "part0", "part1", "part2")
    assert done.returncode == 0, done.stderr
    assert board_bytes(tmp_path, "merged-board") == board_bytes(toy_run)


def test_cells_of_parts_with_anchors_stand_as_in_the_whole() -> None:
    def resolved(*overrides: str) -> dict:
        return resolve(read_plan("toy", ("anchors=random-labels", *overrides)), Path("unused")).as_json()

    parts = [(seeds, resolved(f"seeds={seeds}"), {}) for seeds in ("[2, 0]", "[1]")]
    assert merged(parts)[0]["cells"] == json.loads(json.dumps(resolved()["cells"]))


def test_a_difference_is_named_and_nothing_written(toy_run: Path, tmp_path: Path, command: Command) -> None:
    other = tmp_path / "other"
    shutil.copytree(toy_run, other)
    first, second = sorted((other / "cells").glob("*evaluation*"))[:2]
    for cell, more in ((first, 0.0), (second, 0.5)):
        record = json.loads((cell / "record.json").read_text())
        record["provenance"]["machine"]["host"] = "elsewhere"
        record["measures"]["mean-mi"]["value"] += more
        shutil.rmtree(cell)
        publish(other, cell.name, {k: v for k, v in record.items() if k != "sha256"}, {})
    done = command("report", str(toy_run), "other")
    assert done.returncode == 2
    assert f"{second.name} is not the same in {toy_run} and other: measures.mean-mi.value is " in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "merged-board").exists()


def test_runs_that_measure_otherwise_are_refused(toy_run: Path, tmp_path: Path, command: Command) -> None:
    assert command("run", "toy", "--out", "run", "--set", "estimator.mi.k=5", "--limit", "40").returncode == 0
    done = command("report", str(toy_run), "run")
    assert done.returncode == 2
    assert "cannot be one board: estimator is " in done.stderr
