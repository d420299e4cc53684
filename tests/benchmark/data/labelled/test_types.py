"""Labels as classes: what is no class is refused, and names stand in natural order."""

import re

import pytest

from benchmark.data.labelled.types import classes_in
from registry import DataError


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["a"] * 9, "all 9 labels are 'a', and two classes or more are needed"),
        ([1, 2, None], "row 2: the label is empty"),
        (["a", " "], "row 1: the label is empty"),
        ([0.5, 1.0], "row 0: the label is 0.5, and no class: name the one that holds classes by --label-column"),
        (list(range(10)), "10 classes of 10 examples are no classes"),
        ([], "there is no label"),
    ],
)
def test_labels_that_are_no_classes_are_refused(cells: list[object], message: str) -> None:
    with pytest.raises(DataError, match=re.escape(message)):
        classes_in("a.csv", cells, lambda row: f"row {row}")


def test_classes_stand_in_natural_order_whatever_their_type() -> None:
    assert classes_in("a", [10, 9, 2.0, True] * 2, str)[1] == ("1", "2", "9", "10")
    assert classes_in("a", ["10", " 9", "2", "1"] * 2, str)[0] == (3, 2, 1, 0) * 2
