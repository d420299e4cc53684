"""A run folder of version 0.1.0 is still what it was: the same cells, the same numbers, the same board.

What may differ is listed here, and named in the changelog; everything else is equal to the byte.
"""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from real_command import board_bytes

import memorank
from benchmark.inspection.recomputation import ACCURACY, SCORES
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import Cell
from benchmark.run.compute import compute
from benchmark.run_folder.plan_verification import as_now
from leaderboard.report import write_board
from registry import data_folder

FOLDER = Path(__file__).parent / "fixtures" / "v0.1.0"
PLANS = {"toy": "toy", "small-mnist": str(FOLDER / "small-mnist.yaml")}
# The default then: kNN MI broke no ties. What a run folder says stays; a plan that says nothing has jitter now.
THEN = ["estimator.mi.ties=plain"]
ADDED_TO_PLAN = {"digest", "about", "figures", "licence", "data_group", "hypotheses"}
ADDED_TO_BOARD = {
    "plan_digest", "size", "suites", "directions", "hypotheses", "claims", "figures", "made", "digest",
}  # fmt: skip
ADDED_TO_ROWS = {
    "p_kind", "here", "trusted", "df", "error_of", "about", "interval_95", "p_above", "p_below", "best", "permuted",
}  # fmt: skip
ADDED_TO_ENDS = {"p"}
# An error counts seeds and examples, with two seeds too, and t decides what differs by more than that.
MOVED_IN_ROWS = {"error", "filtered", "than_before", "seen", "groups"}
# Keys end in a hash of all that changes a result: the training and the metrics are of another version now.
MOVED_IN_KEYS = {"key", "train"}
# What all suites show together stands against flips of groups of data too, and the verdict says so in other words.
MOVED_ON_BOARD = {"schema", "verdict", "pooled"}


@pytest.fixture(scope="module", params=PLANS)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with tarfile.open(FOLDER / f"{request.param}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder / str(request.param)


def without(content: Any, added: set[str]) -> Any:
    """Plain data without these keys, wherever they stand."""
    if isinstance(content, dict):
        return {name: without(value, added) for name, value in content.items() if name not in added}
    return [without(value, added) for value in content] if isinstance(content, list) else content


def resolved(old: Path) -> Any:
    """The fixture's plan as this version resolves it, with what was the default then."""
    return resolve(read_plan(PLANS[old.name], THEN), data_folder())


def measures_since(now: Any, then: Any) -> set[str]:
    """The measures and metrics that a plan computes now and did not then: every plan computes all there are."""
    return {name for part in ("measures", "metrics") for name in now[part].keys() - then[part].keys()}


def test_the_plan_has_the_same_keys_and_content(old: Path) -> None:
    now = json.loads(json.dumps(resolved(old).as_json()))
    then = as_now(json.loads((old / "plan.json").read_text()))
    assert [suite.pop("recipes") for suite in now["plan"]["suites"]] == [None] * len(now["entries"])
    for name in MOVED_IN_KEYS:
        keys = [[cell[name].rpartition("-") for cell in plan["cells"]] for plan in (now, then)]
        assert [stem for stem, _, _ in keys[0]] == [stem for stem, _, _ in keys[1]]
        assert not {end for _, _, end in keys[0]} & {end for _, _, end in keys[1]}
    added = ADDED_TO_PLAN | measures_since(now, then)
    assert without(now, added | MOVED_IN_KEYS) == without(then, MOVED_IN_KEYS)
    assert now.keys() - then.keys() == {"digest"}


def test_without_a_word_on_ties_the_scores_are_of_jitter_now(old: Path) -> None:
    now = json.loads(json.dumps(resolve(read_plan(PLANS[old.name]), data_folder()).as_json()))
    then = as_now(json.loads((old / "plan.json").read_text()))
    assert [content["plan"]["estimator"]["mi"]["ties"] for content in (now, then)] == ["jitter", "plain"]
    plain = json.loads(json.dumps(resolved(old).as_json()))
    for before, after in zip(plain["cells"], now["cells"], strict=True):
        assert (before["key"] == after["key"]) is (before["work"] == "train")
    for name, value in without(now, ADDED_TO_PLAN | measures_since(now, then)).items():
        assert value == then[name] or name in ("plan", "cells"), name


def test_the_board_has_the_same_numbers_but_for_what_the_changelog_names(old: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    for part in ("plan.json", "cells"):
        (tmp_path / "run" / part).symlink_to(old / part)
    board, damaged, _ = write_board([tmp_path / "run"])
    assert damaged == {}
    assert board["missing"] == []
    then, now = (json.loads(board_bytes(run)["board.json"]) for run in (old, tmp_path / "run"))
    assert now.keys() - then.keys() == ADDED_TO_BOARD
    assert then.keys() - now.keys() == set()
    for part in then.keys() - MOVED_ON_BOARD:
        added = ADDED_TO_ROWS | (ADDED_TO_ENDS if part == "ends" else set())
        assert without(now[part], added | MOVED_IN_ROWS) == without(then[part], MOVED_IN_ROWS), part
    assert moved(then["models"], now["models"]) >= 6
    for before, after in zip(then["pooled"], now["pooled"], strict=True):
        added = ADDED_TO_ROWS | {"groups"}
        assert without({**after, "p": None, "p_holm": None}, added) == {**before, "p": None, "p_holm": None}
        if before["measure"] not in ("random", "steps", "weight-norm") and before["tau"] > 0:
            assert after["groups"] == 1
            assert after["p_above"] == pytest.approx(max(before["p"], 0.5), rel=0.1)  # of permutations, and of flips


def moved(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> int:
    """How many errors of measures are another number; each one is that of its seeds where there are two or more."""
    count = 0
    for before, after in zip(then, now, strict=True):
        seeds = len(after["seeds"])
        for name, value in after["measures"].items():
            known = before["measures"][name].get("error")
            if seeds > 1 and value["error_of"] == "seeds":
                assert value["error"] == pytest.approx(value["sd"] / seeds**0.5)
                assert value["df"] == seeds - 1
                count += value["error"] != known
            elif value.get("error_of") == "reading":
                assert (value["error"], seeds) == (known, 1)
                count += 1
    return count


def computed(old: Path, work: str, count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The records of some cells, and what this version computes for them from the networks of then."""
    records = memorank.load_records(old)
    plan = resolved(old)
    keys = {key.rpartition("-")[0]: key for key in records}
    known = [replace(cell, key=keys[cell.stem], train=keys[cell.train.rpartition("-")[0]]) for cell in plan.cells]
    cells: list[Cell] = [cell for cell in known if cell.work == work]
    for cell in cells[:: max(1, len(cells) // count)]:
        result, _ = compute(cell, old, data_folder(), plan.plan.threads, keep=False)
        yield records[cell.key], json.loads(json.dumps(result))


def test_scores_of_the_stored_outputs_are_the_same_numbers(old: Path) -> None:
    compared = 0
    for then, now in computed(old, "score", 6):
        for part in ("measures", "metrics"):
            assert now[part].keys() >= then[part].keys()  # there may be more
            for name, value in then[part].items():
                assert now[part][name]["value"] == pytest.approx(value["value"], rel=SCORES, abs=1e-12), (name, part)
                assert now[part][name]["per_tap"] == pytest.approx(value["per_tap"], rel=SCORES, abs=1e-12)
                compared += 1
        assert now["taps"].keys() == then["taps"].keys()
        assert now["warnings"] == then["warnings"]
    assert compared >= 20


def test_networks_trained_again_are_the_same_within_what_processors_differ(old: Path) -> None:
    for then, now in computed(old, "train", 3):
        assert now["history"]["steps"] == then["history"]["steps"]
        assert now["history"]["losses"] == pytest.approx(then["history"]["losses"], rel=1e-3, abs=1e-5)
        assert now["training_accuracy"] == pytest.approx(then["training_accuracy"], abs=ACCURACY)
        assert now["taps"] == then["taps"]
