"""The plans of a run folder: the first one keeps plan.json and board/, a later --set stands beside it."""

import json
from pathlib import Path

import pytest
from real_command import Command, board_bytes

from benchmark.cells import resolve
from benchmark.plan import read_plan
from benchmark.run_plans import board_folder, find_plan, keep_plan, kept_plans
from registry import UserError, data_folder

BINS = "estimator.entropy.bins=50"


def kept(run: Path, *settings: str, plan: str = "toy") -> str:
    """Write down a plan in the folder as a command does; its digest."""
    resolved = resolve(read_plan(plan, settings), data_folder()).as_json()
    keep_plan(run, resolved, settings)
    return str(resolved["digest"])


def plan_json(run: Path) -> str:
    return str(json.loads((run / "plan.json").read_text())["digest"])


def test_the_first_plan_of_a_folder_is_its_own_whatever_its_settings(tmp_path: Path) -> None:
    digest = kept(tmp_path, BINS)
    assert plan_json(tmp_path) == digest
    assert board_folder(tmp_path) == board_folder(tmp_path, digest) == tmp_path / "board"


def test_a_later_set_stands_beside_and_is_found_by_each_of_its_names(tmp_path: Path) -> None:
    first, second = kept(tmp_path), kept(tmp_path, BINS)
    assert plan_json(tmp_path) == first
    assert list(kept_plans(tmp_path)) == sorted([first, second])
    folder = board_folder(tmp_path, second)
    assert folder.name == f"board-{BINS}-{second[:8]}"
    for word in (second, second[:5], BINS, folder.name):
        assert find_plan([tmp_path], word) == second
    assert find_plan([tmp_path], None) is None
    assert kept(tmp_path) == first  # again: nothing changes
    assert (plan_json(tmp_path), board_folder(tmp_path, second)) == (first, folder)


def test_a_changed_plan_file_takes_the_folder_and_the_board_before_it_moves_aside(tmp_path: Path) -> None:
    first = kept(tmp_path, BINS)
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "board.json").write_text("{}")
    second = kept(tmp_path)
    assert plan_json(tmp_path) == second
    assert not (tmp_path / "board").exists()
    assert (board_folder(tmp_path, first) / "board.json").read_text() == "{}"
    assert board_folder(tmp_path, first).name == f"board-{BINS}-{first[:8]}"


def test_a_word_for_no_plan_or_for_several_names_those_that_there_are(tmp_path: Path) -> None:
    first, second = kept(tmp_path), kept(tmp_path, BINS)
    for word, problem in (("x", "no plan 'x'"), ("", "no plan ''")):
        with pytest.raises(UserError, match=problem) as error:
            find_plan([tmp_path], word)
        assert f"{first[:8]} (no settings changed)" in str(error.value)
        assert f"{second[:8]} ({BINS})" in str(error.value)
    with pytest.raises(UserError, match="of one run folder, and there are several"):
        find_plan([tmp_path, tmp_path], first)


def test_settings_make_a_safe_name(tmp_path: Path) -> None:
    kept(tmp_path)
    hostile = ("seeds=[0, 1]", "suites.0.training.max_epochs=[3, 5]", "name=a" + "b" * 60)
    digest = kept(tmp_path, *hostile)
    name = board_folder(tmp_path, digest).name
    assert name.startswith("board-seeds=_0_1_suites.0.training.max_epochs=_3_5_name=abbb")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.=_-")
    assert len(name) < 90


def test_a_later_set_never_replaces_the_board(tmp_path: Path, command: Command, toy_run: Path) -> None:
    assert command("run", "toy", "--out", "run").returncode == 0
    done = command("run", "toy", "--out", "run", "--set", BINS)
    assert done.returncode == 0, done.stderr
    run = tmp_path / "run"
    (beside,) = run.glob("board-*")
    assert f"run/{beside.name}" in done.stdout
    assert board_bytes(run) == board_bytes(toy_run)
    other = {path.name: path.read_bytes() for path in beside.iterdir()}
    assert json.loads(other["board.json"])["estimator"]["entropy"]["bins"] == 50

    assert f"  beside it: {BINS}: 54 of 54 cells done; its board is in {beside.name}" in command("status", "run").stdout
    assert command("report", "run").returncode == 0
    assert board_bytes(run) == board_bytes(toy_run)
    (beside / "board.md").unlink()
    assert command("report", "run", "--plan", BINS).returncode == 0
    assert {path.name: path.read_bytes() for path in beside.iterdir()} == other

    verified = command("verify", "run", "--plan", beside.name, "--cells", "1")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "checked: plans/" in verified.stdout
    (beside / "board.md").write_text("# Board of plan forged\n")
    verified = command("verify", "run", "--plan", BINS, "--cells", "1")
    assert verified.returncode == 1
    assert f"differs: {beside.name}/board.md: line 1 was" in verified.stdout
    assert command("verify", "run", "--cells", "1").returncode == 0
    wrong = command("report", "run", "--plan", "nothing")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("memorank: run has no plan 'nothing': its plans are ")
