"""Two boards compared from wherever they are: what is found, and what is refused in one line."""

import json
from pathlib import Path

import pytest
from made_runs import made, without, written

from benchmark.run_folder.packs.writing import pack, write_pack
from leaderboard import published_boards
from leaderboard.comparing import compare, part_of
from leaderboard.loading import load_board
from leaderboard.report import write_board
from leaderboard.rows.comparison_parts import PAPER
from registry import UserError

PLAN = ("seeds=[0,1]", "estimator.inputs=[evaluation]")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of two seeds with its board."""
    folder = written(made(*PLAN), tmp_path_factory.mktemp("run") / "mine")
    write_board([folder], ["json"])
    return folder


def test_a_run_folder_and_its_pack_hold_the_same_networks(toy_run: Path, tmp_path: Path) -> None:
    write_pack(pack(toy_run, "my-toy"), tmp_path / "toy.zip")
    found = compare(toy_run, tmp_path / "toy.zip")
    assert (found.answer, found.p) == ("identical", 1.0)
    assert {side["holds"] for side in (found.content["a"], found.content["b"])} == {"records"}
    assert found.content["settings"] == []


def test_a_board_in_a_folder_a_file_or_an_object_is_known_without_its_networks(run: Path) -> None:
    for place in (run / "board", run / "board" / "board.json", load_board(run)):
        found = compare(run, place)
        assert (found.answer, found.content["b"]["holds"]) == ("identical", "board")
        assert "of B the board alone is at hand" in found.summary(200)


def test_a_published_board_is_found_by_its_name(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published_boards, "published", lambda: {"first": run})
    assert compare("first", run).answer == "identical"


def test_the_paper_has_a_word_unless_something_of_that_name_is_there(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert part_of(PAPER).holds == "paper"
    (tmp_path / PAPER).symlink_to(run)
    assert part_of(PAPER).holds == "records"


def test_with_runs_of_other_seeds_nothing_but_these_differs(run: Path, tmp_path: Path) -> None:
    other = written(made("seeds=[2,3]", PLAN[1]), tmp_path / "other")
    found = compare(run, str(other))
    assert found.content["settings"] == [{"of": "suite", "name": "seeds", "a": "0, 1", "b": "2, 3"}]
    assert found.answer == "cannot"


def test_what_cannot_be_compared_is_refused_in_one_line_with_the_cure(run: Path, tmp_path: Path) -> None:
    resolved, records = made(*PLAN)
    bare = written((resolved, {}), tmp_path / "bare")
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.json").write_text(json.dumps({"a": 1}))
    cases = {
        "bansal2002": "did you mean 'bansal2022'?",
        str(tmp_path / "nowhere"): "is not there: give a run folder, a pack, a board.json or a name",
        str(bare): "cannot be compared: it has no cell with a result; `memorank run`",
        str(tmp_path / "empty"): "holds no board.json, nor has it a board/",
        str(tmp_path / "notes.json"): "is no board",
        "": "an empty path was given",
    }
    for said, words in cases.items():
        with pytest.raises(UserError) as refused:
            compare(run, said)
        assert words in str(refused.value), said
        assert len(str(refused.value).splitlines()) == 1
    assert records


def test_a_run_without_some_networks_is_compared_in_what_it_has(run: Path, tmp_path: Path) -> None:
    resolved, records = made(*PLAN)
    gone = {cell["key"] for cell in resolved["cells"] if cell["work"] == "train" and cell["entry"] == 1}
    part = written(without((resolved, records), gone), tmp_path / "part")
    found = compare(run, part)
    assert {row["suite"] for row in found.content["numbers"]} == {"toy-spurious"}
    assert found.answer == "identical"
