"""The real command, as a user meets it: runs, resumes, survives kills, and says in one line what is wrong."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blank_figures import blank
from real_command import ROOT, Command, board_bytes, start

from leaderboard.pages.sheets import SHEETS


def plan_file(folder: Path, extra: str = "") -> None:
    (folder / "mine.yaml").write_text(
        f"name: mine\nseeds: [0, 1]\nsuites:\n  - {{suite: toy-spurious, family: toy-mlp{extra}}}\n"
    )


def test_the_same_command_again_does_nothing_and_says_so(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "moved here")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "moved here" / "cells").rglob("*")}
    done = command("run", "toy", "--out", "moved here")
    assert done.returncode == 0
    assert not any("its code changed" in log.read_text() for log in toy_run.glob("cells/*/log.txt"))
    assert "nothing to do; 54 cells were done, 0 computed now" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "moved here" / "cells").rglob("*")} == before
    assert board_bytes(tmp_path / "moved here") == board_bytes(toy_run)


def test_two_folders_give_the_same_bytes(toy_run: Path, tmp_path: Path, command: Command) -> None:
    assert command("run", "toy").returncode == 0
    assert board_bytes(tmp_path / "runs" / "toy") == board_bytes(toy_run)


def test_another_estimator_trains_nothing(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    words = ("toy", "--out", "run", "--set", "estimator.entropy.bins=50")
    planned = command("plan", *words)
    assert "54 cells, 18 done, 36 to do" in planned.stdout
    assert "36 score: changed: settings.entropy.bins 100 -> 50" in planned.stdout
    assert json.loads((tmp_path / "run" / "plan.json").read_text())["plan"]["estimator"]["entropy"]["bins"] == 100
    done = command("run", *words)
    assert "18 cells were done, 36 computed now" in done.stdout
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
    (beside,) = (tmp_path / "run").glob("board-estimator.entropy.bins=50-*")
    assert (beside / "board.json").read_bytes() != board_bytes(toy_run)["board.json"]


def test_a_network_that_diverges_is_counted_and_not_ranked(tmp_path: Path, command: Command) -> None:
    plan_file(tmp_path, ", conditions: [0, 0.5, 1], training: {learning_rate: 1.0e+38, max_epochs: 2}")
    for _ in range(2):
        done = command("run", "mine.yaml", "--out", "run")
        assert done.returncode == 1
        assert done.stderr.count("its loss is not finite; it is not ranked") == 6
    assert "0 computed now" in done.stdout
    planned = command("plan", "mine.yaml", "--out", "run").stdout
    assert "12 cells, 6 done, 0 to do; nothing to run\n  6 networks diverged and are not scored" in planned
    board = json.loads((tmp_path / "run" / "board" / "board.json").read_text())
    assert [row["reason"] for row in board["missing"]] == ["diverged"] * 6
    assert {row["tau"] for row in board["agreement"]} == {None}
    assert {row["reason"] for row in board["agreement"]} == {"0 of at least 2 numbers to rank"}
    assert command("status", "run").stdout.count("diverged: toy-spurious") == 6


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "quik"), "unknown plan 'quik'; did you mean 'quick'?"),
        (("run", "toy", "--set", "estimator.entropy.bin=3"), "did you mean 'bins'?"),
        (("run", "toy", "--set", "suites.0.suite=toy-shufled"), "did you mean 'toy-shuffled'?"),
        (("run", "toy", "--set", "suites.0.family=toymlp"), "did you mean 'toy-mlp'?"),
        (("list", "suits"), "unknown kind 'suits'; did you mean 'suites'?"),
        (("fetch", "mnist-5kk"), "unknown data set 'mnist-5kk'; did you mean 'mnist-5k'?"),
        (("status", "nowhere"), "nowhere: no such folder; a run makes one, as in: memorank run toy"),
        (("report", "."), "is no run folder: it has no plan.json; a run makes one, as in: memorank run toy"),
        (("rnu", "toy"), "unknown command 'rnu'; did you mean 'run'?"),
    ],
)
def test_usage_errors_are_one_line_before_anything_runs(
    words: tuple[str, ...], message: str, tmp_path: Path, command: Command
) -> None:
    done = command(*words)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_names_the_nearest(toy_run: Path, command: Command) -> None:
    done = command("report", str(toy_run), "--format", "md,jsn")
    assert (done.returncode, done.stderr) == (
        2,
        "memorank: unknown format 'jsn'; did you mean 'json'?\n",
    )


def test_missing_data_and_a_place_that_cannot_be_written(tmp_path: Path, command: Command) -> None:
    done = command("run", "quick", "--data-dir", "empty")
    assert done.returncode == 2
    assert "run: memorank fetch mnist-5k" in done.stderr
    (tmp_path / "file").touch()
    done = command("run", "toy", "--out", "file/run")
    assert done.returncode == 2
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_report_writes_where_and_what_it_is_told(toy_run: Path, tmp_path: Path, command: Command) -> None:
    done = command("report", str(toy_run), "--format", "csv", "--out", "else where", environment={"LC_ALL": "C"})
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "else where").iterdir()) == sorted(
        f"{name}.csv" for name in SHEETS if name not in ("sensitivity", "measures")
    )


@pytest.mark.parametrize("words", [("report", "{run}"), ("list",), ("status", "{run}")])
def test_a_closed_pipe_is_no_error(words: tuple[str, ...], toy_run: Path, tmp_path: Path) -> None:
    asked = [word.format(run=toy_run) for word in words]
    process = start(*asked, folder=tmp_path, environment={"PYTHONUNBUFFERED": ""})
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


@pytest.mark.long
def test_a_terminal_that_knows_only_ascii_still_gets_its_board(own_toy_run: Path, command: Command) -> None:
    done = command("report", str(own_toy_run), "--show", "models", environment={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r" 0\.\d{3} \+-0\.\d{3} ", done.stdout)


@pytest.mark.parametrize("content", ["{", "[]", '{"cells": []}', '{"cells": [{}], "plan": {}}', "NaN", "[" * 100_000])
def test_a_damaged_plan_json_is_one_line_and_run_mends_it(
    content: str, toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    (tmp_path / "run" / "plan.json").write_text(content)
    (tmp_path / "run" / "provenance.json").write_text('{"commands": null}')
    for word in ("status", "report"):
        done = command(word, "run")
        assert done.returncode == 2
        assert done.stderr.startswith("memorank: run/plan.json has no usable ")
        assert done.stderr.count("\n") == 1
    if content == "{":
        assert command("run", "toy", "--out", "run").returncode == 0
        assert board_bytes(tmp_path / "run") == board_bytes(toy_run)


def test_a_damaged_data_file_is_refused_before_anything_runs(tmp_path: Path, command: Command) -> None:
    (tmp_path / "data" / "mnist-5k").mkdir(parents=True)
    (tmp_path / "data" / "mnist-5k" / "mnist_5k.csv.gz").write_bytes(b"half")
    done = command("run", "quick", "--data-dir", "data")
    assert done.returncode == 2
    assert "run: memorank fetch mnist-5k" in done.stderr
    assert not (tmp_path / "runs").exists()


def test_too_few_examples_for_k_are_refused_before_anything_trains(tmp_path: Path, command: Command) -> None:
    done = command("run", "toy", "--set", "estimator.mi.k=200")
    assert done.returncode == 2
    assert "has 120 examples to measure on: the estimators need 201" in done.stderr
    assert not list((tmp_path / "runs" / "toy").glob("cells/*"))


def test_sensitivity_trains_nothing_and_is_computed_once(toy_run: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    cells = sorted(path.name for path in (tmp_path / "run" / "cells").iterdir())
    done = command("report", "run", "--sensitivity")
    assert done.returncode == 0, done.stderr
    assert "sensitivity: toy-spurious, toy-blobs, toy-mlp" in done.stdout
    assert sorted(path.name for path in (tmp_path / "run" / "cells").iterdir()) == cells
    first = board_bytes(tmp_path / "run")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "sensitivity").iterdir()}
    assert command("report", "run", "--sensitivity").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "run" / "sensitivity").iterdir()} == kept
    assert board_bytes(tmp_path / "run") == first
    assert "sensitivity.csv" in [path.name for path in (tmp_path / "run" / "board").iterdir()]
    assert command("report", "run").returncode == 0
    assert not (tmp_path / "run" / "board" / "sensitivity.csv").exists()
    assert "did you mean '--sensitivity'?" in command("report", "run", "--sensitvity").stderr


# Each command in a process of its own, forked from one that has answered `list` and so imported what all need.
QUICK = """
import contextlib, io, json, os, sys, memorank
answers, said = [], io.StringIO()
memorank.main(["list", "plans"])
for words in json.loads(sys.argv[1]):
    if pid := os.fork():
        answers.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        continue
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = memorank.main(words)
        except SystemExit as end:
            code = end.code
    slow = {"torch", "scipy", "numba", "sklearn", "torchvision"} & set(sys.modules)
    os._exit(SLOW if slow else code)
print(json.dumps(answers))
"""
SLOW = 99  # the exit code where a slow module was imported
ANSWERS = [
    (("list",), 0),
    (("list", "suites", "*-mnist"), 0),
    (("run", "quik"), 2),
    (("status", "{run}"), 0),
    (("fetch", "circle"), 2),
    (("rnu", "toy"), 2),
    (("describe", "mean-mu"), 2),
    (("run", "toy", "--set", "suites.0.data=toy-blob"), 2),
    (("run", "toy", "--set", "suites.0.conditions=[2.0]"), 2),
    (("report", "{run}", "--format", "latex"), 2),
    (("new", "family", "my-net"), 0),
]


@pytest.fixture(scope="module")
def answered(toy_run: Path) -> dict[tuple[str, ...], int]:
    """The exit code of each of these commands, SLOW where one has imported what is slow to import."""
    asked = [[word.format(run=toy_run) for word in words] for words, _ in ANSWERS]
    program = [sys.executable, "-c", QUICK.replace("SLOW", str(SLOW)), json.dumps(asked)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    codes = json.loads(done.stdout.splitlines()[-1])
    return {words: code for (words, _), code in zip(ANSWERS, codes, strict=True)}


@pytest.mark.parametrize(("words", "code"), ANSWERS)
def test_answers_that_need_no_torch_import_none(
    words: tuple[str, ...], code: int, answered: dict[tuple[str, ...], int]
) -> None:
    assert answered[words] == code


def test_a_folder_that_shadows_a_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "benchmark").mkdir()
    (tmp_path / "benchmark" / "__init__.py").write_text("raise SystemExit('the intruder ran')")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]; sys.path.append({str(ROOT)!r})\n"
    code += "import memorank; sys.exit(memorank.main(['list']))"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"'benchmark' resolves to {tmp_path / 'benchmark'}" in done.stderr
    assert "the intruder ran" not in done.stderr


def test_the_python_interface(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_run: Path) -> None:
    import memorank

    monkeypatch.chdir(tmp_path)
    with blank():
        board = memorank.run("toy")
    assert board.to_dict() == json.loads((toy_run / "board" / "board.json").read_text())
    records = memorank.load_records("runs/toy")
    assert len(records) == 54
    assert all(getattr(memorank, name) is not None for name in memorank.__all__)
    assert memorank.information.binned.entropy([[0.0], [1.0]], bins=2)[0] > 0
    with pytest.raises(AttributeError):
        memorank.nothing  # noqa: B018
