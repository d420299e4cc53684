"""Which columns of a table are read, whatever file it is from."""

from collections.abc import Sequence

import numpy as np
import pytest

from benchmark.data.unlabelled.tables import Column, ColumnKind, Table, content, is_label, named, readable
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import DataError, UserError


def never() -> Sequence[object]:
    raise AssertionError("a column that is not chosen was read")


def table(*columns: tuple[str, ColumnKind, Sequence[object]], dtype: str = "") -> Table:
    made = [Column(name, kind, lambda cells=cells: cells, "lists", dtype) for name, kind, cells in columns]
    return Table("file", ("y", *(name for name, _, _ in columns)), tuple(made), lambda row: f"file:{row + 2}", 9)


LABELS = "label Labels target y class class_id label_text fine_label y_train label_0 label.1 labels_0 label1 labels2"
MORE = "target_class true_class class_index targets_0 label_encoded gold-label ground_truth"


@pytest.mark.parametrize("name", [" LABEL ", *LABELS.split(), *MORE.split()])
def test_a_column_of_labels_is_known_by_its_name(name: str) -> None:
    assert is_label(name)
    assert readable("file", ["x", name], None) == ("x",)


@pytest.mark.parametrize("name", ["x", "labour", "yes", "classic", "text", "year", "label2vec", "y1", "x_0"])
def test_other_names_are_no_labels(name: str) -> None:
    assert not is_label(name)


def test_a_column_that_is_asked_for_is_read_whatever_its_name_is() -> None:
    assert readable("file", ["x", "label", "x"], "label") == ("label",)


@pytest.mark.parametrize("index", ["", "Unnamed: 0", "__index_level_0__"])
def test_numbers_of_rows_that_pandas_writes_are_no_inputs(index: str) -> None:
    assert readable("file", [index, "x"], None) == ("x",)


def test_beside_texts_nothing_is_read() -> None:
    made = Table(
        "file",
        ("n", "t", "o"),
        (Column("n", "number", never), Column("t", "text", lambda: ["x", "x"]), Column("o", "other", never)),
        str,
        2,
    )
    assert content(made, None) == Texts("file", ("x", "x"), 2, ("n", "o"))  # equal texts stay


def test_numbers_are_rows_of_their_columns() -> None:
    found = content(table(("a", "number", [1, 2, 3]), ("b", "number", [4, 5, 6])), None)
    assert isinstance(found, Numbers)
    assert found.values.tolist() == [[1, 4], [2, 5], [3, 6]]
    assert (found.values.dtype, found.values.flags.c_contiguous, found.of, found.left_out) == (
        np.int64,
        True,
        9,
        ("y",),
    )


def test_the_type_that_the_file_says_for_all_columns_is_kept() -> None:
    found = content(table(("a", "number", [1.0]), ("b", "number", [0.5]), dtype="float32"), None)
    assert isinstance(found, Numbers)
    assert found.values.dtype == np.float32


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["x", None], "file:3: column 't' is empty"),
        (["x", "\t\n"], "file:3: column 't' is empty"),
        (["x", True], "file:3: column 't' is True, not a text"),
        (["\udc80"], "file:2: column 't' holds half of a surrogate pair, which is no text"),
        (["a\0b"], "file:2: column 't' holds a NUL byte"),
    ],
)
def test_each_cell_is_a_text(cells: list[object], said: str) -> None:
    with pytest.raises(DataError) as caught:
        content(table(("t", "text", cells)), None)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([1, None], "file:3: column 'n' is empty"),
        ([1, "x" * 99], f"file:3: column 'n' is '{'x' * 39}, not a number"),
        ([float("-inf")], "file:2: column 'n' is -inf, not a finite number"),
        ([2**64], "file:2: column 'n' is a whole number beyond 2^63"),
    ],
)
def test_each_cell_is_a_finite_number(cells: list[object], said: str) -> None:
    with pytest.raises(DataError) as caught:
        content(table(("n", "number", cells)), None)
    assert str(caught.value) == said


def test_what_is_neither_is_not_left_out_silently() -> None:
    with pytest.raises(DataError, match="column 'o' holds lists: take it out, or name a --text-column"):
        content(table(("n", "number", [1]), ("o", "other", [[1]])), None)


def test_several_columns_of_texts_are_named() -> None:
    made = table(*((f"t{number}", "text", ["x"]) for number in range(10)))
    with pytest.raises(UserError) as caught:
        content(made, None)
    names = ", ".join(f"'t{number}'" for number in range(8))
    assert str(caught.value) == f"file: several columns hold texts: say by --text-column which of {names}, and 2 more"
    assert named(["a" * 99]).startswith("'aaa")
    assert len(named(["a" * 99])) == 60


def test_numbers_come_with_the_names_of_their_columns_in_their_order() -> None:
    found = content(table(("b", "numbers", [1, 2]), ("a", "numbers", [3, 4])), None)
    assert isinstance(found, Numbers)
    assert found.columns == ("b", "a")
    assert found.values.tolist() == [[1, 3], [2, 4]]
