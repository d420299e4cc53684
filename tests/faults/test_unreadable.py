"""What cannot be read just now is not damaged: nothing is set aside that was not read and found wrong."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from processes import committed, injected
from real_command import Command, board_bytes

from benchmark.run_folder import store
from benchmark.run_folder.records import read_records, read_resolved
from benchmark.run_folder.shapes import DamagedCell, UnreadableCell
from registry import UserError

REASONS = [errno.ESTALE, errno.EIO, errno.EACCES, errno.ENOMEM, errno.EMFILE]


def failing(number: int, name: str, times: int, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Opening a file of this name fails so many times; the paths whose opening failed."""
    opened = os.open
    failed: list[Path] = []

    def refuse(path: Any, *given: Any, **named: Any) -> int:
        if Path(path).name == name and len(failed) < times:
            failed.append(path)
            raise OSError(number, os.strerror(number), str(path))
        return opened(path, *given, **named)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(store, "PAUSES", (0.0,) * len(store.PAUSES))
    return failed


@pytest.mark.parametrize("name", ["record.json", "outputs.safetensors"])
@pytest.mark.parametrize("number", REASONS, ids=[errno.errorcode[number] for number in REASONS])
def test_what_fails_for_a_moment_is_read_again(
    number: int, name: str, toy_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(path.parent.name for path in sorted(toy_run.glob("cells/*/outputs.safetensors")))
    failed = failing(number, name, len(store.PAUSES) - 1, monkeypatch)
    assert store.read_whole(toy_run, key) is not None
    assert len(failed) == len(store.PAUSES) - 1


@pytest.mark.parametrize("name", ["record.json", "outputs.safetensors"])
def test_what_goes_on_failing_is_unreadable_and_named_with_the_reason(
    name: str, toy_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(path.parent.name for path in sorted(toy_run.glob("cells/*/outputs.safetensors")))
    failing(errno.EIO, name, 99, monkeypatch)
    with pytest.raises(UnreadableCell, match=f"{key}/{name} cannot be read now: Input/output error; it stays as it is"):
        store.read_whole(toy_run, key)


def test_what_is_no_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "cells" / "a-key" / "record.json").mkdir(parents=True)
    with pytest.raises(DamagedCell, match="the record is no file"):
        store.read_record(tmp_path, "a-key")


def test_a_pipe_or_a_device_is_damaged_and_not_waited_for(tmp_path: Path) -> None:
    for name in ("pipe", "device"):
        (tmp_path / "cells" / name).mkdir(parents=True)
    os.mkfifo(tmp_path / "cells" / "pipe" / "record.json")
    (tmp_path / "cells" / "device" / "record.json").symlink_to("/dev/zero")
    for name in ("pipe", "device"):
        with pytest.raises(DamagedCell, match="the record is no file"):
            store.read_record(tmp_path, name)
    os.mkfifo(tmp_path / "plan.json")
    with pytest.raises(UserError, match=r"plan.json has no usable content: .*not a regular file"):
        read_resolved(tmp_path)


def test_a_board_is_not_made_of_what_could_be_read(toy_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved = read_resolved(toy_run)
    failing(errno.ESTALE, "record.json", 99, monkeypatch)
    with pytest.raises(UnreadableCell):
        read_records(toy_run, resolved["cells"])


@pytest.mark.parametrize("words", [("run", "toy"), ("report", "run"), ("status", "run")])
def test_a_command_ends_with_two_and_sets_nothing_aside(
    words: tuple[str, ...], toy_run: Path, tmp_path: Path, command: Command
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    before = committed(tmp_path / "run")
    words = (*words, "--out", "run") if words[0] == "run" else words
    done = command(*words, environment=injected(UNREADABLE="record.json"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    said = "record.json cannot be read now: Stale file handle; it stays as it is; once it can be, run it again"
    assert said in done.stderr
    assert committed(tmp_path / "run") == before
    assert not (tmp_path / "run" / "failed").exists()
    assert board_bytes(tmp_path / "run") == board_bytes(toy_run)
