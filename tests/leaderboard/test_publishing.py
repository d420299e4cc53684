"""A run becomes a published board, of which every text is made again from its pack alone."""

from pathlib import Path

import pytest

from leaderboard.publishing import PAGE, publish, texts_of, write_texts
from registry import UserError


def test_a_board_is_published_with_the_texts_that_its_pack_gives(toy_run: Path, tmp_path: Path) -> None:
    place = publish(toy_run, "my-toy", to=tmp_path)
    assert place == tmp_path / "my-toy"
    files = {file.name: file.read_text() for file in (place / "board").iterdir()}
    page = files.pop(PAGE)
    assert files == texts_of(place / "pack.zip")
    assert {"agreement.csv", "models.csv", "board.md", "table2.tex"} <= files.keys()
    assert (toy_run / "board" / "agreement.csv").read_text() == files["agreement.csv"]
    write_texts(place / "pack.zip")
    again = {file.name: file.read_text() for file in (place / "board").iterdir()}
    assert len(page) > len(again.pop(PAGE))  # figures of single neurons, which no pack has
    assert again == files


def test_only_some_files_are_published_where_that_is_asked_for(toy_run: Path, tmp_path: Path) -> None:
    publish(toy_run, "my-toy", to=tmp_path)
    place = publish(toy_run, "my-toy", ["suites.csv"], to=tmp_path)
    assert [file.name for file in (place / "board").iterdir()] == ["suites.csv"]
    with pytest.raises(ValueError, match=r"no file 'suite.csv'; did you mean 'suites.csv'"):
        publish(toy_run, "my-toy", ["suite.csv"], to=tmp_path)
    with pytest.raises(UserError, match="is not a name"):
        publish(toy_run, "My Toy", to=tmp_path)
