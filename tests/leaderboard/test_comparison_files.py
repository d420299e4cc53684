"""The files of a comparison: what is written where, and that nobody else's file is replaced."""

import json
from pathlib import Path

import pandas as pd
import pytest
from made_comparisons import compared, run

from leaderboard.comparison import Comparison
from leaderboard.comparison_files import BEGINNINGS, check_place
from registry import UserError

FOUND = Comparison(compared(run(range(2), conditions=[0.0, 1.0]), run(range(2, 4), conditions=[0.0, 1.0])))


def test_a_folder_gets_all_files_and_a_file_what_its_name_says_and_all_may_be_written_anew(tmp_path: Path) -> None:
    for _ in range(2):
        assert FOUND.save(tmp_path / "of mine") == tmp_path / "of mine"
        FOUND.save(tmp_path / "one.json")
        FOUND.save(str(tmp_path / "one.html"))
    assert {path.name for path in tmp_path.iterdir()} == {"of mine", "one.json", "one.html"}
    assert {path.name for path in (tmp_path / "of mine").iterdir()} == set(BEGINNINGS)
    for name, beginning in BEGINNINGS.items():
        assert (tmp_path / "of mine" / name).read_text(encoding="utf-8").startswith(beginning)
    assert json.loads((tmp_path / "one.json").read_bytes())["taus"] == FOUND.content["taus"]
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "of mine" / "comparison.html").read_bytes()
    read = pd.read_csv(tmp_path / "of mine" / "comparison_numbers.csv")
    assert read.difference.tolist() == pytest.approx(FOUND.numbers.difference.tolist())


@pytest.mark.parametrize("name", BEGINNINGS)
@pytest.mark.parametrize("content", ["", "somebody's\n"])
def test_a_file_of_somebody_elses_stays(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UserError, match="is no file of a comparison, and would be replaced: move it, or give another"):
        FOUND.save(tmp_path, force=True)
    assert (tmp_path / name).read_text() == content
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_of_other_things_takes_force(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match=r"holds no comparison but notes\.txt; choose another --out, or say --force"):
        FOUND.save(tmp_path)
    FOUND.save(tmp_path, force=True)
    FOUND.save(tmp_path)  # now it is one
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_what_is_no_folder_is_found_before_anything_is_computed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(UserError, match=f"{name} is no folder: give one for the comparison"):
            check_place(tmp_path / name, force=True)
