"""`memorank report --figures` on a real run folder."""

import shutil
from pathlib import Path

from real_command import Command

from leaderboard.report import write_board


def test_figures_are_written_on_request_and_are_the_same_every_time(
    command: Command, toy_run: Path, tmp_path: Path
) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    figures = tmp_path / "run" / "board" / "figures"
    assert not figures.exists()
    first = command("report", "run", "--figures")
    assert (first.returncode, first.stderr) == (0, "")
    before = {path.name: path.read_bytes() for path in figures.iterdir()}
    assert "toy-spurious.toy-blobs.toy-mlp.evaluation.tap.boxes.pdf" in before
    assert command("report", "run", "--figures").returncode == 0
    assert {path.name: path.read_bytes() for path in figures.iterdir()} == before
    (figures / "captions.md").write_text("mine")
    refused = command("report", "run", "--figures")
    assert refused.returncode == 2
    assert "captions.md is no figure of a board, and would be replaced" in refused.stderr


def test_a_folder_never_holds_files_of_two_boards(toy_run: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_run, tmp_path / "run")
    board = tmp_path / "run" / "board"
    (board / "board.md").write_text("# Board of plan toy, an earlier one\n")
    write_board([tmp_path / "run"], ["json"])
    assert (board / "board.md").read_text() == (toy_run / "board" / "board.md").read_text()
    write_board([tmp_path / "run"], ["json"], tmp_path / "elsewhere")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["board.json"]
