"""The commands that show what is there, each from its options to its lines and exit code."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from made_runs import made, written

from leaderboard import commands
from registry import UnknownNameError, UserError


def options(**words: Any) -> argparse.Namespace:
    return argparse.Namespace(**words)


def test_status_says_how_many_cells_are_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suites = "suites=[{suite: toy-spurious, family: toy-mlp, conditions: [0.0, 1.0]}]"
    resolved, records = made("seeds=[0]", suites, "estimator.inputs=[evaluation]")
    assert len(records) == 4
    del records[list(records)[-1]]
    run = written((resolved, records), tmp_path / "run")
    assert commands.command_status(options(folder=run)) == 0
    assert "3 of 4 cells done" in capsys.readouterr().out
    with pytest.raises(UserError, match="no such folder"):
        commands.command_status(options(folder=tmp_path / "gone"))


def test_list_has_the_kind_and_the_pattern_that_were_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert commands.command_list(options(kind="families", pattern="toy-*", problems=[])) == 0
    out, err = capsys.readouterr()
    assert ("toy-mlp" in out, "toy-encoder" in out, "resnet18" in out, err) == (True, True, False, "")
    assert max(map(len, out.splitlines())) < 100


def test_describe_says_all_of_an_entry_and_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.command_describe(options(name="toy-mlp", data_dir=None)) == 0
    out = capsys.readouterr().out
    assert "toy-mlp" in out.splitlines()[0]
    assert out.replace("\n", "").isprintable()
    with pytest.raises(UnknownNameError, match="did you mean 'toy-mlp'"):
        commands.command_describe(options(name="toy-mpl", data_dir=None))


def test_compare_shows_both_and_writes_files_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    plan = ("seeds=[0]", "suites=[{suite: toy-spurious, family: toy-mlp}]", "estimator.inputs=[evaluation]")
    written(made(*plan), tmp_path / "a run")
    assert commands.command_compare(options(a="a run", b="a run", out=None, force=False)) == 0
    out = capsys.readouterr().out
    assert out.startswith("a run (A) against a run (B): 1 suite in both\n")
    assert "every difference is exactly 0" in out
    assert "memorank compare 'a run' 'a run' --out DIR" in out
    assert max(map(len, out.splitlines())) < 80
    assert [path.name for path in tmp_path.iterdir()] == ["a run"]

    assert commands.command_compare(options(a="a run", b="a run", out=tmp_path / "out", force=False)) == 0
    assert "out/comparison.html has every row" in capsys.readouterr().out
    assert (tmp_path / "out" / "comparison.html").is_file()
    with pytest.raises(UserError, match="holds no comparison but"):
        commands.command_compare(options(a="gone", b="gone", out=tmp_path / "a run", force=False))
