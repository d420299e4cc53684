"""Whose file makes a family: the nearest one that is not our shared machinery."""

from pathlib import Path

import pytest

from registry.families import _callers
from registry.families._callers import caller_folder

HERE = Path(__file__).parent


def called_from(file: str | Path) -> Path:
    """What is found by code that says that it stands in this file, and is called from here."""
    names: dict[str, Path] = {}
    exec(compile("found = caller_folder()", str(file), "exec"), {"caller_folder": caller_folder}, names)
    return names["found"]


def test_it_is_the_folder_of_the_file_that_calls() -> None:
    assert caller_folder() == HERE


def test_shared_machinery_is_passed_over_and_an_entry_beside_it_is_not() -> None:
    folder = Path(_callers.__file__).parent
    assert called_from(folder / "_encoders.py") == HERE
    assert called_from(folder / "minilm.py") == folder
    assert called_from(HERE / "_shared.py") == Path.cwd()  # another folder's, and no file


def test_code_in_no_file_is_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called_from("<stdin>") == tmp_path


def test_a_file_by_a_relative_name_is_in_a_whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "mine.py").touch()
    monkeypatch.chdir(tmp_path)
    assert called_from("inner/mine.py") == tmp_path / "inner"
