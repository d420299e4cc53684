"""The files of a ranking: what they hold, and that nobody else's file is replaced."""

import json
from pathlib import Path

import pandas as pd
import pytest
from made_rankings import made_ranking

from leaderboard.ranking import Ranking
from leaderboard.ranking_files import check_place
from registry import UserError

RANKING = Ranking(made_ranking())


def test_a_folder_gets_all_files_and_a_file_what_its_name_says_and_all_may_be_written_anew(tmp_path: Path) -> None:
    for _ in range(2):
        assert RANKING.save(tmp_path / "of mine") == tmp_path / "of mine"
        RANKING.save(tmp_path / "one.json")
        assert RANKING.save(tmp_path / "one.html") == tmp_path / "one.html"
    assert {path.name for path in tmp_path.iterdir()} == {"of mine", "one.json", "one.html"}
    assert {path.name for path in (tmp_path / "of mine").iterdir()} == {"ranking.json", "ranking.csv", "ranking.html"}
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "of mine" / "ranking.html").read_text(encoding="utf-8")
    assert '<meta name="generator" content="memorank ranking">' in page
    assert json.loads((tmp_path / "of mine" / "ranking.json").read_bytes()) == RANKING.to_dict()
    assert json.loads((tmp_path / "one.json").read_bytes()) == RANKING.to_dict()
    read = pd.read_csv(tmp_path / "of mine" / "ranking.csv")
    assert read.value.tolist() == RANKING.scores.value.tolist()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ranking.json", "{}"),
        ("ranking.json", "no json"),
        ("ranking.csv", "a,b\n"),
        ("ranking.json", "[]"),
        ("ranking.html", "<!doctype html>\n<html><head><title>a page of mine</title>"),
        ("ranking.html", ""),
    ],
)
def test_a_file_of_somebody_elses_stays(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UserError, match="would be replaced: give another"):
        RANKING.save(tmp_path)
    assert (tmp_path / name).read_text() == content
    assert {path.name for path in tmp_path.iterdir()} == {name}


def test_a_file_or_a_dangling_link_in_place_of_the_folder_is_found_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.npy").write_bytes(b"somebody's")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("a.npy", "link"):
        with pytest.raises(UserError, match=f"{name} is no folder: give one for the ranking, or NAME.html or"):
            check_place(tmp_path / name)


def test_a_page_of_somebody_elses_stays_whatever_it_is_called(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.html"
    mine.write_text('<!doctype html>\n<html lang="en">\n<head>\n<meta name="generator" content="memorank board">')
    with pytest.raises(UserError, match=r"thesis\.html is no page of a ranking, and would be replaced: give another"):
        RANKING.save(mine)
    assert "memorank board" in mine.read_text()
    (tmp_path / "folder.html").mkdir()
    RANKING.save(tmp_path / "folder.html")
    assert (tmp_path / "folder.html" / "ranking.html").is_file()


def test_names_with_half_a_pair_are_shown_by_their_code(tmp_path: Path) -> None:
    named = Ranking(made_ranking(names=("\ud800 half", "b", "c")))
    assert "⟨U+D800⟩ half" in (named.save(tmp_path / "one.html")).read_text(encoding="utf-8")


def test_names_are_no_formulas_in_a_spreadsheet(tmp_path: Path) -> None:
    named = Ranking(made_ranking(names=("=cmd()", "b\x1b[31m", "c")))
    text = (named.save(tmp_path) / "ranking.csv").read_text()
    assert "\x1b" not in text
    assert not any(line.startswith("=") for line in text.splitlines())
