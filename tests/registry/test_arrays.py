"""Examples: what can become an array of numpy's own does, and what cannot is named."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch

from registry import Examples
from registry.arrays import TEXT, float_inputs

INPUTS = np.arange(6.0).reshape(3, 2)
LABELS: dict[str, Any] = {
    "int32": np.array([0, 1, 0], np.int32),
    "uint8": np.array([0, 1, 0], np.uint8),
    "another order of bytes": np.array([0, 1, 0], ">i8"),
    "truths": np.array([False, True, False]),
    "whole floats": np.array([0.0, 1.0, 0.0]),
    "a list": [0, 1, 0],
    "a tuple": (0, 1, 0),
    "objects": np.array([0, np.int64(1), False], dtype=object),
    "a series": pd.Series([0, 1, 0], index=[7, 8, 9]),
    "a series with an extension type": pd.Series([0, 1, 0], dtype="Int64"),
    "categories": pd.Series([0, 1, 0], dtype="category"),
    "a tensor": torch.tensor([0, 1, 0]),
    "every other one": np.array([0, 9, 1, 9, 0])[::2],
    "backwards": np.array([0, 1, 0])[::-1],
}


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS.keys())
def test_labels_groups_and_ids_are_int64_in_one_piece(labels: Any) -> None:
    made = Examples(INPUTS, labels, groups=labels)
    numbered = Examples(INPUTS, labels, ids=labels) if getattr(labels, "dtype", None) != np.float64 else made
    for array in (made.labels, made.groups, numbered.labels if numbered.ids is None else numbered.ids):
        assert type(array) is np.ndarray
        assert (array.dtype.str, array.tolist(), array.flags.c_contiguous) == ("<i8", [0, 1, 0], True)
    assert made.at(np.array([1])).labels.tolist() == [1]
    torch.from_numpy(made.labels)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (np.array([0.0, 0.5, 1.0]), r"labels are whole numbers, not 0.5 \(row 1\)"),
        (np.array([0.0, np.nan, 1.0]), r"labels are whole numbers, not nan \(row 1\)"),
        (["cat", "dog", "cat"], r"labels are whole numbers, not str 'cat' \(row 0\)"),
        (pd.Series(["cat", "dog", "cat"]), "labels are whole numbers, not str 'cat'"),
        (pd.Series([0, None, 1], dtype="Int64"), "labels are whole numbers"),
        (np.array([0j, 1, 2]), "labels are whole numbers, not complex128"),
        (np.ma.array([0, 1, 0], mask=[0, 1, 0]), "labels are a masked array"),
        ([[0, 1], [1], [0]], "labels are no array"),
        ([0, 1], r"labels have shape \(2,\) for 3 inputs"),
        (np.zeros((3, 1), int), r"labels have shape \(3, 1\) for 3 inputs"),
    ],
)
def test_what_are_no_labels_is_named(labels: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Examples(INPUTS, labels)


@pytest.mark.parametrize(
    "texts", [["a", "b"], ("a", "b"), np.array(["a", "b"]), np.array(["a", "b"], object), pd.Series(["a", "b"])]
)
def test_texts_of_any_kind_are_of_numpys_own(texts: Any) -> None:
    made = Examples(texts, [0, 1], names=texts)
    for array in (made.inputs, made.names):
        assert array is not None
        assert (array.dtype, array.tolist()) == (TEXT, ["a", "b"])


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (["a", None], "inputs are str 'a'"),
        (["a", "\ud800"], "inputs hold a text that is not UTF-8"),
        ([[1, 2], [3]], "inputs are no array"),
        (np.array([object(), object()]), "inputs are object"),
        (np.float64(3), "inputs have no axis"),
    ],
)
def test_what_are_no_inputs_is_named(inputs: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Examples(inputs, [0, 1])


@pytest.mark.parametrize("kind", [np.float64, np.float16, np.int16, np.uint8, np.bool_, ">f4", np.longdouble])
def test_networks_read_float32(kind: Any) -> None:
    found = float_inputs(np.array([[0, 1], [1, 0]], dtype=kind))
    assert (found.dtype.str, found.tolist()) == ("<f4", [[0.0, 1.0], [1.0, 0.0]])


def test_what_no_network_can_read_is_named_by_its_row() -> None:
    same = np.ones((2, 2), np.float32)
    assert float_inputs(same) is same
    assert float_inputs(np.empty((0, 2))).shape == (0, 2)
    assert float_inputs(np.ones(3)).tolist() == [1.0, 1.0, 1.0]
    for bad in (np.nan, np.inf, -np.inf, 1e39):
        with pytest.raises(ValueError, match="row 1: an input is not a finite number in float32"):
            float_inputs(np.array([[0.0, 1.0], [2.0, bad]]))
    with pytest.raises(ValueError, match="inputs are complex128, not numbers"):
        float_inputs(np.ones((2, 2), complex))
