"""A board is built again from the records: every file of it that is another one is found."""

import json
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from benchmark.run_folder.records import read_records, read_resolved
from leaderboard.exports import export
from leaderboard.files import as_bytes
from leaderboard.report import board_files
from leaderboard.rows.assembly import build_board
from leaderboard.verification import check_board

OLD = Path(__file__).parent.parent / "fixtures" / "v0.1.0" / "toy.tar.xz"
FILES = (
    *("agreement.csv", "board.html", "board.json", "board.md", "board.tex"),
    *("models.csv", "models.tex", "picks.csv", "table2.tex"),
)


@pytest.fixture(autouse=True, scope="module")
def _made_once() -> Iterator[None]:
    """The files of one board are made once: they are the same bytes each time, and its page takes a second."""
    made: dict[str, Mapping[str, str | None]] = {}

    def remembered(board: Mapping[str, Any], records: Mapping[str, Any]) -> Mapping[str, str | None]:
        content = json.dumps([board, records])
        if content not in made:
            made[content] = board_files(board, records)
        return made[content]

    with mock.patch("leaderboard.verification.board_files", remembered):
        yield


def lines(run: Path) -> list[str]:
    resolved = read_resolved(run)
    return [str(one) for one in check_board(run / "board", resolved, read_records(run, resolved["cells"])[0], dict)]


@pytest.fixture
def run(toy_run: Path, tmp_path: Path) -> Path:
    """A run folder with a board of its own and the cells of another."""
    (tmp_path / "run").mkdir()
    shutil.copytree(toy_run / "board", tmp_path / "run" / "board")
    shutil.copy(toy_run / "plan.json", tmp_path / "run")
    (tmp_path / "run" / "cells").symlink_to(toy_run / "cells")
    return tmp_path / "run"


def test_a_board_that_run_wrote_is_that_of_its_records(run: Path) -> None:
    many = len(list((run / "board").iterdir()))
    assert lines(run) == [f"checked: {many} of {many} files of the board are equal"]
    shutil.rmtree(run / "board")
    assert lines(run) == ["missing: board: there is no board; `memorank report` writes one"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_forged_or_removed_is_named(name: str, run: Path) -> None:
    file = run / "board" / name
    many = len(list((run / "board").iterdir()))
    content = file.read_bytes()
    place = content.rindex(b"0.")
    file.write_bytes(content[:place] + b"9." + content[place + 2 :])
    found = lines(run)
    assert len(found) == 2
    assert found[0].startswith(f"differs: board/{name}: ")
    assert "; if nothing was forged, `memorank report` writes it anew" in found[0]
    assert found[1] == f"checked: {many - 1} of {many} files of the board are equal"
    file.unlink()
    assert lines(run)[0].startswith(f"differs: board/{name}: it is not there")


def test_every_number_of_board_json_is_named_and_what_is_no_board_too(run: Path) -> None:
    file = run / "board" / "board.json"
    board = json.loads(file.read_text())
    board["agreement"][0]["tau"] = 0.987
    board["agreement"][3]["paper"] = 0.5
    file.write_text(json.dumps(board, indent=1) + "\n")
    found = "\n".join(lines(run))
    assert "differs: board/board.json: agreement.0.tau was 0.987, is " in found
    assert "differs: board/board.json: agreement.3.paper was 0.5, is " in found
    assert found.count("differs") == 2
    shutil.copy(run / "plan.json", file)
    assert len(lines(run)) > 2
    for text in ("{", "[]", ""):
        file.write_text(text)
        assert lines(run)[0].startswith("differs: board/board.json: line 1 was ")


def test_a_file_that_these_records_do_not_have_is_named(run: Path) -> None:
    (run / "board" / "sensitivity.csv").write_text("suite,data\n")
    assert lines(run)[0].startswith("differs: board/sensitivity.csv: it is there")


def test_without_its_digest_a_board_is_not_taken_for_an_old_one(run: Path) -> None:
    file = run / "board" / "board.json"
    board = json.loads(file.read_text())
    del board["plan_digest"]
    file.write_text(json.dumps(board, indent=1) + "\n")
    assert lines(run)[0].startswith("differs: board/board.json: plan_digest was nothing, is ")


def test_of_a_board_of_version_0_1_0_the_numbers_are_compared_and_the_rest_is_said_not_to_be(tmp_path: Path) -> None:
    with tarfile.open(OLD) as packed:
        packed.extractall(tmp_path, filter="data")
    run = tmp_path / "toy"
    found = lines(run)
    assert len(found) == 1
    assert found[0].startswith("not checked: board: another version wrote it (its schema is not 3): the numbers of ")
    assert "board.md, agreement.csv, models.csv, board.tex have not; `memorank report` writes them anew" in found[0]
    board = json.loads((run / "board" / "board.json").read_text())
    board["models"][0]["measures"]["mean-mi"]["mean"] = 0.25
    (run / "board" / "board.json").write_text(json.dumps(board))
    assert lines(run)[0].startswith("differs: board/board.json: models.0.measures.mean-mi.mean was 0.25, is ")


def test_files_on_request_are_compared_where_they_are_there(run: Path) -> None:
    resolved = read_resolved(run)
    board = build_board(resolved, read_records(run, resolved["cells"])[0])
    many = len(list((run / "board").iterdir()))
    for name, content in export(board, ["parquet", "card", "bib"]).items():
        if content is not None:
            (run / "board" / name).write_bytes(as_bytes(content))
    more = len(list((run / "board").iterdir()))
    assert more > many + 10
    assert lines(run) == [f"checked: {more} of {more} files of the board are equal"]
    card = run / "board" / "model-card.md"
    card.write_text(card.read_text().replace("+1.00", "+0.99"))
    forged = (run / "board" / "suites.parquet").read_bytes()
    (run / "board" / "agreement.parquet").write_bytes(forged)
    found = lines(run)
    assert found[-1] == f"checked: {more - 2} of {more} files of the board are equal"
    assert len(found) == 3
    assert "board/agreement.parquet: its bytes are others, which another version of pandas or pyarrow" in found[0]
    assert "board/model-card.md: line" in found[1]
