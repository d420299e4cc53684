"""Rated sentences of reviews: what is wrong in a row is named, and a rating becomes a label."""

from pathlib import Path

import pytest

from benchmark.data.loading import load
from registry import DATASETS, DataError, data_folder


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("3\tmany\ttext", r":2: the rating 'many' is no number"),
        ("3\t\ttext", r":2: the rating '' is no number"),
        ("3\t9\ttext", r":2: the rating 9.0 is not from -4 to 4"),
        ("3\tnan\ttext", r":2: the rating nan is not from -4 to 4"),
        ("3\t1.5", r":2: expected id, rating and text between tabs, got 2 columns"),
        ("3\t1.5\t  ", r":2: the text is empty"),
    ],
)
def test_what_is_wrong_in_a_row_is_named(row: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "movieReviewSnippets_GroundTruth.txt").write_text(f"1\t2.0\ta fine film\n{row}\n")
    with pytest.raises(DataError, match=message):
        DATASETS["movie-snippets"].load(tmp_path)


def test_movie_snippets_are_ten_thousand_sentences() -> None:
    """Reads the data folder: `make test` has fetched it."""
    data = load("movie-snippets", data_folder())
    assert (len(data.train), len(data.held_out)) == (6878, 3438)
    assert len(set(data.train.inputs) | set(data.held_out.inputs)) == 6878 + 3438
    for part in (data.train, data.held_out):
        assert part.labels.mean() == pytest.approx(0.5, abs=0.02)


def test_a_rating_gives_a_label_unless_it_is_near_to_none(tmp_path: Path) -> None:
    ratings = [-4, -0.3, -0.29, 0, 0.29, 0.3, 4, -2, 2]
    rows = [f"{number}\t{rating}\ta film of {rating}\n" for number, rating in enumerate(ratings)]
    (tmp_path / "movieReviewSnippets_GroundTruth.txt").write_text("".join(rows))
    data = DATASETS["movie-snippets"].load(tmp_path)
    found = {
        str(text).rpartition(" ")[2]: int(label)
        for part in (data.train, data.held_out)
        for text, label in zip(part.inputs, part.labels, strict=True)
    }
    assert found == {"-4": 0, "-0.3": 0, "0.3": 1, "4": 1, "-2": 0, "2": 1}
    assert (len(data.train), len(data.held_out)) == (4, 2)  # two thirds
