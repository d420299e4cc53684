"""The plans of a run folder: the first one keeps plan.json and board/, a later --set stands beside it."""

import json
import shutil
import tarfile
from pathlib import Path

import pytest
from real_command import Command, board_bytes

import memorank
from benchmark.plan.cells import resolve
from benchmark.plan.reading import read_plan
from benchmark.plan.resolved import plan_digest
from benchmark.run_folder.run_plans import board_folder, find_plan, keep_plan, kept_plans
from leaderboard.report import write_board
from leaderboard.status import status
from registry import UserError, data_folder

pytestmark = pytest.mark.usefixtures("blank_pages")

OLD = Path(__file__).parents[2] / "fixtures" / "v0.1.0" / "toy.tar.xz"
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
    (tmp_path / "board" / "mine.txt").write_text("first")
    resolved = resolve(read_plan("toy"), data_folder()).as_json()
    second = resolved["digest"]
    said = keep_plan(tmp_path, resolved, ())
    beside = board_folder(tmp_path, first)
    assert said == f"{tmp_path} was of another plan (toy) until now; its board is now in {beside}"
    assert keep_plan(tmp_path, resolved, ()) is None
    assert plan_json(tmp_path) == second
    assert not (tmp_path / "board").exists()
    assert (board_folder(tmp_path, first) / "mine.txt").read_text() == "first"
    assert board_folder(tmp_path, first).name == f"board-{BINS}-{first[:8]}"


def test_each_board_goes_with_its_plan_when_the_file_is_changed_to_and_fro(tmp_path: Path) -> None:
    plans = ("circles", "toy")
    for turn, plan in enumerate([*plans, *plans, *plans]):
        digest = kept(tmp_path, plan=plan)
        board = tmp_path / "board" / "mine.txt"
        board.parent.mkdir(exist_ok=True)
        assert turn < 2 or board.read_text() == plan
        board.write_text(plan)
        assert board_folder(tmp_path, digest) == board.parent
    assert len(list(tmp_path.glob("board*"))) == 2


def test_a_folder_of_that_name_is_not_written_over(tmp_path: Path) -> None:
    first = kept(tmp_path)
    for folder in (tmp_path / "board", tmp_path / f"board-earlier-{first[:8]}"):
        folder.mkdir()
        (folder / "mine.txt").write_text(folder.name)
    kept(tmp_path, plan="circles")
    assert sorted(path.parent.name for path in tmp_path.glob("board*/mine.txt")) == [
        f"board-earlier-{first[:8]}",
        f"board-earlier-{first[:8]}-2",
    ]


def test_the_plan_of_version_0_1_0_is_kept_before_another_takes_its_place(tmp_path: Path) -> None:
    with tarfile.open(OLD) as packed:
        packed.extractall(tmp_path, filter="data")
    run = tmp_path / "toy"
    first = plan_digest(json.loads((run / "plan.json").read_text()))
    kept(run, BINS)
    assert find_plan([run], first) == first
    kept(run, plan="circles")
    assert find_plan([run], first[:8]) == first
    assert (board_folder(run, first) / "board.json").is_file()


def test_the_same_plan_by_other_settings_keeps_its_first_name(tmp_path: Path) -> None:
    first = kept(tmp_path)
    both = ("estimator.mi.k=4", BINS)
    digest = kept(tmp_path, *both)
    name = board_folder(tmp_path, digest).name
    assert kept(tmp_path, *both[::-1]) == digest
    assert board_folder(tmp_path, digest).name == name
    assert find_plan([tmp_path], f"board-other-{digest[:8]}") == digest
    assert kept(tmp_path, "estimator.mi.k=3") == first  # what it is without it
    assert "settings" not in json.loads((tmp_path / "plan.json").read_text())


def test_a_folder_without_a_board_is_taken_over_with_a_word(tmp_path: Path) -> None:
    kept(tmp_path, BINS)
    resolved = resolve(read_plan("toy"), data_folder()).as_json()
    assert keep_plan(tmp_path, resolved, ()) == f"{tmp_path} was of another plan (toy) until now; it had no board yet"
    beside = resolve(read_plan("toy", ("seeds=[0]",)), data_folder()).as_json()
    assert keep_plan(tmp_path, beside, ("seeds=[0]",)) is None


def test_the_command_says_where_the_earlier_board_is_and_python_prints_nothing(
    tmp_path: Path, command: Command, toy_run: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    (tmp_path / "mine.yaml").write_text("name: mine\nseeds: [0]\nsuites: [{suite: toy-spurious, family: toy-mlp}]\n")
    done = command("run", "mine.yaml", "--out", "run")
    (beside,) = (tmp_path / "run").glob("board-earlier-*")
    line = f"run was of another plan (toy) until now; its board is now in run/{beside.name}\n"
    assert done.returncode == 0
    assert done.stderr.startswith(line)
    assert board_bytes(tmp_path / "run", beside.name) == board_bytes(toy_run)
    monkeypatch.chdir(tmp_path)
    memorank.run("toy", out="run")
    assert capfd.readouterr() == ("", "")
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


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


@pytest.mark.long
def test_a_later_set_never_replaces_the_board(tmp_path: Path, command: Command, toy_run: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(toy_run, run)
    done = command("run", "toy", "--out", "run", "--set", BINS)
    assert done.returncode == 0, done.stderr
    (beside,) = run.glob("board-*")
    assert f"run/{beside.name}" in done.stdout
    assert board_bytes(run) == board_bytes(toy_run)
    other = {path.name: path.read_bytes() for path in beside.iterdir()}
    assert json.loads(other["board.json"])["estimator"]["entropy"]["bins"] == 50
    assert f"  beside it: {BINS}: 54 of 54 cells done; its board is in {beside.name}" in status(run)

    write_board([run])
    assert board_bytes(run) == board_bytes(toy_run)
    (beside / "board.md").write_text("# Board of plan forged\n")
    verified = command("verify", "run", "--plan", beside.name, "--cells", "1")
    assert verified.returncode == 1
    assert "checked: plans/" in verified.stdout
    assert f"differs: {beside.name}/board.md: line 1 was" in verified.stdout
    assert command("report", "run", "--plan", BINS).returncode == 0
    assert {path.name: path.read_bytes() for path in beside.iterdir()} == other
