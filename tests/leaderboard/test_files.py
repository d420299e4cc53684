"""The files of a board on disk: each by one rename, those that it does not have removed, and nobody else's touched."""

from pathlib import Path

import pytest
from made_boards import records, resolved

from leaderboard.files import write_content, write_files, write_json
from leaderboard.loading import load_board
from leaderboard.pages.files.formats import FORMATS
from leaderboard.rows.assembly import build_board
from registry import UserError

BOARD = build_board(resolved(), records(resolved()))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer formats, which take less time."""
    for name in ("csv", "html"):
        monkeypatch.setitem(FORMATS, name, lambda board: {})


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_board_in_every_format_is_what_the_formats_give(tmp_path: Path) -> None:
    write_content(BOARD, tmp_path / "board", force=False)
    given = {file: text for write in FORMATS.values() for file, text in write(BOARD).items()}
    assert names(tmp_path / "board") == {file for file, text in given.items() if text is not None}
    for file, text in given.items():
        assert text is None or (tmp_path / "board" / file).read_bytes() == text.encode()


@pytest.mark.usefixtures("few")
def test_a_file_that_the_board_does_not_have_is_removed_and_another_stays(tmp_path: Path) -> None:
    write_content(BOARD, tmp_path, force=False)
    (tmp_path / "mine.txt").write_text("mine")
    write_files({"board.tex": None, "board.md": "# Board of plan x\n"}, tmp_path, force=True)
    assert not (tmp_path / "board.tex").exists()
    assert (tmp_path / "board.md").read_text() == "# Board of plan x\n"
    assert (tmp_path / "mine.txt").read_text() == "mine"
    write_files({"board.tex": None}, tmp_path, force=True)  # it may be gone already


@pytest.mark.usefixtures("few")
def test_a_folder_with_files_of_somebody_else_needs_force(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UserError):
        write_content(BOARD, tmp_path, force=False)
    assert names(tmp_path) == {"thesis.txt"}
    write_content(BOARD, tmp_path, force=True)
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    (tmp_path / "board.md").write_text("my own words")
    with pytest.raises(UserError):
        write_content(BOARD, tmp_path, force=True)  # with force too, nothing of somebody else's is replaced
    assert (tmp_path / "board.md").read_text() == "my own words"


def test_board_json_alone_may_have_any_name_and_replaces_a_board_only(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    write_json(BOARD, file)
    write_json(BOARD, file)
    assert load_board(file).to_dict() == BOARD
    file.write_text("{}")
    with pytest.raises(UserError):
        write_json(BOARD, file)
    assert file.read_text() == "{}"
