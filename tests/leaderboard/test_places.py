"""Every file that a board may have is known again, those of earlier versions too, and nothing else is."""

from pathlib import Path

import pytest
from made_boards import records, resolved

from leaderboard.pages.files.formats import FORMATS
from leaderboard.places import BEGINNINGS, check_file, check_place
from leaderboard.rows.assembly import build_board
from registry import UserError

OLD = {
    "agreement.csv": "suite,data,family,recipe,inputs,scope,metric,measure,tau,n,p,p_min,ties,beyond noise,moves\n",
    "models.csv": "suite,data,origin,family,recipe,inputs,scope,condition,is,name,mean,sd,error,reason\n",
    "board.json": '{\n "schema": 1,\n "plan": "toy"',
    "board.tex": "% Board of plan toy",
    "board.md": "# Board of plan toy",
    "table2.tex": "% Needs \\usepackage{booktabs} and \\usepackage{graphicx}.\n",
    "sensitivity.csv": "suite,data,family,metric,measure,inputs,axis,label,tau,keeps\n",
}


def made() -> dict[str, str | None]:
    board = build_board(resolved(), records(resolved()))
    board["sensitivity"] = []
    return {file: text for write in FORMATS.values() for file, text in write(board).items()}


def test_a_board_may_replace_every_file_of_a_board(tmp_path: Path) -> None:
    files = made()
    assert files.keys() <= BEGINNINGS.keys()
    for name, text in files.items():
        if text is not None:
            (tmp_path / name).write_text(text)
    check_place(tmp_path, files, force=False)
    for name, text in files.items():
        if text is not None:
            assert text.encode().startswith(BEGINNINGS[name])


@pytest.mark.parametrize("name", OLD)
def test_a_file_of_an_earlier_version_may_be_replaced(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(OLD[name])
    check_place(tmp_path, made(), force=False)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_file_of_that_name_with_another_content_stays(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine\n")
    for force in (False, True):
        with pytest.raises(UserError, match="is not a file of a board, and would be replaced"):
            check_place(tmp_path, {**made(), name: None}, force)


def test_one_file_under_another_name_is_looked_at_too(tmp_path: Path) -> None:
    check_file(tmp_path / "new.json", "board.json")
    (tmp_path / "mine.json").write_text(made()["board.json"] or "")
    check_file(tmp_path / "mine.json", "board.json")
    (tmp_path / "mine.json").write_text('{"schema": 2}')
    with pytest.raises(UserError, match=r"mine\.json is not a file of a board"):
        check_file(tmp_path / "mine.json", "board.json")
