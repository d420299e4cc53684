"""Which files of a folder of figures are ours: those that its list names, as they were written."""

import json
from pathlib import Path

import pytest

from leaderboard.figure_folder import LIST, check_folder, write_figures
from registry import UserError

FILES = {"boxes.csv": b"one", "boxes.png": b"two"}


def test_figures_are_replaced_and_those_no_longer_drawn_are_removed(tmp_path: Path) -> None:
    write_figures(tmp_path, FILES)
    check_folder(tmp_path, {"boxes.csv": b"new"})
    write_figures(tmp_path, {"boxes.csv": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != LIST} == {"boxes.csv": b"new"}


def test_what_is_not_ours_is_never_replaced_or_removed(tmp_path: Path) -> None:
    (tmp_path / "boxes.csv").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"boxes\.csv is no figure of a board, and would be replaced"):
        check_folder(tmp_path, FILES)
    (tmp_path / "boxes.csv").unlink()
    write_figures(tmp_path, FILES)
    (tmp_path / "boxes.png").write_bytes(b"my own version")
    with pytest.raises(UserError, match=r"boxes\.png is no figure"):
        check_folder(tmp_path, {"boxes.png": b"new"})
    write_figures(tmp_path, {})
    assert (tmp_path / "boxes.png").read_bytes() == b"my own version"
    assert not (tmp_path / "boxes.csv").exists()


def test_the_list_of_somebody_else_stays(tmp_path: Path) -> None:
    for text in ("[]", "{}", "nonsense", '{"files": {"../x": []}}', '{"files": {"x": 3}}', '{"files": {".x": ["a"]}}'):
        (tmp_path / LIST).write_text(text)
        with pytest.raises(UserError, match="no list of a board's figures"):
            check_folder(tmp_path, FILES)


def test_a_link_or_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(UserError, match="is no folder of its own"):
            check_folder(tmp_path / name, FILES)
    folder = tmp_path / "figures"
    write_figures(folder, FILES)
    (folder / "boxes.csv").unlink()
    (folder / "boxes.csv").symlink_to(tmp_path / "file")
    with pytest.raises(UserError, match=r"boxes\.csv is no figure"):
        check_folder(folder, FILES)


def test_a_killed_write_is_ours_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_figures(tmp_path, FILES)
    after = dict.fromkeys(FILES, b"after")

    def killed(path: Path, content: bytes) -> None:
        if path.name == "boxes.png":
            raise KeyboardInterrupt
        path.write_bytes(content)

    monkeypatch.setattr("leaderboard.figure_folder.write_file", killed)
    with pytest.raises(KeyboardInterrupt):
        write_figures(tmp_path, after)
    monkeypatch.undo()
    assert (tmp_path / "boxes.csv").read_bytes() == b"after"
    check_folder(tmp_path, dict.fromkeys(FILES, b"later"))
    write_figures(tmp_path, after)
    assert sorted(json.loads((tmp_path / LIST).read_text())["files"]) == sorted(FILES)
