"""Files whole or not at all, and locks that somebody has or nobody."""

import fcntl
import json
import os
from pathlib import Path

import pytest

from benchmark.process import files
from benchmark.process.files import flush_folder, locked, write_file, write_json, written_through
from registry.regular_files import NoRegularFile


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    for content in (b"first, and longer", b"second"):
        write_file(path, content)
        assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == ["file"]


def test_who_has_the_old_file_open_reads_it_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_file(path, b"old")
    with path.open("rb") as reader:
        write_file(path, b"new")
        assert reader.read() == b"old"


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_file(path, b"old")

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "written_through", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_json_has_one_spelling_and_ends_with_a_line(tmp_path: Path) -> None:
    for content in ({"b": [1, 2.5], "a": None}, {"a": None, "b": [1, 2.5]}):
        write_json(tmp_path / "file", content)
        assert (tmp_path / "file").read_text() == '{\n "a": null,\n "b": [\n  1,\n  2.5\n ]\n}\n'
    assert json.loads((tmp_path / "file").read_text()) == content
    with pytest.raises(ValueError, match="JSON compliant"):
        write_json(tmp_path / "file", float("nan"))
    assert json.loads((tmp_path / "file").read_text()) == content


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_lock_is_held_by_one_and_free_again_after_it(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "place"
    path.mkdir() if kind == "folder" else path.touch()
    with locked(path), pytest.raises(BlockingIOError), locked(path):
        pass
    with pytest.raises(KeyError), locked(path):
        raise KeyError
    with locked(path, wait=True):
        pass


def test_a_file_system_without_locks_gives_one_to_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(descriptor: int, operation: int) -> None:
        raise OSError(numbers.pop(), "No locks available")

    numbers = list(files.NO_LOCKS)
    monkeypatch.setattr(fcntl, "flock", none)
    while numbers:
        with locked(tmp_path):
            pass
    numbers = [5]
    with pytest.raises(OSError, match="No locks"), locked(tmp_path):
        pass


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoRegularFile), locked(tmp_path / "pipe"):
        pass


def test_what_is_written_through_is_synced_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
    written_through(tmp_path / "file", b"12345")
    assert sizes == [5]
    flush_folder(tmp_path)
    assert len(sizes) == 2
