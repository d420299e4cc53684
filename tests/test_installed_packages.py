"""Entries from installed packages, through the real command: good ones and broken ones."""

import os
from pathlib import Path

import pytest
from own_files import GOOD, PLAN
from processes import interrupted
from real_command import ROOT, Command, board_bytes


def installed(folder: Path, module: str, points: str, content: str | None) -> dict[str, str]:
    """An installed package with entry points; the environment in which it is found."""
    info = folder / "stranger-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    if content is not None:
        package = folder / module.partition(".")[0]
        package.mkdir()
        (package / "__init__.py").write_text("imported = True\n")
        (package / f"{module.partition('.')[2]}.py").write_text(content)
    return {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}


@pytest.mark.long
def test_an_installed_package_brings_its_entries(tmp_path: Path, command: Command) -> None:
    points = "[memorank.families]\nmy-net = stranger.nets\ntoy-mlp = stranger.nets\ngone = nowhere.at_all:FAMILY\n"
    environment = installed(tmp_path / "site", "stranger.nets", points, GOOD)
    listed = command("list", "families", environment=environment).stdout
    assert "\n  my-net " in listed
    assert "entry point 'toy-mlp': a name that is taken by" in listed
    assert "entry point 'gone': there is no module 'nowhere.at_all'" in listed
    (tmp_path / "mine.yaml").write_text(PLAN)
    done = command("run", "mine.yaml", "--limit", "30", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "unknown family 'my-net'" in command("run", "mine.yaml").stderr


@pytest.mark.long
def test_a_broken_package_hurts_nothing_else(toy_run: Path, tmp_path: Path, command: Command) -> None:
    points = "[memorank.measures]\nmy-measure = stranger.broken\n[memorank.families]\nmy-net = stranger.broken\n"
    content = "1 / 0\n" + GOOD + 'MEASURE = Measure(name="my-measure")\n'
    environment = installed(tmp_path / "site", "stranger.broken", points, content)
    interrupted(toy_run, tmp_path / "runs" / "toy", slice(4))
    done = command("run", "toy", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "42 cells were done, 12 computed now" in done.stdout
    assert board_bytes(tmp_path / "runs" / "toy") == board_bytes(toy_run)
    listed = command("list", environment=environment).stdout
    assert listed.count("ZeroDivisionError: division by zero") == 2
    assert "unknown" not in command("check", "my-net", environment=environment).stderr
