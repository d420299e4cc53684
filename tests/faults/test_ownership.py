"""memorank removes and replaces only what it made."""

import json
from pathlib import Path

import pytest
from real_command import Command, finished_here, start

from benchmark.process import ownership
from benchmark.run_folder import store

RUN = ("run", "toy", "--set", "seeds=[0]", "--set", "estimator.sub_samples=0")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("out", [".", "../here", "{here}"])
def test_a_folder_with_other_files_is_refused_and_stays_as_it_is(out: str, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        done = finished_here(*RUN, "--out", out.format(here=here), *words, folder=here)
        return done.returncode, done.stdout, done.stderr

    here = tmp_path / "here"
    (here / ".tmp-mydata").mkdir(parents=True)
    (here / ".tmp-mydata" / "years of work").write_text("mine")
    before = contents(here)
    code, _, err = run()
    assert code == 2
    assert "is not empty and not a run folder: it holds .tmp-mydata; choose another --out, or say --force" in err
    assert err.count("\n") == 1
    assert contents(here) == before
    code, _, err = run("--force")
    assert code == 0, err
    assert before.items() <= contents(here).items()
    assert "nothing to do; 18 cells were done" in run()[1]
    assert before.items() <= contents(here).items()


@pytest.mark.parametrize("name", sorted(ownership.NAMES - {ownership.MARKER}))
def test_a_name_that_would_be_replaced_is_refused_by_force_too(name: str, tmp_path: Path) -> None:
    if "." in name:
        (tmp_path / name).write_text("{}")
    else:
        (tmp_path / name).mkdir()
    for force in (False, True):
        with pytest.raises(ownership.UserError, match=f"holds {name}, which memorank did not make and would replace"):
            ownership.claim(tmp_path, force)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_link_in_place_of_the_marker_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    run = tmp_path / "run"
    ownership.claim(run)
    assert [path.name for path in run.iterdir()] == [ownership.MARKER]
    (run / "cells").mkdir()
    (run / "plan.json").write_text(
        json.dumps({"schema": 1, "plan": {}, "entries": [], "cells": [], "measures": {}, "metrics": {}})
    )
    for target in (tmp_path / "elsewhere", run / ownership.MARKER):
        (run / ownership.MARKER).unlink()
        (run / ownership.MARKER).symlink_to(target)
        ownership.claim(run)
        assert not (run / ownership.MARKER).is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_a_marker_that_cannot_be_written_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            ownership.claim(tmp_path)
    assert not list(tmp_path.iterdir())
    ownership.claim(tmp_path)


def test_a_run_folder_of_version_0_1_0_is_known_by_its_plan(tmp_path: Path) -> None:
    plan = {"schema": 1, "plan": {}, "entries": [], "cells": [], "measures": {}, "metrics": {}}
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    (tmp_path / "cells").mkdir()
    ownership.claim(tmp_path)
    assert (tmp_path / ownership.MARKER).is_file()


def test_sweep_removes_only_what_has_the_name_of_something_that_is_built(tmp_path: Path) -> None:
    own = f"-{32 * 'a'}"
    mine = [".tmp-mydata", ".tmp-plan.json", ".tmp-notes-of-2024", f".tmp-letter{own}", "cells/.tmp-mydata"]
    built = [f".tmp-plan.json{own}", f"cells/.tmp-toy.s0-12345678{own}", f"board/.tmp-board.md{own}"]
    for name in (*mine, *built):
        (tmp_path / name).mkdir(parents=True)
    store.sweep(tmp_path)
    assert [name for name in (*mine, *built) if (tmp_path / name).exists()] == mine


def test_report_replaces_no_file_but_a_boards_own(toy_run: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "board.md").write_text("my notes on boards\n")
    done = command("report", str(toy_run), "--out", "paper")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "paper/board.md is not a file of a board, and would be replaced" in done.stderr
    assert command("report", str(toy_run), "--out", "paper", "--force").returncode == 2
    (tmp_path / "paper" / "board.md").rename(tmp_path / "paper" / "main.tex")
    done = command("report", str(toy_run), "--out", "paper", "--format", "tex,csv")
    assert done.returncode == 2
    assert "paper is not empty and holds no board but main.tex; choose another --out, or say --force" in done.stderr
    assert [path.name for path in (tmp_path / "paper").iterdir()] == ["main.tex"]
    assert command("report", str(toy_run), "--out", "paper", "--format", "tex,csv", "--force").returncode == 0
    assert command("report", str(toy_run), "--out", "paper").returncode == 0
    assert (tmp_path / "paper" / "main.tex").read_text() == "my notes on boards\n"


@pytest.mark.parametrize("words", [RUN, ("report", "{run}"), ("plan", "toy")])
def test_an_empty_folder_name_is_refused_and_a_tilde_is_the_home(
    words: tuple[str, ...], toy_run: Path, tmp_path: Path, command: Command
) -> None:
    words = tuple(word.format(run=toy_run) for word in words)
    done = command(*words, "--out", "")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "an empty path was given" in done.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "home").mkdir()
    assert command(*words, "--out=~/x", environment={"HOME": str(tmp_path / "home")}).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert (tmp_path / "home" / "x").exists() == (words[0] != "plan")


def test_files_that_look_like_memoranks_are_somebody_elses(toy_run: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "memorank.json").write_text('{"mine": 1}')
    (tmp_path / "run" / "plan.json").write_text("[]")
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "models.csv").write_text("suite,data,price\n")
    (tmp_path / "paper" / "table2.tex").write_text("% Needs \\usepackage{booktabs}\nmine\n")
    (tmp_path / "paper" / "sensitivity.csv").write_text("suite,data,a column of mine\n")
    before = contents(tmp_path)
    for force in ((), ("--force",)):
        assert command(*RUN, "--out", "run", *force).returncode == 2
        for format_ in ("csv", "tex", "md"):
            done = command("report", str(toy_run), "--out", "paper", "--format", format_, *force)
            assert done.returncode == (0 if force and format_ == "md" else 2)
    (tmp_path / "paper" / "board.md").unlink()
    assert contents(tmp_path) == before


def test_the_log_that_the_shell_has_just_made_is_no_file_of_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / "log.txt").open("w") as log:
        process = start(*RUN, "--out", "run", folder=tmp_path, stdout=log)
        assert process.wait(timeout=240) == 0
    process.stderr.close()  # type: ignore[union-attr]
    assert "18 computed now" in (tmp_path / "run" / "log.txt").read_text()
