"""Workers find a place for their sockets though TMPDIR is longer than a socket's path may be."""

import multiprocessing.process
import multiprocessing.util
import tempfile
from pathlib import Path

import pytest

from benchmark.process import sockets
from registry import UserError


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / ("t" * 120)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(multiprocessing.process.current_process(), "_config", {"tempdir": None})
    return folder


def test_a_long_folder_for_temporary_files_gives_a_short_one_for_sockets(long: Path) -> None:
    sockets.make_place_for_sockets()
    place = multiprocessing.util.get_temp_dir()
    assert len(f"{place}/listener-12345678") <= sockets.MOST
    assert not list(long.iterdir())
    assert tempfile.gettempdir() == str(long)


def test_where_no_short_folder_can_be_written_the_cure_is_said(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SHORT", ("/proc/none",))
    with pytest.raises(UserError, match=r"its path has \d+ bytes, .* leave 71; set TMPDIR to a shorter one, or run "):
        sockets.make_place_for_sockets()


def test_a_short_folder_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing.util, "get_temp_dir", lambda: pytest.fail("made one"))
    monkeypatch.setattr(tempfile, "tempdir", "/tmp")
    sockets.make_place_for_sockets()
