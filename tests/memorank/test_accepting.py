"""A pack that somebody sends: it becomes a board with its level, or nothing is written."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from made_packs import elsewhere, with_records
from real_command import ROOT

from benchmark.run_folder.packs.writing import pack, write_pack
from leaderboard.publishing import texts_of
from memorank.accepting import accept, main
from registry import UserError

ONE = "toy-spurious.toy-mlp.a0.5.s1.evaluation"


def forged(record: dict[str, Any]) -> None:
    elsewhere(record)
    if record["work"] == "score":
        record["measures"]["mean-mi"]["value"] *= 1.1


def test_a_pack_becomes_a_board_with_its_level(toy_run: Path, tmp_path: Path, capsys: Any) -> None:
    members = with_records(pack(toy_run, "my-toy"), elsewhere)
    write_pack(members, tmp_path / "my-toy" / "pack.zip")
    assert accept("my-toy", 2, 1, tmp_path)
    check = json.loads((tmp_path / "my-toy" / "check.json").read_text())
    assert (check["cells"], check["seed"]) == (2, 1)
    assert check["level"] in ("rescored", "reproduced")
    assert f"reached: {check['level']}" in capsys.readouterr().out
    files = {file.name: file.read_text() for file in (tmp_path / "my-toy" / "board").iterdir()}
    assert "board.html" in files
    assert texts_of(tmp_path / "my-toy" / "pack.zip").items() <= files.items()


def test_a_forged_pack_or_one_of_another_name_writes_nothing(toy_run: Path, tmp_path: Path) -> None:
    write_pack(with_records(pack(toy_run, "my-toy"), forged), tmp_path / "my-toy" / "pack.zip")
    assert not accept("my-toy", 10, 1, tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "my-toy" / "pack.zip").rename(tmp_path / "other" / "pack.zip")
    with pytest.raises(UserError, match="other: the pack in it is called my-toy"):
        accept("other", 1, 1, tmp_path)
    assert list((tmp_path / "my-toy").iterdir()) == []
    assert [file.name for file in (tmp_path / "other").iterdir()] == ["pack.zip"]
    assert main(["no-such-board"]) == 2


def test_the_workflow_has_a_token_that_can_read_alone_and_no_secret() -> None:
    text = (ROOT / ".github" / "workflows" / "packs.yml").read_text()
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in text
    assert list(workflow[True]) == ["pull_request"]  # YAML reads the word "on" so; never pull_request_target
    (job,) = workflow["jobs"].values()
    assert "permissions" not in job
    (checkout,) = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"]["persist-credentials"] is False
    assert "--trust" not in text + (ROOT / ".github" / "check-packs.sh").read_text()


def git(folder: Path, *words: str) -> str:
    names = {f"GIT_{who}_{what}": "t@t" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **names}, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@pytest.mark.long
def test_the_steps_of_the_workflow_check_a_pack_and_refuse_all_else(toy_run: Path, tmp_path: Path) -> None:
    """What the workflow does, in a clone, without a network."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("memorank", "leaderboard", "benchmark", "registry", ".github"):
        (clone / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / ".gitignore", clone)
    (clone / "leaderboard").unlink()
    (clone / "leaderboard").mkdir()
    for path in (ROOT / "leaderboard").iterdir():
        if path.name not in ("published", "__pycache__"):
            (clone / "leaderboard" / path.name).symlink_to(path)
    git(tmp_path, "init", "-q", "clone")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "base")
    base = git(clone, "rev-parse", "HEAD")

    def check() -> "subprocess.CompletedProcess[str]":
        git(clone, "add", ".")
        git(clone, "commit", "-qm", "a pack")
        environment = {**os.environ, "PYTHONPATH": str(clone), "PYTHON": sys.executable}
        return subprocess.run(
            ["sh", ".github/check-packs.sh", base],
            cwd=clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    write_pack(pack(toy_run, "my-toy"), clone / "leaderboard" / "published" / "my-toy" / "pack.zip")
    done = check()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "reached: bitwise" in done.stdout
    assert (clone / "leaderboard" / "published" / "my-toy" / "check.json").is_file()
    git(clone, "clean", "-fdq")  # what it made is committed by somebody who has looked at it
    write_pack(with_records(pack(toy_run, "my-toy"), forged), clone / "leaderboard/published/my-toy/pack.zip")
    done = check()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "differs: toy-" in done.stdout
    board = "leaderboard/published/my-toy/board/board.html"
    for place in ("setup.py", board, "leaderboard/published/x/y/pack.zip", "leaderboard/published/-h/pack.zip"):
        git(clone, "reset", "-q", "--hard", base)
        (clone / place).parent.mkdir(parents=True, exist_ok=True)
        (clone / place).write_text("mine")
        done = check()
        assert done.returncode == 1, place
        assert f"leaderboard/published/NAME/pack.zip alone, and this one: {place}" in done.stderr
    git(clone, "reset", "-q", "--hard", base)
    (clone / "leaderboard" / "published" / "x").mkdir(parents=True)
    git(clone, "mv", "memorank", "leaderboard/published/x/pack.zip")
    done = check()
    assert done.returncode == 1
    assert "memorank" in done.stderr
