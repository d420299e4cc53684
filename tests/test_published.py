"""The published boards: every text and CSV is what its pack gives, to the byte, and together they are small."""

from pathlib import Path

import pytest
from doc_blocks import README
from doc_scripts import loaded

from benchmark.run_folder.packs.reading import unpack
from leaderboard.loading import load_board
from leaderboard.published_boards import BOARD, FOLDER, published
from leaderboard.publishing import PAGE, texts_of

SLOW = ("panel-vision",)  # the p's of a board of eighty measures take minutes
MOST = 20_000_000  # bytes of all of them


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in published()]
)
def test_every_text_is_made_again_from_the_records(name: str) -> None:
    texts = texts_of(published()[name])
    there = {file.name: file.read_text() for file in (FOLDER / name / BOARD).iterdir() if file.name != PAGE}
    assert there
    if "agreement.csv" in there:  # of a board of measures not every table is published
        assert texts.keys() == there.keys()
    assert {file: texts.get(file) for file in there} == there


@pytest.mark.long
@pytest.mark.parametrize("name", published())
def test_a_pack_is_whole_and_has_the_name_of_its_folder(name: str, tmp_path: Path) -> None:
    facts = unpack(published()[name], tmp_path)
    assert facts["name"] == name
    assert facts["cells"] == len(list((tmp_path / "cells").iterdir()))


def test_together_they_are_small_and_nothing_else_lies_there() -> None:
    files = [file for file in FOLDER.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST
    known = {"pack.zip", "check.json", "measures.png"}
    assert [file for file in files if file.name not in known and file.parent.name != BOARD] == []


@pytest.mark.long
def test_the_table_of_the_readme_is_that_of_the_published_board() -> None:
    table = "\n".join(loaded("small_table").small_table(load_board("published").content))
    assert f"\n{table}\n" in README.read_text(encoding="utf-8")
