"""Which files a stretch of code reads."""

import sys
from pathlib import Path

import pytest

from registry.opened import opened


def test_a_file_that_is_read_is_told_and_one_that_is_written_is_not(tmp_path: Path) -> None:
    read, written = tmp_path / "read.txt", tmp_path / "written.txt"
    read.write_text("here")
    with opened() as found:
        written.write_text(read.read_text())
    assert {str(read)} == {name for name in found if name.startswith(str(tmp_path))}


def test_a_place_where_modules_are_looked_for_is_no_file_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packages that are installed to be edited put names on sys.path that only their own finder understands."""
    name = "__editable__.somebody-1.0.finder.__path_hook__"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path, name])
    with opened() as found, pytest.raises(FileNotFoundError):
        Path(name).read_text()
    assert not any(name in one for one in found)
