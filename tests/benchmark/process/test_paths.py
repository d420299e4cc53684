"""Paths as they are given, used and shown."""

from pathlib import Path

import pytest

from benchmark.process.paths import absolute, each, shown
from registry import UserError


def test_a_path_is_from_the_root_and_a_tilde_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert absolute("runs/toy") == tmp_path / "runs" / "toy"
    assert absolute(Path("..")) == tmp_path / ".."
    assert absolute("~/runs") == Path("/home/somebody/runs")
    assert absolute("/a") == Path("/a")


def test_what_was_made_absolute_stays_where_the_working_directory_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = absolute("toy")
    monkeypatch.chdir("/")
    assert found == absolute(found) == tmp_path / "toy"


def test_an_empty_path_and_a_home_that_is_not_there_are_refused() -> None:
    with pytest.raises(UserError, match=r"an empty path was given: say a folder, \. for this one"):
        absolute("")
    with pytest.raises(UserError, match="~nobody-of-this-name/a: "):
        absolute("~nobody-of-this-name/a")


def test_one_is_as_several_of_which_there_is_one() -> None:
    assert each("a.py") == ("a.py",)
    assert each(Path("a.py")) == (Path("a.py"),)
    assert each(iter(["a.py", "b.py"])) == ("a.py", "b.py")
    assert each([]) == ()


def test_a_path_is_shown_from_the_working_directory_where_it_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "runs" / "toy") == "runs/toy"
    assert shown(tmp_path) == "."
    assert shown(tmp_path.parent) == str(tmp_path.parent)
