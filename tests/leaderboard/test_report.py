"""`memorank report --figures` on a real run folder."""

import shutil
from pathlib import Path

import pytest
from real_command import Command

from benchmark.run_folder.records import read_resolved
from leaderboard import report
from leaderboard.loading import load_board
from leaderboard.report import write_board, write_run_board


@pytest.mark.long
def test_figures_are_written_on_request_and_are_the_same_every_time(
    command: Command, toy_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    monkeypatch.setattr(report, "figure_files", lambda board: before)  # so they would be drawn once more
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


@pytest.mark.long
def test_what_was_asked_for_once_is_written_anew_with_the_board(toy_run: Path, tmp_path: Path) -> None:
    """A file of an earlier board never lies beside a newer one, whether `report` or `run` writes that."""
    shutil.copytree(toy_run, tmp_path / "run")
    board = tmp_path / "run" / "board"
    before = {path.name for path in board.iterdir()}
    write_board([tmp_path / "run"], ["parquet", "card", "bib"])
    asked = {path.name: path.read_bytes() for path in board.iterdir() if path.name not in before}
    assert {"model-card.md", "board.bib", "agreement.parquet", "provenance.parquet"} <= asked.keys()
    for anew in (
        lambda: write_board([tmp_path / "run"], ["json"]),
        lambda: write_run_board(tmp_path / "run", read_resolved(tmp_path / "run")["digest"]),
        lambda: load_board(tmp_path / "run").save(board),
    ):
        for name, content in asked.items():
            (board / name).write_bytes(content)
        earlier = (board / "model-card.md").read_text()
        (board / "model-card.md").write_text(earlier + "an earlier line\n")
        anew()
        assert {name: (board / name).read_bytes() for name in asked} == asked
