"""Folders: the nearest word decides where data lie, and what stands in place of a file is named."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from registry import DATASETS, DataError, Weights, data_folder, data_folder_is, folder_of
from registry.folders import is_private, temporary_cache, user_cache, why_no_file


def test_the_nearest_word_decides_where_data_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEMORANK_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert data_folder() == user_cache() == tmp_path / "cache" / "memorank"
    monkeypatch.setenv("MEMORANK_DATA", str(tmp_path / "said by the environment"))
    assert data_folder() == tmp_path / "said by the environment"
    with data_folder_is(tmp_path / "around"):
        assert data_folder() == tmp_path / "around"
        with data_folder_is(tmp_path / "inside"):
            assert data_folder() == tmp_path / "inside"
            assert data_folder(tmp_path / "given") == tmp_path / "given"
        assert data_folder() == tmp_path / "around"
    with pytest.raises(ZeroDivisionError), data_folder_is(tmp_path / "around"):
        raise ZeroDivisionError
    assert data_folder() == tmp_path / "said by the environment"


def test_a_home_that_nobody_has_is_said_and_a_user_without_one_gets_a_temporary_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(DataError, match=r"^data folder ~nobody-of-this-name/data: "):
        data_folder("~nobody-of-this-name/data")

    def homeless(path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    assert user_cache() == temporary_cache()
    assert temporary_cache().name == f"memorank-{os.geteuid()}"


def test_data_and_weights_lie_in_folders_of_their_names_or_where_they_say(tmp_path: Path) -> None:
    weights = Weights(name="small", files={}, reference="r", licence="l", size="s")
    elsewhere = Weights(name="small", files={}, reference="r", licence="l", size="s", folder=tmp_path / "mine")
    assert folder_of(DATASETS["mnist"], tmp_path) == tmp_path / "mnist"
    assert folder_of(weights, tmp_path) == tmp_path / "small"
    assert folder_of(elsewhere, tmp_path) == tmp_path / "mine"
    with data_folder_is(tmp_path / "data"):
        assert folder_of(weights) == tmp_path / "data" / "small"


@pytest.mark.parametrize(("mode", "private"), [(0o700, True), (0o755, True), (0o770, False), (0o707, False)])
def test_a_folder_is_private_where_nobody_else_can_write(mode: int, private: bool, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(mode)
    assert is_private(tmp_path / "folder") is private
    (tmp_path / "link").symlink_to("folder")
    assert not is_private(tmp_path / "link")  # whoever can write beside it may turn it elsewhere
    with pytest.raises(FileNotFoundError):
        is_private(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (Path.touch, None),
        (lambda path: None, "it is not there (No such file or directory)"),
        (Path.mkdir, "no file: a folder"),
        (os.mkfifo, "no file: a pipe"),
        (lambda path: path.symlink_to("/dev/zero"), "no file: a device"),
        (lambda path: path.symlink_to("nowhere"), "a link to nothing"),
        (lambda path: path.symlink_to(__file__), None),
    ],
)
def test_what_stands_in_place_of_a_file_is_named(
    make: Callable[[Path], object], why: str | None, tmp_path: Path
) -> None:
    make(tmp_path / "there")
    assert why_no_file(tmp_path / "there") == why
