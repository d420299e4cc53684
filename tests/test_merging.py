"""Several run folders as one board: the same bytes as one run, and a difference is named."""

import json
import os
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from made_runs import Parts, made, without, written
from real_command import Command, board_bytes

from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.results.merging import WHERE, merged
from benchmark.run_folder.store import publish, published
from leaderboard.board import Board
from leaderboard.pages.files.formats import FORMATS, terminal
from leaderboard.rows.assembly import build_board
from leaderboard.rows.grouping import SUITE
from registry import UserError

ROUNDS = int(os.environ.get("FUZZED_ROUNDS", "12"))  # more of them in a long search


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


@pytest.mark.long
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


def as_of(part: str, name: str, value: Any) -> Parts:
    """A run whose plan or records say something else."""
    resolved, records = made("seeds=[2]")
    if part in ("plan", "measures", "metrics"):
        resolved[part][name] = {**resolved[part][name], **value} if isinstance(value, dict) else value
    for record in records.values():
        if part == "identity" and record["work"] == "score":
            record["identity"][name] = {**record["identity"].get(name, {}), **value}
    return resolved, records


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (made("estimator.mi.k=5", "limit=40"), "estimator.mi.k is 3 and 5"),
        (as_of("identity", "measures", {"mean-mi": 9}), "the version of measure mean-mi is 1 and 9"),
        (as_of("identity", "metrics", {"accuracy": 9}), "the version of metric accuracy is "),
        (as_of("identity", "sources", {"measure mine": "b"}), "the code of measure mine is 'a' and 'b'"),
        (as_of("measures", "steps", {"placebo": False}), "measure steps.placebo is True and False"),
        (as_of("metrics", "accuracy", {"higher_is_better": False}), "metric accuracy.higher_is_better is True and Fal"),
        (as_of("plan", "anchors", "shuffled-inputs"), "anchors is 'random-labels' and 'shuffled-inputs'"),
    ],
)
def test_runs_that_measure_otherwise_are_refused_in_a_line(other: Parts, said: str) -> None:
    resolved, records = made("seeds=[0]", "anchors=random-labels")
    for record in records.values():
        if record["work"] == "score":
            record["identity"]["sources"] = {"measure mine": "a"}
    with pytest.raises(UserError) as error:
        merged([("one", resolved, records), ("other", *other)])
    assert f"one and other cannot be one board: {said}" in str(error.value)
    assert str(error.value).count("\n") == 0


def test_a_run_of_another_version_is_refused_by_the_command_and_nothing_is_written(
    tmp_path: Path, command: Command
) -> None:
    written(made("seeds=[0]"), tmp_path / "new")
    written(as_of("identity", "measures", {"mean-mi": 9}), tmp_path / "newer")
    done = command("report", "new", "newer")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "new and newer cannot be one board: the version of measure mean-mi is 1 and 9; nothing" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "newer"]


def test_sizes_that_differ_stand_side_by_side_in_every_format(tmp_path: Path, command: Command) -> None:
    written(made("seeds=[0]"), tmp_path / "whole")
    written(made("seeds=[0]", "suites.0.train_examples=50"), tmp_path / "part")
    done = command("report", "whole", "part", "--figures")
    assert done.returncode == 0, done.stderr
    board = tmp_path / "merged-board"
    for name in ("board.md", "board.html", "board.json", "agreement.csv"):
        assert "toy-mlp (train_examples 50)" in (board / name).read_text(), name
    assert "seeds [0, 0]" not in (board / "board.md").read_text()


def test_an_anchor_read_on_more_conditions_in_another_run_is_one() -> None:
    few, all_of_them = (
        made("anchors=random-labels", "seeds=[0]", f"suites.0.conditions={conditions}")
        for conditions in ("[0.0, 1.0]", "[0.0, 0.5, 1.0]")
    )
    whole, _ = merged([("few", *few), ("all", *all_of_them)])
    places = [tuple(cell[name] for name in ("entry", "recipe", *WHERE)) for cell in whole["cells"]]
    assert len(set(places)) == len(places) == len(all_of_them[0]["cells"])
    board = build_board(*merged([("few", *few), ("all", *all_of_them)]))
    reasons = [number.get("reason") for model in board["models"] for number in model["measures"].values()]
    assert set(reasons) == {None}
    assert board["missing"] == []


def test_anchors_in_one_run_alone_are_gaps_of_the_other() -> None:
    board = build_board(
        *merged([("with", *made("anchors=random-labels", "seeds=[0]")), ("without", *made("seeds=[1]"))])
    )
    number = board["models"][0]["measures"]["anchored-mi"]
    assert number["mean"] is None
    assert number["reason"] == "undefined for 1 of 2 networks: its anchor is missing"
    assert board["models"][0]["measures"]["mean-mi"]["mean"] is not None


def part_at_random(random: Random) -> Parts:
    """A run of some seeds, conditions, recipes and sizes of the plan toy, of which networks and records are missing."""
    overrides = [f"seeds={random.choice([[0], [1], [0, 1], [0, 1, 2]])}", "estimator.inputs=[evaluation]"]
    for suite in ("suites.0", "suites.1"):
        overrides.append(f"{suite}.conditions={random.choice([[0.0, 1.0], [0.5], [0.0, 0.5, 1.0]])}")
        rates = random.choice([0.01, 0.001, [0.01, 0.001], [0.1, 0.01, 0.02, 0.001]])
        overrides += [f"{suite}.training.learning_rate={rates}"] * (random.random() < 0.5)
        overrides += [f"{suite}.train_examples={random.choice([50, 60])}"] * (random.random() < 0.3)
        overrides += [f"{suite}.seeds=[{random.choice([0, 7])}]"] * (random.random() < 0.2)
    overrides += ["anchors=random-labels"] * (random.random() < 0.3)
    overrides += ["limit=60"] * (random.random() < 0.1)
    resolved, records = made(*overrides)
    networks = [cell["key"] for cell in resolved["cells"] if cell["work"] == "train"]
    if random.random() < 0.5:
        resolved, records = without((resolved, records), set(random.sample(networks, random.randrange(len(networks)))))
    there = random.choice([1.0, 0.9, 0.5, 0.0])
    return resolved, {key: record for key, record in records.items() if random.random() < there}


@pytest.mark.long
@pytest.mark.parametrize("number", range(ROUNDS))
def test_runs_of_whatever_parts_make_a_board_with_gaps(number: int) -> None:
    random = Random(number)
    whole, records = merged([(f"run{n}", *part_at_random(random)) for n in range(random.choice([2, 2, 3]))])
    board = build_board(whole, records)
    assert all(any(make(board).values()) for make in FORMATS.values())
    assert terminal(board)
    assert Board(board).summary(80)
    for model in board["models"]:
        assert len(set(model["seeds"])) == len(model["seeds"])
        for name in {**model["measures"], **model["metrics"]}:
            one = model["measures"].get(name) or model["metrics"][name]
            assert (one["mean"] is None) == bool(one.get("reason"))
    places = [tuple(row[name] for name in (*SUITE, "recipe", "inputs", "condition")) for row in board["models"]]
    assert len(set(places)) == len(places)
