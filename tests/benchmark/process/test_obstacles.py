"""What the operating system refuses is said with what helps, and "run it again" only where that can help."""

import errno
import os
from pathlib import Path

import pytest

import memorank
from benchmark.process import interruption
from benchmark.process.obstacles import obstacle


def refused(number: int, place: object = "there") -> OSError:
    return OSError(number, os.strerror(number), place)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENAMETOOLONG])
def test_what_stays_in_the_way_is_not_to_be_run_again(number: int) -> None:
    line = obstacle(refused(number), "run")
    assert line.startswith(f"there: {os.strerror(number)}; ")
    assert "again" not in line
    assert line.endswith(" choose another --out")
    assert obstacle(refused(number), "fetch").endswith(" choose another --data-dir")
    assert "choose" not in obstacle(refused(number), "status")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_where_something_has_to_be_done_first_it_is_said_first(number: int) -> None:
    cure = obstacle(refused(number), "run").partition("; ")[2]
    assert not cure.startswith("run it again")
    assert cure.endswith("then run it again; nothing published is lost")


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.EAGAIN, errno.ETIMEDOUT])
def test_what_may_have_gone_by_then_is_to_be_run_again(number: int) -> None:
    assert obstacle(refused(number), "run").endswith("; nothing published is lost, run it again")


def test_what_is_missing_has_vanished_or_cannot_be_made(tmp_path: Path) -> None:
    assert "it cannot be made there: choose another --out" in obstacle(refused(errno.ENOENT, tmp_path / "x"), "run")
    gone = refused(errno.ENOENT, str(tmp_path / "run" / "x"))
    assert obstacle(gone, "run").endswith("run it again")
    moved = OSError(errno.ENOENT, "gone", str(tmp_path / "x"), None, str(tmp_path / "y"))
    assert obstacle(moved, "run").endswith("run it again")
    assert obstacle(OSError("no number"), "run") == "no number; nothing published is lost, run it again"


def test_a_folder_that_was_moved_is_named_with_what_is_kept(tmp_path: Path) -> None:
    line = obstacle(refused(errno.ENOENT, str(tmp_path / "run" / "cells" / "x")), "run")
    assert line.startswith(f"{tmp_path / 'run'}: ")
    assert (
        "it was moved or removed meanwhile: put it back, or say where it is now, and what is published there is" in line
    )


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (refused(errno.EMFILE), "allow more open files (ulimit -n), then run it again; nothing published is lost"),
        (refused(errno.ENFILE), "allow more open files (ulimit -n), then run it again; nothing published is lost"),
        (refused(errno.ENOMEM), "free memory, or take fewer --workers, then run it again; nothing published is lost"),
        (refused(errno.EAGAIN, None), "allow more processes (ulimit -u) or take fewer --workers, then run it again;"),
        (refused(errno.ENOTEMPTY), "a folder with files in it stands in the way: move it, or choose another --out"),
        (refused(errno.ENXIO), "a device, a pipe or a socket stands where a file is needed: move it, or choose"),
        (refused(errno.EINVAL), "the file system takes no such name: choose another --out"),
        (refused(errno.EXDEV), "both places must lie on one file system: move them onto one, or choose another --out"),
        (refused(errno.EMLINK), "mend that, then run it again; nothing published is lost"),
        (OSError("AF_UNIX path too long"), "set TMPDIR to a shorter path"),
        (OSError(errno.ENOENT, "No usable temporary directory found in []"), "set TMPDIR to a folder that can be"),
    ],
)
def test_every_refusal_has_its_own_cure(error: OSError, cure: str) -> None:
    assert f"; {cure}" in obstacle(error, "run")


def test_a_file_under_construction_is_named_by_the_name_that_it_was_to_get(tmp_path: Path) -> None:
    building = tmp_path / f".tmp-plan.json-{32 * '0'}"
    cell = tmp_path / "cells" / f".tmp-k-{32 * '0'}" / "record.json"
    for number in (errno.ENOSPC, errno.EACCES, errno.EIO):
        assert obstacle(refused(number, building), "run").startswith(f"{tmp_path / 'plan.json'}: ")
        assert obstacle(refused(number, cell), "run").startswith(f"{tmp_path / 'cells' / 'k' / 'record.json'}: ")
    renamed = OSError(errno.EPERM, "no", str(building), None, str(tmp_path / "plan.json"))
    assert obstacle(renamed, "run").startswith(f"{tmp_path / 'plan.json'}: ")
    building.touch()  # what is there is named as it is
    assert obstacle(refused(errno.EACCES, building), "run").startswith(f"{building}: ")


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_refusal_is_without_a_cure(number: int) -> None:
    for place in (None, "there", b"there", Path("there"), 3):
        line = obstacle(refused(number, place), "run")
        assert "{" not in line
        assert len(line.partition("; ")[2]) > 20


def test_a_name_cannot_write_on_the_terminal() -> None:
    assert obstacle(refused(errno.EROFS, "a\x1b[31m\nb"), "run").startswith("a?[31m b: ")


@pytest.mark.parametrize("words", [["run", "toy"], ["report", "{run}"]])
def test_a_folder_that_cannot_be_made_needs_another_place(
    words: list[str], toy_run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(interruption, "listen", lambda: None)
    code = memorank.main([*(word.format(run=toy_run) for word in words), "--out", "/proc/x"])
    err = capsys.readouterr().err
    assert (code, err) == (
        2,
        "memorank: /proc/x: No such file or directory; it cannot be made there: choose another --out\n",
    )
