"""Compiled kernels are kept in the first place that can be written, and where there is none nothing is kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.inspection.doctor import diagnosis
from registry.kernel_folder import KernelFolder, _found, kernel_folder


@pytest.fixture(autouse=True)
def _nothing_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


def own(tmp_path: Path) -> Path:
    return tmp_path / "temporary" / f"memorank-{os.geteuid()}"


def test_they_are_kept_in_the_users_cache_by_the_state_of_their_sources(tmp_path: Path) -> None:
    found = kernel_folder()
    assert found.folder is not None
    assert found.folder.parent == tmp_path / "cache" / "memorank" / "kernels"
    assert found.remark is None
    assert not own(tmp_path).exists()


def test_a_folder_that_was_chosen_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    found = kernel_folder()
    assert found.folder is not None
    assert found.folder.parent == tmp_path / "chosen"
    assert found.remark is None


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "NUMBA_CACHE_DIR"])
def test_where_it_cannot_be_written_another_is_taken_and_said(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "/proc/none")
    found = kernel_folder()
    assert found.folder is not None
    assert found.folder.is_relative_to(tmp_path)
    assert found.remark is not None
    assert found.remark.startswith("no place for compiled kernels: /proc/none")
    assert found.remark.endswith(
        f"No such file or directory; they are kept in {found.folder}; to keep them, set NUMBA_CACHE_DIR to a folder "
        "that can be written"
    )
    assert "\n" not in found.remark
    if variable == "XDG_CACHE_HOME":
        assert found.folder.is_relative_to(own(tmp_path))
        assert own(tmp_path).stat().st_mode & 0o777 == 0o700


def test_a_user_without_a_home_keeps_them_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "expanduser", homeless)
    found = kernel_folder()
    assert found.folder is not None
    assert found.folder.is_relative_to(own(tmp_path))
    assert "the user has no home folder" in str(found.remark)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_a_folder_in_which_the_compiler_would_wait_is_not_taken(
    make: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    folder = kernel_folder().folder
    assert folder is not None
    (folder / "inner").mkdir()
    (folder / "inner" / "kernel.nbi").touch()
    _found.cache_clear()
    assert kernel_folder() == KernelFolder(folder)
    make(folder / "inner" / "kernel.nbc")
    _found.cache_clear()
    found = kernel_folder()
    assert found.folder is not None
    assert found.folder.is_relative_to(tmp_path / "cache")
    said = f"no place for compiled kernels: {folder}: inner/kernel.nbc is no file: a "
    assert str(found.remark).startswith(said)


@pytest.mark.parametrize("squat", ["mode", "link", "file"])
def test_what_somebody_else_may_write_is_not_run(squat: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    if squat == "link":
        (tmp_path / "theirs").mkdir()
        own(tmp_path).symlink_to(tmp_path / "theirs")
    elif squat == "file":
        own(tmp_path).touch()
    else:
        own(tmp_path).mkdir()
        own(tmp_path).chmod(0o777)
    found = kernel_folder()
    assert found.folder is None
    assert "they are compiled anew by each process" in str(found.remark)


def test_doctor_says_where_they_are_and_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmark.inspection.doctor._with_weights", list)
    monkeypatch.setattr(
        "benchmark.inspection.doctor.kernel_folder", lambda: KernelFolder(None, "/x: Read-only file system")
    )
    lines = diagnosis(tmp_path)
    cure = "to keep them, set NUMBA_CACHE_DIR to a folder that can be written"
    assert f"  a folder for compiled kernels (/x: Read-only file system): {cure}" in lines[: lines.index("")]
    assert "kernels: compiled anew by each process" in lines
