"""A board in Python: DataFrames that plot in two lines, a repr of one line, files, and a table for notebooks."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import matplotlib as mpl
import pytest
from made_boards import CHOSEN, entry, measure, plan, records, resolved

import memorank
from leaderboard.board import Board
from leaderboard.loading import load_board
from leaderboard.pages.files.formats import FORMATS
from leaderboard.pages.sheets import SHEETS
from leaderboard.pages.sheets.frames import DTYPES
from leaderboard.pages.terminal.medium import Medium
from leaderboard.pages.terminal.screen import screen
from leaderboard.rows.assembly import build_board


@pytest.fixture
def board() -> Board:
    return Board(build_board(resolved(seeds=3), records(resolved(seeds=3))))


def test_the_dataframes_have_the_columns_that_are_documented(board: Board) -> None:
    for name in ("agreement", "models", "ends", "picks", "taps", "missing"):
        frame = getattr(board, name)
        assert list(frame.columns) == SHEETS[name].names
        assert [str(dtype) for dtype in frame.dtypes] == [DTYPES[column.kind] for column in SHEETS[name].columns]
        frame["suite"] = "changed"
        assert not getattr(board, name).equals(frame)
    with pytest.raises(memorank.UserError, match=r"unknown sheet 'model'.*models"):
        board.frame("model")


def test_models_plot_in_two_lines(toy_run: Path) -> None:
    """The two lines of Board's docstring and of docs/results.md."""
    mpl.use("Agg")
    two_lines = [line.strip() for line in (Board.__doc__ or "").splitlines() if line.strip().startswith("models")]
    assert len(two_lines) == 2
    page = Path(__file__).parents[2] / "docs" / "results.md"
    assert "\n".join(two_lines) in page.read_text()
    known = {"memorank": memorank}
    first, second = (line.replace("runs/quick", str(toy_run)) for line in two_lines)
    exec(first, known)
    axes = eval(second, known)
    assert len(axes.lines) == 2
    shown = {line.get_label(): list(line.get_ydata()) for line in axes.lines}
    for row in load_board(toy_run).to_dict()["models"]:
        if row["inputs"] == "evaluation":
            assert row["measures"]["mean-mi"]["mean"] in shown[row["suite"]]
    mpl.pyplot.close("all")


def test_a_board_says_in_one_line_what_it_is(board: Board) -> None:
    assert repr(board) == "<memorank.Board of plan 'by-hand': 2 suites, 18 networks>"
    assert len(repr(board).splitlines()) == 1


def test_a_board_cannot_be_changed_through_what_it_returns(board: Board) -> None:
    before = json.dumps(board.to_dict())
    board.to_dict()["agreement"].clear()
    assert json.dumps(board.to_dict()) == before
    with pytest.raises(AttributeError):
        board.content = {}  # type: ignore[misc]


def test_a_saved_board_is_the_same_when_it_is_loaded(board: Board, tmp_path: Path) -> None:
    assert board.save(tmp_path / "mine.json") == tmp_path / "mine.json"
    board.save(tmp_path / "folder")
    assert load_board(tmp_path / "mine.json") == load_board(tmp_path / "folder") == board
    made = {name for write in FORMATS.values() for name, text in write(board.to_dict()).items() if text is not None}
    assert {path.name for path in (tmp_path / "folder").iterdir()} == made
    board.save(tmp_path / "mine.json")
    board.save(tmp_path / "folder")
    (tmp_path / "notes.json").write_text("{}")
    with pytest.raises(memorank.UserError, match=r"notes\.json is not a file of a board"):
        board.save(tmp_path / "notes.json")
    with pytest.raises(memorank.UserError, match="is not empty and holds no board but notes"):
        board.save(_folder_with_notes(tmp_path))
    assert (tmp_path / "notes.json").read_text() == "{}"


def _folder_with_notes(place: Path) -> Path:
    (place / "thesis").mkdir()
    (place / "thesis" / "notes.txt").write_text("mine")
    return place / "thesis"


@pytest.mark.parametrize("width", [60, 79, 100, 200])
def test_the_summary_is_the_screen(board: Board, width: int) -> None:
    text = board.summary(width)
    assert text == screen(board.to_dict(), Medium(width, folds=True))
    assert max(map(len, text.splitlines())) < width


def test_without_a_width_the_summary_is_as_wide_as_it_can_be_shown(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert board.summary() == board.summary(70)


class Read(HTMLParser):
    """Which tags and which texts there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.cells.append(data)


def test_a_notebook_shows_the_summary_table(board: Board) -> None:
    read = Read(board._repr_html_())
    assert {"colored", "shuffled", "+1.00", "-1.00", "all suites", "orders the conditions?"} <= set(read.cells)
    assert "p: one-sided, after Holm" in "".join(read.cells)
    nothing = build_board(resolved(), {})
    assert "table" in Read(Board(nothing)._repr_html_()).tags
    nothing["agreement"] = []
    assert "no tau" in Board(nothing)._repr_html_()


def test_no_name_is_html_in_a_notebook() -> None:
    name = "<script>alert('1')</script><img src=x onerror=y>\u202e"
    made = plan([entry(name, [0.0, 0.5, 1.0], metrics=["accuracy"])], {"mean-mi": measure(CHOSEN)})
    made["plan"]["name"] = name
    text = Board(build_board(made, records(made)))._repr_html_()
    read = Read(text)
    assert read.tags == {"table", "caption", "tr", "th", "td"}
    assert any("<script>" in cell for cell in read.cells)
    assert "\u202e" not in text


def test_pandas_is_imported_when_a_dataframe_is_asked_for() -> None:
    names = "memorank.Board, memorank.load_board, memorank.load_records"
    code = f"import memorank, sys; {names}; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
