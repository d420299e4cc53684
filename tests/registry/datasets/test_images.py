"""Images: each content counts once, by its first row, and each image has a label that is a class."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import DataError
from registry.datasets._images import check_labels, first_of_each

IMAGES = np.zeros((3, 2, 2), np.uint8)


@given(st.lists(st.integers(0, 4), max_size=20))
def test_of_each_content_the_first_row_is_kept(contents: list[int]) -> None:
    images = np.array(contents, dtype=np.uint8).reshape(-1, 1, 1).repeat(2, 1).repeat(3, 2)
    expected = [row for row, content in enumerate(contents) if content not in contents[:row]]
    assert first_of_each(images).tolist() == expected
    assert first_of_each(list(images)).tolist() == expected


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (np.array([0, 1]), "^images has 3 images, labels has 2 labels$"),
        (np.zeros((3, 1), int), "^images has 3 images, labels has 3 labels$"),
        (np.array([0, 4, 5]), "^labels:2: label 4 is not in 0 to 3$"),
        (np.array([0, 1, -1]), "^labels:3: label -1 is not in 0 to 3$"),
    ],
)
def test_files_that_do_not_belong_together_are_named(labels: np.ndarray, message: str) -> None:
    with pytest.raises(DataError, match=message):
        check_labels(Path("images"), IMAGES, Path("labels"), labels, 4)


def test_every_class_may_be_a_label() -> None:
    check_labels(Path("images"), IMAGES, Path("labels"), np.array([0, 3, 1], dtype=np.uint8), 4)
