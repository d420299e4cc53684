"""The held-out inputs of a data set, in the shape that networks take, without a label."""

from pathlib import Path

import numpy as np
import pytest
from made_data import random_digits

from benchmark.data.loading import load
from benchmark.data.unlabelled import registered as module
from benchmark.data.unlabelled.registered import registered
from benchmark.data.unlabelled.sampling import chosen
from benchmark.data.unlabelled.types import Numbers, Texts
from registry import Data, DataError, Examples


def test_texts_are_those_that_are_held_out(tmp_path: Path) -> None:
    found = registered("toy-sentences", tmp_path, 2500)
    assert isinstance(found, Texts)
    assert list(found.texts) == load("toy-sentences", tmp_path).held_out.inputs.tolist()
    assert (found.source, found.of) == ("toy-sentences", len(found))


def test_vectors_are_a_sample_of_those_that_are_held_out(tmp_path: Path) -> None:
    inputs = load("toy-blobs", tmp_path).held_out.inputs
    found = registered("toy-blobs", tmp_path, 10)
    assert isinstance(found, Numbers)
    np.testing.assert_array_equal(found.values, inputs[chosen(len(inputs), 10)])
    assert found.of == len(inputs) > len(found) == 10


def test_grey_images_have_one_channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = random_digits()
    monkeypatch.setattr(module, "load", lambda name, root: data)
    found = registered("mnist-5k", tmp_path, 2500)
    assert isinstance(found, Numbers)
    assert (found.values.shape, found.values.dtype) == ((300, 1, 28, 28), np.uint8)
    np.testing.assert_array_equal(found.values[:, 0], data.held_out.inputs)


def test_labels_are_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two data sets that differ by their labels and groups alone, one thing is read."""
    inputs = np.arange(20.0).reshape(10, 2)
    read = []
    for labels in (np.zeros(10, np.int64), np.arange(10)):
        examples = Examples(inputs, labels, labels)
        monkeypatch.setattr(module, "load", lambda name, root, examples=examples: Data(examples, examples))
        found = registered("toy-blobs", tmp_path, 5)
        assert isinstance(found, Numbers)
        read.append(found.values)
    np.testing.assert_array_equal(*read)


def test_a_data_set_that_is_not_there_says_what_fetches_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"data set 'mnist-5k' is not complete: .*; run: memorank fetch mnist-5k"):
        registered("mnist-5k", tmp_path, 5)


def test_a_number_that_is_not_finite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = Examples(np.array([[0.0], [np.inf]]), [0, 1])
    monkeypatch.setattr(module, "load", lambda name, root: Data(examples, examples))
    said = r"data set 'toy-blobs': held-out example 1 \(from 0\): inf at \[0\] is not a finite number"
    with pytest.raises(DataError, match=said):
        registered("toy-blobs", tmp_path, 5)
