"""Two blobs: of unit spread, two apart on both axes, the same every time."""

from pathlib import Path

import numpy as np
import pytest

from registry import DATASETS

LOAD = DATASETS["toy-blobs"].load
NOWHERE = Path("unused: the data are generated")


def test_half_of_the_points_are_to_train_on_and_they_are_the_same_every_time() -> None:
    first, again = LOAD(NOWHERE), LOAD(NOWHERE)
    assert first.train.inputs.shape == first.held_out.inputs.shape == (120, 2)
    assert first.train.inputs.dtype == np.float32
    assert np.array_equal(first.train.inputs, again.train.inputs)
    assert not (first.train.inputs[:, None] == first.held_out.inputs[None]).all(axis=2).any()


@pytest.mark.parametrize(("label", "centre"), [(0, 0.0), (1, 2.0)])
def test_a_blob_lies_where_its_label_says(label: int, centre: float) -> None:
    data = LOAD(NOWHERE)
    points = np.concatenate([part.inputs[part.labels == label] for part in (data.train, data.held_out)])
    assert 80 < len(points) < 160  # 120, with a deviation of less than eight
    assert np.abs(points.mean(axis=0) - centre).max() < 5 / len(points) ** 0.5
    assert np.abs(points.std(axis=0) - 1).max() < 5 / (2 * len(points)) ** 0.5
